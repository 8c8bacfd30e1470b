"""The plan (計画) as values: sections, items, blocks, tables, KPIs, periods and the rating scale.

Also what follows from a plan alone: the months of a figure, printed headers, targets, cross-checks.
"""
