"""Edits of a closed workbook: some bytes of a part are replaced, everything else stays as it is.

A member of the package that is not edited is copied without being inflated.
"""
