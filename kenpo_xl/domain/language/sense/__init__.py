"""What the clauses of a text say to each other.

The same thing twice in other words, or the opposite of what another clause says.
"""
