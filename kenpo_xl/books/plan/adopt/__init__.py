"""A plan book from an office's own form: the form read, the plan book with its questions written.

The form is opened for reading only. Answers to the questions are read from the plan book and kept.
"""
