"""Characters that move the cursor, break a line, or change the direction of a text."""

CONTROL_CHARACTERS = r"\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069"
"""C0 and C1 controls, line separators, bidirectional marks (Unicode UAX #9), for a `[…]` of a pattern."""
