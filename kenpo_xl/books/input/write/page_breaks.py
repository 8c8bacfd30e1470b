"""Puts the tables of an item's sheet onto printed pages, so that none is broken in the middle.

Excel ignores breaks on a sheet that is fitted to a page, and a sheet repeats the headers of one table only.
So the sheet is scaled to the width of a page, and broken before a table that would not end on its page.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.grid import BLOCK, LAST, span_width
from kenpo_xl.books.input.write.row_heights import RowHeights
from kenpo_xl.domain.frozen import frozen

# A4 landscape within the margins, in points.
_PAGE_WIDTH, _PAGE_HEIGHT = 784.0, 516.0
# Points of a half-width letter and of the space around a column, with some reserve for other metrics.
_LETTER, _AROUND, _RESERVE = 5.25, 3.75, 0.97
_LEAST_SCALE = 55
# Lines grow while they are typed, and open lists too: so much of a page is kept free for them.
_GROWTH = 1.25


@frozen
class PrintedPart:
    """A table, or the judgement of KPIs: its rows from title to notes, from 0, and those of its headers."""

    first: int
    last: int
    headers: tuple[int, int]
    grows: bool = False


def set_pages(
    sheet: Worksheet, parts: Sequence[PrintedPart], heights: RowHeights, *, bottom: int, right: int
) -> None:
    """Scale the sheet, which ends at `bottom` and `right`, and break it before parts, which lines precede.

    A table longer than a page is printed smaller. Where that is not enough, the headers of the last one are
    repeated.
    """
    printed_columns = range(BLOCK, max(LAST, right) + 1)
    width = sum(span_width(column, column) * _LETTER + _AROUND for column in printed_columns)
    longest = max((_height(heights, part) for part in parts), default=0.0)
    scale = min(100.0, 100 * _RESERVE * _PAGE_WIDTH / width, 100 * _PAGE_HEIGHT / max(longest, 1.0))
    scale = max(int(scale), _LEAST_SCALE)
    page = _PAGE_HEIGHT * 100 / scale
    sheet.set_print_scale(scale)
    sheet.print_area(0, BLOCK, bottom, max(LAST, right))
    if parts:
        sheet.set_h_pagebreaks(_first_rows_of_pages(parts, heights, page))
        if longest > page and _height(heights, parts[-1]) == longest:
            sheet.repeat_rows(*parts[-1].headers)


def _height(heights: RowHeights, part: PrintedPart) -> float:
    """The height of a part in points, with room for what it may grow by."""
    height = sum(heights.height_of_row(row) for row in range(part.first, part.last + 1))
    return height * _GROWTH if part.grows else height


def _first_rows_of_pages(parts: Sequence[PrintedPart], heights: RowHeights, page: float) -> list[int]:
    """The rows before which the sheet is broken."""
    lines = sum(heights.height_of_row(row) for row in range(parts[0].first)) * _GROWTH
    tables = heights.height_of_row(0) * len(parts) + sum(_height(heights, part) for part in parts)
    if lines + tables <= page:
        return []
    breaks, used = [], page
    for part in parts:
        height = _height(heights, part) + 2 * heights.height_of_row(part.last + 1)
        if used + height > page:
            breaks.append(part.first)
            used = 0.0
        used += height
    return breaks
