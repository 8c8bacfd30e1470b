"""Writes input books: one sheet per item, live formulas, correct cached values.

The same plan gives the same bytes.
"""
