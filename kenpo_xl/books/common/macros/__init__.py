"""The macros behind the buttons: written into books, read from them, never run by us.

Also the cells by which the launcher finds its settings.
"""
