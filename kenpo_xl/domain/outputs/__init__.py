"""What is written out, as values ready for a workbook: report, changes, remarks, board, reminders.

The writers below `books` lay these out; the ledger stores the records.
"""
