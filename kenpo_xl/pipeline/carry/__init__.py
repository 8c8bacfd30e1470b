"""Takes what earlier reports gave into the books of a new period.

Every value goes into the cell of its identity, months and kind; nothing is guessed.
"""
