"""How many lines a text fills in a cell or a comment, and how high these are, estimated by letter widths."""

from __future__ import annotations

import math
from unicodedata import east_asian_width

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lengths import HalfWidths, Points

LEAST_HEIGHT, MOST_HEIGHT = 18.0, 400.0
"""Row heights in points; Excel shows no row above 409."""


@frozen
class FontSize:
    """Sizes of a font: `advance` of a half-width letter in the unit of the width it is set into.

    `line` is the height of a line and `margin` that of the space above and below the text, in points.
    """

    advance: float
    line: float
    margin: float


def display_width(text: str) -> HalfWidths:
    """The width of a line in half-width letters; a full-width letter takes two."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def wrapped_line_count(text: str, width: float, advance: float) -> int:
    """The number of lines that a text fills in `width`, at least 1 for each of its own."""
    return sum(max(1, math.ceil(display_width(line) * advance / width)) for line in text.split("\n"))


def text_height(text: str, width: float, font: FontSize) -> Points:
    """The row height in points that a text needs in `width`, between the least and the most of a row."""
    height = wrapped_line_count(text, width, font.advance) * font.line + font.margin
    return min(max(LEAST_HEIGHT, height), MOST_HEIGHT)
