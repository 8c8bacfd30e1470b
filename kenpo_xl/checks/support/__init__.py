"""Helpers of several rules: number cells, comparisons, and names of figures.

No rule is registered here.
"""
