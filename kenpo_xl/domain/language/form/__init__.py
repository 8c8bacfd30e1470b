"""Errors of form that a reader sees without a dictionary.

Brackets that do not pair, words that stand twice, sentences cut off, notes left behind, bare units.
"""
