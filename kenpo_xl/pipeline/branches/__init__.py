"""Branches compared: KPIs joined over their plans, ranked, set against the nation and against their past.

`compare` is the way in; `joined_kpis` finds which KPIs are one, `statistics` has means and outliers.
"""
