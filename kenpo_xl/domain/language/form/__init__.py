"""Errors of form that a reader sees without a dictionary.

Brackets that do not pair, repeated words, sentences cut off, notes left behind, bare units.
"""
