"""The handover from one period to the next: what changed in the plan, and what belongs to one year only.

`handover_rows` in `rows.py` lists it, `decided_changes` in `decisions.py` takes the planner's answers.
"""
