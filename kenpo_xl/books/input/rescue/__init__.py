"""Reads a book that lost what others are read by: its stamp, its names, its headers, or a part of its file.

What is missing is found again by titles, captions, headers and numbers, and put back into the workbook in
memory; the readers of any other book then read it. What was found by likeness only is reported.
"""
