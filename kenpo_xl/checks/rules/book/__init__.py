"""Rules on the book as a file and on its structure (様式).

Whether it is a book of the plan, complete and unaltered, and what else it contains.
"""
