"""Matches items, blocks and tables of an issued book with the current plan.

By digests of titles and texts, never by position alone.
"""
