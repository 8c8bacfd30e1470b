"""The size and position of the comment of a cell: as its text needs, beside the cell."""

from __future__ import annotations

from collections.abc import Callable

from kenpo_xl.domain.cell_reference import LAST_COLUMN, LAST_ROW, CellPosition
from kenpo_xl.domain.language.text_size import FontSize, wrapped_line_count
from kenpo_xl.ooxml.edit.sheet_xml import Grid
from kenpo_xl.ooxml.edit.vml_shapes import CommentBox

# Points, for letters of nine points; a comment that is too long is scrolled.
_FONT = FontSize(advance=4.7, line=12.5, margin=10)
_WIDTHS, _MOST_LINES, _MOST_HEIGHT = (220, 340), 14, 400
_POINT = 0.75
_GAP = 12


def comment_size(text: str, position: CellPosition, grid: Grid) -> CommentBox:
    """The box of a comment with this text in a cell at `position`."""
    for width in _WIDTHS:
        lines = wrapped_line_count(text, width - _FONT.margin, _FONT.advance)
        if lines <= _MOST_LINES:
            break
    height = min(round(lines * _FONT.line + _FONT.margin), _MOST_HEIGHT)
    row, column = position
    left, dx = _index_and_offset(column + 1, _GAP, grid.width_in_pixels, LAST_COLUMN)
    right, right_dx = _index_and_offset(left, dx + round(width / _POINT), grid.width_in_pixels, LAST_COLUMN)
    top, dy = (row - 1, 4) if row > 1 else (row, 2)
    bottom, bottom_dy = _index_and_offset(top, dy + round(height / _POINT), grid.height_in_pixels, LAST_ROW)
    return CommentBox(width, height, (left - 1, dx, top - 1, dy, right - 1, right_dx, bottom - 1, bottom_dy))


def _index_and_offset(start: int, pixels: int, size: Callable[[int], int], last: int) -> tuple[int, int]:
    """The column or row at `pixels` from the beginning of `start`, and the pixels left in it."""
    place = min(start, last)
    while place < last and pixels >= size(place):
        pixels -= size(place)
        place += 1
    return place, min(pixels, max(size(place) - 1, 0))
