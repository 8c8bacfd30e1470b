"""The ledgers (台帳) of a command: which one it uses, and how one is moved to a server.

`place` finds the ledger that a person named or that lies above a folder; `move` copies the rows of one into
another, `init` makes the tables of a new one.
"""
