"""What the buttons do with the open book: check, annotate, submit; for the planner: take in, report.

`kenpo_xl.buttons` is the entry point.
"""
