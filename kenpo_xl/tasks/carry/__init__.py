"""Carries what is known into new input books: from earlier periods, and from books of the same period.

The engine is `pipeline.carry`; here its sources are found and its results written.
"""
