"""Repairs of submitted books: what is certain in their cells, and what is only offered.

`finder` collects them cell by cell, `texts` has those within a text, `repair` what both of them return.
"""
