"""What sentences say of one figure beside another: the words, and the figures that they name.

Another month or quarter, another row or column, the nation, or the whole that a figure is a part of.
"""
