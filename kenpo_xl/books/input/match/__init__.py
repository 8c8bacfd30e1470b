"""Which items, blocks and tables of today's plan the parts of an older book belong to.

By digests of titles and texts, never by position alone.
"""
