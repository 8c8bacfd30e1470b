"""The plan book (計画.xlsx): read into the plan of the domain, or refused with all problems at once.

`reader` starts; each sheet has a module; `support` holds problems and list sheets.
"""
