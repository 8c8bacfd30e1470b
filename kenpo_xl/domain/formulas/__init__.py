"""Formulas (算式): parsed into a tree over identities, evaluated exactly, and as intervals.

A tree is written back as an Excel formula by `evaluate`; what Excel could do besides is refused by `parser`.
"""
