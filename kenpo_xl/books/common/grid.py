"""The grid of an item's sheet in an input book: what stands in which column, how wide, how high."""

from __future__ import annotations

import math
import re
from unicodedata import east_asian_width

MARK, BLOCK, KIND, TEXT, TEXT_END, RATING, REASON, REASON_END, AS_OF = 0, 1, 2, 3, 10, 11, 12, 14, 15
# Wide enough for the figures of seven columns with units and brackets, then for the months of a year.
WIDTHS = (
    (MARK, MARK, 2.0),
    (BLOCK, BLOCK, 9.0),
    (KIND, KIND, 8.0),
    (TEXT, TEXT, 26.0),
    (TEXT + 1, TEXT + 7, 15.0),
    (TEXT + 8, AS_OF, 9.5),
)
LEAST_HEIGHT, MOST_HEIGHT = 18.0, 400.0
_LINE = 14.5
# Half-width characters of a cell that its text cannot use, with an indent and without.
_PADDING, HEADER_PADDING = 3, 1.5


def span_width(first: int, last: int) -> float:
    """The half-width characters that fit into some columns of the sheet together."""
    widths = {column: width for start, end, width in WIDTHS for column in range(start, end + 1)}
    return sum(widths[column] for column in range(first, last + 1) if column in widths)


def header_template(template: str, text: str, width: float) -> str:
    """A header, with a new line before its bracket where `text`, what it says, does not fit into one line."""
    if "\n" in template or _length(text) <= width - HEADER_PADDING:
        return template
    return re.sub(r"(?<=.)(?=[（(])", "\n", template, count=1)


def _length(text: str) -> float:
    """The half-width characters that a line needs."""
    return 1.03 * sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def text_height(text: str, width: float, padding: float = _PADDING) -> float:
    """The row height in points that `text` needs in a cell `width` half-width characters wide."""
    rows = 0
    for line in text.split("\n"):
        rows += max(1, math.ceil(_length(line) / (width - padding)))
    return min(max(LEAST_HEIGHT, rows * _LINE + 4), MOST_HEIGHT)
