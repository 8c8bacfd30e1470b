"""The command line: open, call one task, show.

`commands` is the entry point; the other modules hold its commands and what they share.
"""
