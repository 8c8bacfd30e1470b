"""What the workbooks share: names of parts, the stamp, styles, links, text metrics, macros.

A word or a style that two of them show is defined here.
"""
