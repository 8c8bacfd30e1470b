"""From one period to the next: its folder, and the handover that a planner confirms before `build`.

`new.py` makes the folder; `handover.py` reads the planner's answers whenever books are to be made.
"""
