"""Places in a text, with the words that belong there."""

from __future__ import annotations

TextSpan = tuple[int, int]
"""Start and end of a part of a text; the end is behind its last letter."""
SpanAndWord = tuple[int, int, str]
"""Start and end of a part of a text, and a word that belongs to it."""
PlaceAndWord = tuple[int, str]
"""Start of a part of a text, and its letters, or a word that belongs to it."""
PlacedSlip = tuple[int, str, str]
"""Start of a slip in a text, its letters as written, and those that are meant."""
