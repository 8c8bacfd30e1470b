"""Findings in the very cells of a closed book: a highlight, a comment, a row on the sheet 指摘.

Annotating keeps every byte that is not ours, is verified by an independent reader, and can be undone.
"""
