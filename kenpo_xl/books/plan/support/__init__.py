"""Shared readers of plan book sheets: list sheets, placeholders, problems.

Every problem names its sheet and its cell.
"""
