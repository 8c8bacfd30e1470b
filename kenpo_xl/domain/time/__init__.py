"""Time as an office counts it: fiscal years, quarters, months, business days.

The fiscal year begins in April; a figure covers a span of absolute months; dates print in the Japanese era.
"""
