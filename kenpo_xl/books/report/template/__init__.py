"""The template of the report: pattern rows, columns, page setup, styles.

Read from the workbook that staff restyle; what of it cannot be followed is listed.
"""
