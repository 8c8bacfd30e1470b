"""The vocabulary of offices, with readings, and words that only sound like one of it.

The words are data of the package, read when a rule first asks for one.
"""
