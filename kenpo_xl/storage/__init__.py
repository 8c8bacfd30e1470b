"""Files and processes of the operating system; nothing here knows a workbook.

Every output is written through `atomic_write`: beside its target, then renamed.
"""
