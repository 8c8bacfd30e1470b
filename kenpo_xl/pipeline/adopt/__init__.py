"""From the cells of an office's own form to tables of a plan: pure steps in the order of the data.

A grid of cells becomes regions, regions become tables with headers, columns, units, years and formulas; what
cannot be known becomes a question with a guess.
"""
