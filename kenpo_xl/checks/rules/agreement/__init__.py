"""Rules on two places that must agree (整合).

Tables among themselves and beside sentences, events reported in several items, cross-checks of the plan.
"""
