"""Writes a plan book (計画.xlsx) from data: its lists, and its layout sheets as drawn.

The book is an ordinary workbook as a planner could have made it in Excel. The same data gives the same bytes.
"""
