"""The file format of workbooks, read within bounds: packages, parts, cells, names, drawings.

It knows no plan and no rule, and resolves nothing outside of the file.
"""
