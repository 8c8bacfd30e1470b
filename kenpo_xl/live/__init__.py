"""The open workbook, through xlwings: cells, lists, annotations.

Used by the buttons; the closed file is never touched from here.
"""
