"""What two sentences of an item say of one thing: a day, a count, a direction.

No rule is registered here.
"""
