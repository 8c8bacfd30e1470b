"""From submissions to the report, in the order of the data; pure functions on values.

recompute → rate → adjust → facts → compare → review → assemble. Each takes what the one before returned.
"""
