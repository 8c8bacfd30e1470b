"""Two plans compared: which part of the new one continues each part of the old one.

`compare_plans(old, new)` in `compare.py` is the entry; the answer is `domain.plan.plan_changes.PlanChanges`.
"""
