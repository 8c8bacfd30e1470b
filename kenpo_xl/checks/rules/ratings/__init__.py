"""Rules on ratings (評価) and their reasons.

Missing, unlike the KPIs, unlike the text beside them, or with a reason that gives none.
"""
