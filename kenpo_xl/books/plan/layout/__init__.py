"""Layout sheets (様式図) of the plan book: blocks, lines and tables of an item.

A drawn table is read into headers, body cells and formulas by identity.
"""
