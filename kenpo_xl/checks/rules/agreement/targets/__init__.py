"""Rules on what sentences say of KPIs and their targets (目標).

The target as the plan has it, the distance to it, and on which side of it the result is.
"""
