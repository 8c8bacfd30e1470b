"""Puts the blocks and tables of an item's sheet onto printed pages, so that none is broken in the middle.

Excel ignores breaks on a sheet that is fitted to a page, and a sheet repeats the headers of one table only.
So the sheet is scaled to the width of a page, and broken before what would not end on its page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.grid import BLOCK, LAST, width_of_columns
from kenpo_xl.books.input.write.row_heights import RowHeights
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lengths import Points

# A4 landscape within the margins, in points.
_PAGE_WIDTH, _PAGE_HEIGHT = 784.0, 516.0
# Points of a half-width letter and of the space around a column, with some reserve for other metrics.
_LETTER, _AROUND, _RESERVE = 5.25, 3.75, 0.97
_LEAST_SCALE = 55
# What is tried of the largest scale to save a page.
_SHARES = (1.0, 0.95, 0.9, 0.85)
# How much an open list grows while it is typed into, of its own height.
GROWTH = 0.25
# A last page with less than this part of its height is avoided.
_LEAST_LAST_PAGE = 0.25
_WEIGHT = 3


@frozen
class PrintedPart:
    """A block, a table, or the judgement of KPIs: its first row, from 0, and those of a table's headers.

    `growth` are the points by which it is expected to grow while it is typed into.
    """

    first: int
    headers: tuple[int, int] | None = None
    growth: float = 0.0


class Pages(NamedTuple):
    """A way to print parts, the best being the least: pages, empty space, and the parts that begin a page."""

    number: int
    waste: float
    first_parts: tuple[int, ...]


def set_pages(
    sheet: Worksheet, parts: Sequence[PrintedPart], heights: RowHeights, *, bottom: int, right: int
) -> None:
    """Scale the sheet, which ends at `bottom` and `right`, and break it before parts of it.

    A table longer than a page is printed smaller. Where that is not enough, the headers of the last
    such table are repeated, also above what follows it.
    """
    printed_columns = range(BLOCK, max(LAST, right) + 1)
    width = sum(width_of_columns(column, column) * _LETTER + _AROUND for column in printed_columns)
    lengths = list(_heights_of_parts(parts, heights, bottom))
    longest = max((length for part, length in zip(parts, lengths, strict=True) if part.headers), default=1.0)
    most = min(100.0, 100 * _RESERVE * _PAGE_WIDTH / width, 100 * _PAGE_HEIGHT / longest)
    scale, pages = _scale_with_fewest_pages(lengths, most)
    sheet.set_print_scale(scale)
    sheet.print_area(0, BLOCK, bottom, max(LAST, right))
    sheet.set_h_pagebreaks([parts[place].first for place in pages.first_parts if place])
    page = _page_height(scale)
    headers = [part.headers for part, length in zip(parts, lengths, strict=True) if length > page]
    for first, last in list(filter(None, headers))[-1:]:
        sheet.repeat_rows(first, last)


def _scale_with_fewest_pages(lengths: Sequence[float], most: float) -> tuple[int, Pages]:
    """A scale in percent, a little smaller than the largest one where that saves a page."""
    scales = [max(int(most * share), _LEAST_SCALE) for share in _SHARES]
    tried = [(scale, best_pages(lengths, _page_height(scale))) for scale in scales]
    return min(tried, key=lambda pair: (pair[1].number, -pair[0]))


def _page_height(scale: int) -> Points:
    """The points of a sheet's rows that fit onto a page."""
    return _PAGE_HEIGHT * 100 / scale


def _heights_of_parts(parts: Sequence[PrintedPart], heights: RowHeights, bottom: int) -> Iterator[float]:
    """The height of each part in points, up to the next one, with room for what it may grow by."""
    ends = [*(part.first for part in parts), bottom + 1]
    for part, (first, end) in zip(parts, pairwise(ends), strict=True):
        yield sum(map(heights.height_of_row, range(first, end))) + part.growth


def best_pages(lengths: Sequence[float], page: float) -> Pages:
    """The best way to print parts of these heights: on as few pages as possible, all of them filled.

    A part longer than a page runs over; the last page has more than a few rows where that can be had.
    """
    best = [Pages(0, 0.0, ())]
    for first in reversed(range(len(lengths))):
        rest = best[::-1]
        best.append(min(_pages_from(first, lengths, page, rest)))
    return best[-1]


def _pages_from(first: int, lengths: Sequence[float], page: float, rest: Sequence[Pages]) -> Iterator[Pages]:
    """The ways to print the parts from `first` on; `rest` are the best ones from each later part on."""
    used = 0.0
    for place, length in enumerate(lengths[first:]):
        used += length
        if used > page and place:
            return
        following = rest[place]
        number = math.ceil(used / page)
        empty = number * page - used
        if not following.number:
            empty = _WEIGHT * max(0.0, empty - page * (1 - _LEAST_LAST_PAGE))
        waste = following.waste + empty**2
        yield Pages(following.number + number, waste, (first, *following.first_parts))
