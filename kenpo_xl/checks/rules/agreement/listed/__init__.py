"""Rules on the numbers that one sentence lists with their names (整合).

What is most or least of them, their order, what they add up to, and how often how many.
"""
