"""Values and rules of the trade; standard library only.

What a plan, a submission, a figure, a finding and a report are, and the calculations on them that need
nothing but themselves. Nothing here reads or writes a file, and nothing knows a workbook's format.
"""
