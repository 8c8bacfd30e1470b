"""The command line: each command calls one task and shows its result.

`commands` is the entry point; the other modules contain its commands and what they share.
"""
