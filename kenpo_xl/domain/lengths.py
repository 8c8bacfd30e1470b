"""The units in which heights and widths are measured."""

from __future__ import annotations

Pixels = int
"""Pixels of a screen with 96 to the inch, in which reports are laid out."""
Points = float
"""Points of 1/72 inch, in which Excel stores the heights of rows."""
HalfWidths = int
"""Half-width characters; a full-width one takes two."""
