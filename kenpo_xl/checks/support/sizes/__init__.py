"""What the size of a number in a table is compared with.

No rule is registered here.
"""
