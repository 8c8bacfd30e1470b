"""A table as a part of a page: the heights of its rows, and how it is torn where a page ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

from kenpo_xl.books.common.text_metrics import wrapped_lines
from kenpo_xl.books.report.layout.paragraph import rooms
from kenpo_xl.books.report.layout.split_row import with_row_torn
from kenpo_xl.books.report.layout.table_cells import TableBox, boxes, is_number, with_rows
from kenpo_xl.books.report.template.screen_widths import Width
from kenpo_xl.books.report.template.template import points_to_pixels
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.report import ReportTable

# How far apart the lines of a cell are set, in font sizes.
_LEADING = 1.2


@frozen
class TableLook:
    """What a table is set into: equal columns from `first`, the width of one, font size, row heights."""

    first: int
    columns: int
    width: Width
    size: float
    header_height: int
    row_height: int
    not_applicable: str = "／"


@frozen
class TablePart:
    """A table with the widths of its columns (in narrow columns) and the heights of its rows (in pixels).

    `size` is its font size, smaller than the pattern's where the table would be too wide; `shrinks` where
    even that is not enough.
    """

    look: TableLook
    table: ReportTable
    widths: tuple[int, ...]
    heights: tuple[int, ...]
    size: float
    shrinks: bool = False
    keeps: bool = False

    @cached_property
    def height(self) -> int:
        """The height in pixels."""
        return sum(self.heights)

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """Where each row begins, and at the end where the last one ends, from the top of the table."""
        return tuple(accumulate(self.heights, initial=0))

    @cached_property
    def lefts(self) -> tuple[int, ...]:
        """The sheet's column where each column begins, and at the end the one after the last."""
        return tuple(accumulate(self.widths, initial=self.look.first))

    def split(self, room: int, *, whole: int, force: bool) -> tuple[TablePart, TablePart] | None:
        """The rows that fit and the rest below repeated headers; only a table higher than a page is torn."""
        if self.height <= whole and not force:
            return None
        rows = range(1, len(self.table.rows))
        found = self._torn_at([row for row in rows if row not in self.table.joined], room)
        if found or not force:
            return found
        return self._torn_at(rows, room) or self._torn_within(room) or self._torn_at(rows[:1], self.height)

    def _torn_at(self, rows: Sequence[int], room: int) -> tuple[TablePart, TablePart] | None:
        """The table torn above the last of these rows that leaves an upper part which fits."""
        for row in reversed(rows):
            if self.tops[self.table.header_rows + row] > room:
                continue
            upper = self._rows(0, row, keeps=False)
            if upper.height <= room:
                return upper, self._rows(row, len(self.table.rows), keeps=self.keeps)
        return None

    def _torn_within(self, room: int) -> tuple[TablePart, TablePart] | None:
        """The table torn inside its first row, which is higher than a page."""
        free = room - sum(self.heights[: self.table.header_rows]) - self.look.row_height
        widths = [rooms(self.look.width.times(width), self.size)[0] for width in self.widths]
        for lines in range(1 + free // points_to_pixels(self.size * _LEADING), 0, -1):
            torn = with_row_torn(self.table, lines, widths)
            if torn is None:
                return None
            part = replace(self, table=torn)
            upper = part._rows(0, 1, keeps=False)
            if upper.height <= room:
                return upper, part._rows(1, len(torn.rows), keeps=self.keeps)
        return None

    def _rows(self, start: int, stop: int, *, keeps: bool) -> TablePart:
        table = with_rows(self.table, start, stop)
        found = list(boxes(table, self.look.not_applicable))
        heights = row_heights(found, table, self.widths, self.look, self.size)
        return replace(self, table=table, heights=heights, keeps=keeps)


def row_heights(
    found: Sequence[TableBox], table: ReportTable, widths: Sequence[int], look: TableLook, size: float
) -> tuple[int, ...]:
    """The height of each row of the grid, header rows first, so that no line of any cell is cut off."""
    heights = [look.header_height] * table.header_rows + [look.row_height] * len(table.rows)
    for box in sorted(found, key=lambda box: box.last_row - box.row):
        width = look.width.times(sum(widths[box.column : box.last_column + 1]))
        lines = 1 if is_number(box) else _lines(box.text, width, size)
        base = look.header_height if box.row < table.header_rows else look.row_height
        need = base + (lines - 1) * points_to_pixels(size * _LEADING)
        missing = need - sum(heights[box.row : box.last_row + 1])
        if missing > 0:
            heights[box.last_row] += missing
    return tuple(heights)


def is_broken(box: TableBox, part: TablePart) -> bool:
    """True for a text that takes more than one line."""
    width = part.look.width.times(sum(part.widths[box.column : box.last_column + 1]))
    return _lines(box.text, width, part.size) > 1


def _lines(text: str, width: Width, size: float) -> int:
    strict, loose = rooms(width, size)
    return max(len(wrapped_lines(text, strict)), len(wrapped_lines(text, loose, strict=False)))
