"""A table as a part of a page: the heights of its rows, and how it is split where a page ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

from kenpo_xl.books.common.text_metrics import wrapped_lines
from kenpo_xl.books.report.layout.paragraph import line_capacities
from kenpo_xl.books.report.layout.split_row import with_first_row_split
from kenpo_xl.books.report.layout.table_cells import TableBox, grid_boxes, is_number, row_slice
from kenpo_xl.books.report.template.screen_widths import Width
from kenpo_xl.books.report.template.template import points_to_pixels
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.report import ReportTable

# How far apart the lines of a cell are set, in font sizes.
_LEADING = 1.2


@frozen
class TableLook:
    """The space of a table: equal columns from `first`, the width of one, font size, row heights."""

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
    keep_with_next: bool = False

    @cached_property
    def height(self) -> int:
        """The height in pixels."""
        return sum(self.heights)

    @cached_property
    def row_tops(self) -> tuple[int, ...]:
        """The top of each row, and the end of the last one, in pixels from the top of the table."""
        return tuple(accumulate(self.heights, initial=0))

    @cached_property
    def column_starts(self) -> tuple[int, ...]:
        """The first column in the sheet of each column, and the one after the last."""
        return tuple(accumulate(self.widths, initial=self.look.first))

    def split_to_fit(
        self, available: int, *, page_height: int, force: bool
    ) -> tuple[TablePart, TablePart] | None:
        """The rows that fit and the rest below repeated headers; only a table higher than a page is split."""
        if self.height <= page_height and not force:
            return None
        rows = range(1, len(self.table.rows))
        found = self._split_above_row([row for row in rows if row not in self.table.joined], available)
        if found or not force:
            return found
        return (
            self._split_above_row(rows, available)
            or self._split_within_first_row(available)
            or self._split_above_row(rows[:1], self.height)
        )

    def _split_above_row(self, rows: Sequence[int], available: int) -> tuple[TablePart, TablePart] | None:
        """The table split above the last of these rows that leaves an upper part which fits."""
        for row in reversed(rows):
            if self.row_tops[self.table.header_rows + row] > available:
                continue
            upper = self._part_with_rows(0, row, keep_with_next=False)
            if upper.height <= available:
                return upper, self._part_with_rows(
                    row, len(self.table.rows), keep_with_next=self.keep_with_next
                )
        return None

    def _split_within_first_row(self, available: int) -> tuple[TablePart, TablePart] | None:
        """The table split inside its first row, which is higher than a page."""
        free = available - sum(self.heights[: self.table.header_rows]) - self.look.row_height
        widths = [line_capacities(self.look.width.times(width), self.size)[0] for width in self.widths]
        for lines in range(1 + free // points_to_pixels(self.size * _LEADING), 0, -1):
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
        heights = row_heights(found, table, self.widths, self.look, self.size)
        return replace(self, table=table, heights=heights, keep_with_next=keep_with_next)


def row_heights(
    boxes: Sequence[TableBox], table: ReportTable, widths: Sequence[int], look: TableLook, size: float
) -> tuple[int, ...]:
    """The height of each row of the grid, header rows first, so that no line of any cell is cut off."""
    heights = [look.header_height] * table.header_rows + [look.row_height] * len(table.rows)
    for box in sorted(boxes, key=lambda box: box.last_row - box.row):
        width = look.width.times(sum(widths[box.column : box.last_column + 1]))
        lines = 1 if is_number(box) else _line_count(box.text, width, size)
        base = look.header_height if box.row < table.header_rows else look.row_height
        need = base + (lines - 1) * points_to_pixels(size * _LEADING)
        missing = need - sum(heights[box.row : box.last_row + 1])
        if missing > 0:
            heights[box.last_row] += missing
    return tuple(heights)


def is_wrapped(box: TableBox, part: TablePart) -> bool:
    """True for a text that takes more than one line."""
    width = part.look.width.times(sum(part.widths[box.column : box.last_column + 1]))
    return _line_count(box.text, width, part.size) > 1


def _line_count(text: str, width: Width, size: float) -> int:
    strict, loose = line_capacities(width, size)
    return max(len(wrapped_lines(text, strict)), len(wrapped_lines(text, loose, strict=False)))
