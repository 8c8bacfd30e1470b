"""A plan book as its planner works on it: listed, checked, given keys.

The readings are in the planner's words.
"""
