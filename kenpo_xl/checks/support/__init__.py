"""What several rules share: the cells they look at, and how a finding names a figure.

No rule is registered here.
"""
