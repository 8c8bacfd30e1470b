"""The times that a Japanese sentence names (時期), and where they contradict one another.

Each module looks for one way to contradict; all of them read what `spoken` finds in a text.
"""
