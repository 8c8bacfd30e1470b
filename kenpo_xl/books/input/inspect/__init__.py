"""What an input book contains besides values: hidden data, links, macros, changed formats.

The rules on structure read the result.
"""
