"""The status report (事業実施状況) as a workbook, and as PDF.

`writer` starts; `template` reads styles; `layout` places sections on pages; the other modules write one
sheet each.
"""
