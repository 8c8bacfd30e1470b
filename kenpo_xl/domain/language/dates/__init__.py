"""Dates and days in a Japanese text (日付): how they are written and which days they mean.

What contradicts in them is looked for in `times`.
"""
