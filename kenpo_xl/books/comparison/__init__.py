"""The workbook of a comparison of branches (比較.xlsx), for pages of A3.

`writer` is the way in; one module for each kind of sheet.
"""
