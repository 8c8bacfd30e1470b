"""Rules on the dates and times that a text names (表記).

Dates that do not exist, periods that are not the report's, plans in the past tense, and orders of time that
are impossible.
"""
