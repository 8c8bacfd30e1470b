"""How large the note in a cell is drawn: as its text needs it, beside the cell."""

from __future__ import annotations

import math
from collections.abc import Callable
from unicodedata import east_asian_width

from kenpo_xl.ooxml.edit.cell_place import Place
from kenpo_xl.ooxml.edit.sheet_xml import Grid
from kenpo_xl.ooxml.edit.vml_shapes import CommentBox
from kenpo_xl.ooxml.references import LAST_COLUMN, LAST_ROW

# Points, for type of nine points; a note that is too long is scrolled.
_LETTER, _LINE, _MARGIN = 4.7, 12.5, 10
_WIDTHS, _MOST_LINES, _MOST_HEIGHT = (220, 340), 14, 400
_POINT = 0.75
_GAP = 12


def comment_size(text: str, place: Place, grid: Grid) -> CommentBox:
    """The comment_size of a note of this cell."""
    for width in _WIDTHS:
        lines = sum(
            math.ceil(max(_length(line), 1) * _LETTER / (width - _MARGIN)) for line in text.split("\n")
        )
        if lines <= _MOST_LINES:
            break
    height = min(round(lines * _LINE + _MARGIN), _MOST_HEIGHT)
    row, column = place
    left, dx = _from(column + 1, _GAP, grid.width, LAST_COLUMN)
    right, right_dx = _from(left, dx + round(width / _POINT), grid.width, LAST_COLUMN)
    top, dy = (row - 1, 4) if row > 1 else (row, 2)
    bottom, bottom_dy = _from(top, dy + round(height / _POINT), grid.height, LAST_ROW)
    return CommentBox(width, height, (left - 1, dx, top - 1, dy, right - 1, right_dx, bottom - 1, bottom_dy))


def text_height(text: str, width: int) -> float:
    """The height in points that a text of ten points needs in a cell so many pixels wide."""
    lines = sum(math.ceil(max(_length(line), 1) * 6.9 / max(width - 18, 14)) for line in text.split("\n"))
    return min(max(18.0, lines * 13.5 + 5), 400.0)


def _length(line: str) -> int:
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in line)


def _from(start: int, pixels: int, size: Callable[[int], int], last: int) -> tuple[int, int]:
    """The column or row that lies so many pixels behind the beginning of one, and the pixels left in it."""
    place = min(start, last)
    while place < last and pixels >= size(place):
        pixels -= size(place)
        place += 1
    return place, min(pixels, max(size(place) - 1, 0))
