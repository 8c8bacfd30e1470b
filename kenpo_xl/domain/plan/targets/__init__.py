"""The targets of KPIs: what they say, and how a result is judged by them.

A number, an earlier year's value, a range; each has a rating and a sentence that fits.
"""
