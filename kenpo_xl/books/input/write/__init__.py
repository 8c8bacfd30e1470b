"""Writes input books: a sheet for each item, with live formulas and correct cached values.

The same plan gives the same bytes.
"""
