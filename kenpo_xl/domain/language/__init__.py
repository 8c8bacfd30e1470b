"""Japanese text as the rules read it: normalized, with its numbers and dates taken out.

Functions take a string and return what was found with its position in that string.
"""
