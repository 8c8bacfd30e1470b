"""Numbers and addresses that identify a person: found, masked, searched for.

The rules on privacy, the log, the ledger and `erase` share what is here.
"""
