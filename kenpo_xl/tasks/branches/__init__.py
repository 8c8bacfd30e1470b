"""What head office does with the periods of all branches, from the ledger alone.

`comparison` writes 比較.xlsx; no book of a branch is opened.
"""
