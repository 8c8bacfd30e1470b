"""Rules on the numbers and names of one sentence that must agree (整合).

Sums, shares, differences, counts of names, and targets that a sentence names beside the result.
"""
