"""The sheet KPI of the plan book: targets, sources, rules.

Sources are formulas over the cells of layout sheets.
"""
