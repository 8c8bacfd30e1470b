"""What sentences say of numbers: which figure, time, direction and names they state.

No rule is registered here.
"""
