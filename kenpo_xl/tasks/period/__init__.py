"""A period folder (期のフォルダー): its files, its books, its consolidation.

What every task on a period starts from.
"""
