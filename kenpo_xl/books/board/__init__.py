"""The board (提出状況.xlsx): the state of every group, with lists and reminders behind it.

Made each night.
"""
