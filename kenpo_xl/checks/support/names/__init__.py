"""Names of figures in sentences: which figure or row a name means.

No rule is registered here.
"""
