"""Tables as parts of a page: the widths of their columns, the heights of their rows, where they are split.

Widths are whole narrow columns of the sheet, heights whole pixels.
"""
