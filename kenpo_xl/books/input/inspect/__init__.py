"""Content of an input book besides values: hidden data, links, macros, formats.

The rules on structure read the result.
"""
