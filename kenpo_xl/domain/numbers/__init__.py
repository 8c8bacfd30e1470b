"""Numbers: the exact value of a cell, how a number format displays it, what was typed as text.

Values are Decimal with the 15 significant digits of Excel.
"""
