"""引継ぎ.xlsx of a period folder: its rows, written by the program and answered by the planner.

The sheet is written again whenever the plan book changed; answers are found again by the id of their row.
"""
