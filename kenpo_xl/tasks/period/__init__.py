"""A period folder (期のフォルダー): its files, its books, its consolidation.

The start of every task on a period.
"""
