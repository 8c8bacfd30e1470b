"""Sections laid out on pages: text and tables measured, split where a page ends, written as rows.

Heights are whole pixels.
"""
