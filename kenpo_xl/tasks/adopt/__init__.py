"""The plan book of an office's own form, and its numbers as an earlier period in the ledger.

The form itself is only read.
"""
