"""Files and processes of the operating system; no knowledge of workbooks.

Every output is written by `atomic_write`: to a temporary file, then renamed.
"""
