"""What some rules find beside their own matter, each in a module of its own.

Rows said to be most, figures that are denied, and more persons than there was room for: a rule of the
same question yields these violations too.
"""
