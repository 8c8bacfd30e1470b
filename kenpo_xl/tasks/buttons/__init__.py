"""Tasks of the buttons: check, mark and submit an open book; for the planner: collect and report.

`kenpo_xl.buttons` is the entry point.
"""
