"""What is computed from submissions: figures, assessments of KPIs, facts, and what was reported before.

Each of them keeps the cell that it comes from.
"""
