"""Reads the plan book (計画.xlsx) into the domain's plan, or reports all problems.

`reader` starts; each sheet has a module; `support` holds problems and list sheets.
"""
