"""What can still be read of a damaged workbook.

Members are found without the directory of the zip, and parts keep what precedes their damage; what is lost is
reported.
"""
