"""Rules on what the clauses of a text say to each other (表記).

The same thing twice in other words, or the opposite of what another clause says.
"""
