"""The verbs: what a command, a button or the night does. They return values and print nothing.

Each entry point opens, calls one task, and shows the result.
"""
