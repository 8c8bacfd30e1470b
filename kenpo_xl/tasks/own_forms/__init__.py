"""Workbooks of an office's own form, with the numbers of a period.

The form itself is only read.
"""
