"""Layout sheets (様式図) of the plan book: blocks, lines and drawn tables of one item.

A drawn table is read into headers, body cells and formulas by identity.
"""
