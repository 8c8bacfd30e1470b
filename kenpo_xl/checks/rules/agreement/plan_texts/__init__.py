"""Rules on lines that have sentences of the plan in them (整合).

The plan of another item in place of what was done, and the own plan with a word changed.
"""
