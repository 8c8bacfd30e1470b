"""A table as a part of a page: the heights of its rows, and how it is split where a page ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from kenpo_xl.books.common.text_metrics import WIDEST, LineCapacities, LineRules, line_width, wrapped_lines
from kenpo_xl.books.report.layout.paragraph import line_capacities
from kenpo_xl.books.report.layout.tables.split_row import with_first_row_split
from kenpo_xl.books.report.layout.tables.table_cells import (
    CellPattern,
    TableBox,
    grid_boxes,
    is_number,
    row_slice,
)
from kenpo_xl.books.report.template.page_setup import GRID, points_to_grid_pixels
from kenpo_xl.books.report.template.screen_widths import Width
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lengths import Pixels
from kenpo_xl.domain.outputs.report import ReportTable

# A table is not split into fewer rows than this, where another split is possible.
_FEWEST_ROWS = 3
LEADING = 1.2
"""How far apart the lines of a cell are set, in font sizes."""
_BEHIND_BRACKET = re.compile("(?<=】)(?=.)")


@frozen
class TableLook:
    """The space of a table: equal columns from `first`, the width of one, font size, row heights.

    `margin` is free above and below the table. In `centred` cells text is in the middle between both sides.
    `leading` is how far apart lines are, in font sizes.
    """

    first: int
    columns: int
    width: Width
    size: float
    header_height: int
    row_height: int
    not_applicable: str = "／"
    margin: int = 0
    centred: frozenset[CellPattern] = frozenset()
    leading: float = LEADING


@frozen
class TablePart:
    """A table with the widths of its columns (in narrow columns) and the heights of its rows (in pixels).

    `size` is its font size, smaller than the pattern's where the table would be too wide; `shrinks` where
    even that is not enough. A text that is `padded` begins one narrow column behind the line at its left.
    """

    look: TableLook
    table: ReportTable
    widths: tuple[int, ...]
    heights: tuple[int, ...]
    size: float
    shrinks: bool = False
    padded: bool = False
    keep_with_next: bool = False

    @cached_property
    def height(self) -> Pixels:
        """The height in pixels, with the space above and below."""
        return sum(self.heights) + 2 * self.look.margin

    @cached_property
    def row_tops(self) -> tuple[int, ...]:
        """The top of each row, and the end of the last one, in pixels from the top of the table."""
        return tuple(accumulate(self.heights, initial=self.look.margin))

    @cached_property
    def column_starts(self) -> tuple[int, ...]:
        """The first column in the sheet of each column, and the one after the last."""
        return tuple(accumulate(self.widths, initial=self.look.first))

    def split_to_fit(self, available: int, *, force: bool) -> tuple[TablePart, TablePart] | None:
        """The rows that fit and the rest below repeated headers, each some groups of rows.

        A group is a row with those that continue it, or the rows beside one row header.
        """
        found = self._split_above_row(self._rows_that_begin_a_group(_FEWEST_ROWS), available)
        if found or not force:
            return found
        rows = range(1, len(self.table.rows))
        return (
            self._split_above_row(self._rows_that_begin_a_group(1), available)
            or self._split_above_row(rows, available)
            or self._split_within_first_row(available)
            or self._split_above_row(rows[:1], self.height)
        )

    def _rows_that_begin_a_group(self, least: int) -> list[int]:
        """The rows above which the table may be split, with at least so many rows on both sides."""
        inside = {
            row
            for header in self.table.row_headers
            for row in range(header.row + 1, header.row + header.down)
        }
        rows = range(least, len(self.table.rows) - least + 1)
        return [row for row in rows if row not in self.table.joined and row not in inside]

    def _split_above_row(self, rows: Sequence[int], available: int) -> tuple[TablePart, TablePart] | None:
        """The table split above the last of these rows that leaves an upper part which fits."""
        for row in reversed(rows):
            if self.row_tops[self.table.header_rows + row] + self.look.margin > available:
                continue
            upper = self._part_with_rows(0, row, keep_with_next=False)
            if upper.height <= available:
                return upper, self._part_with_rows(
                    row, len(self.table.rows), keep_with_next=self.keep_with_next
                )
        return None

    def _split_within_first_row(self, available: int) -> tuple[TablePart, TablePart] | None:
        """The table split inside its first row, which is higher than a page."""
        above = sum(self.heights[: self.table.header_rows]) + self.look.row_height
        free = available - above - 2 * self.look.margin
        widths = [line_capacities(self.look.width.times(width), self.size)[0] for width in self.widths]
        for lines in range(1 + free // line_pitch(self.size, self.look.leading), 0, -1):
            split = with_first_row_split(self.table, lines, widths)
            if split is None:
                return None
            part = replace(self, table=split)
            upper = part._part_with_rows(0, 1, keep_with_next=False)
            if upper.height <= available:
                return upper, part._part_with_rows(1, len(split.rows), keep_with_next=self.keep_with_next)
        return None

    def _part_with_rows(self, start: int, stop: int, *, keep_with_next: bool) -> TablePart:
        table = row_slice(self.table, start, stop)
        found = list(grid_boxes(table, self.look.not_applicable))
        heights = row_heights(found, table, self.widths, self.look, self.size, padded=self.padded)
        return replace(self, table=table, heights=heights, keep_with_next=keep_with_next)


def row_heights(
    boxes: Sequence[TableBox],
    table: ReportTable,
    widths: Sequence[int],
    look: TableLook,
    size: float,
    *,
    padded: bool,
) -> tuple[int, ...]:
    """The height of each row of the grid, header rows first, so that no line of any cell is cut off."""
    heights = [look.header_height] * table.header_rows + [look.row_height] * len(table.rows)
    pitch = line_pitch(size, look.leading)
    for box in sorted(boxes, key=lambda box: box.last_row - box.row):
        if is_number(box) or not box.text:
            continue
        space = padded and box.kind not in look.centred
        width = look.width.times(sum(widths[box.column : box.last_column + 1]) - space)
        lines = sum(count.most for count in paragraph_line_counts(box.text, width, size))
        base = look.header_height if box.row < table.header_rows else look.row_height
        missing = _height_of_lines(lines, base, pitch) - sum(heights[box.row : box.last_row + 1])
        if missing > 0:
            heights[box.last_row] += missing
    return tuple(heights)


def _height_of_lines(count: int, base: int, pitch: int) -> Pixels:
    """The height that so many lines need in a row of the height `base`; several keep off the lines around."""
    if count == 1:
        return base
    return max(base + (count - 1) * pitch, count * pitch + 2 * GRID)


class LineCount(NamedTuple):
    """The lines of a paragraph, in Excel and in LibreOffice; one line that `shrinks` may be a little wide."""

    strict: int
    loose: int
    shrinks: bool = False

    @property
    def most(self) -> int:
        """The larger one."""
        return max(self.strict, self.loose)

    @property
    def is_certain(self) -> bool:
        """True where both are the same."""
        return self.strict == self.loose

    @property
    def is_nearly_one_line(self) -> bool:
        """True where it is one line in one of them, two in the other."""
        return {self.strict, self.loose} == {1, 2}


_ONE_LINE, _SHRUNK_LINE = LineCount(1, 1), LineCount(1, 1, shrinks=True)


def paragraphs_of_cell(text: str, width: Width, size: float) -> list[str]:
    """The paragraphs of a text; one that takes several lines is broken behind 【…】 at its beginning."""
    found = text.split("\n")
    if "】" not in text:
        return found
    capacity = line_capacities(width, size)[0]
    return [
        piece
        for one in found
        for piece in (_BEHIND_BRACKET.split(one, 1) if line_width(one) > capacity else [one])
    ]


def paragraph_line_counts(text: str, width: Width, size: float) -> list[LineCount]:
    """The lines of each paragraph of a text in a cell.

    One of several that only some applications break is a line that shrinks: with an empty line below it in
    the others, its distance to the next one would be another than in the cell beside it.
    """
    capacities = line_capacities(width, size)
    if len(text) * WIDEST <= capacities.excel and "\n" not in text:
        return [_ONE_LINE]
    counts = [
        _line_count(one, capacities) if len(one) * WIDEST > capacities.excel else _ONE_LINE
        for one in paragraphs_of_cell(text, width, size)
    ]
    if len(counts) == 1:
        return counts
    return [_SHRUNK_LINE if count.is_nearly_one_line else count for count in counts]


def _line_count(paragraph: str, capacities: LineCapacities) -> LineCount:
    screen = wrapped_lines(paragraph, capacities.libreoffice, LineRules.SCREEN)
    paper = wrapped_lines(paragraph, capacities.paper, LineRules.PAPER)
    return LineCount(len(wrapped_lines(paragraph, capacities.excel)), max(len(screen), len(paper)))


def line_pitch(size: float, leading: float = LEADING) -> Pixels:
    """How far apart the lines of a cell are set, in pixels."""
    return points_to_grid_pixels(size * max(leading, LEADING))
