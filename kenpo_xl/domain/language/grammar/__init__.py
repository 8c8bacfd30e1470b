"""How Japanese sentences are built: which verb goes with which noun and particle, and how verbs end.

Everything here needs no dictionary: tables of usual words and patterns over the letters of a text.
"""
