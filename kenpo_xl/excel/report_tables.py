"""Tables set into narrow columns of equal width: how wide each of their columns is, how high each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cached_property
from itertools import accumulate

from kenpo_xl.domain.report import Head, ReportCell, ReportTable, Tone
from kenpo_xl.excel.report_template import pixels
from kenpo_xl.excel.report_text import clean, wrap
from kenpo_xl.excel.report_text_part import rooms

_LEADING = 1.2


class Kind(Enum):
    """Which pattern a cell of a table follows."""

    CORNER = "corner"
    HEAD = "column head"
    ROW_HEAD = "row head"
    TYPED = "typed"
    COMPUTED = "computed"
    TEXT = "text"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Look:
    """What a table is set into: equal columns from `first`, their width in pixels, font size, row heights."""

    first: int
    columns: int
    width: int
    size: float
    head_height: int
    row_height: int
    not_applicable: str = "／"


@dataclass(frozen=True)
class TableBox:
    """A cell of the printed table: its place in the table's grid, rows and columns from 0, ends included."""

    row: int
    column: int
    last_row: int
    last_column: int
    kind: Kind
    text: str
    cell: ReportCell | None = None
    open_above: bool = False
    open_below: bool = False


@dataclass(frozen=True)
class TablePart:
    """A table with the widths of its columns (in narrow columns) and the heights of its rows (in pixels).

    `size` is its font size, smaller than the pattern's where the table would be too wide; `shrinks` where
    even that is not enough.
    """

    look: Look
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
        """The rows that fit and the rest below repeated heads; only a table higher than a page is torn."""
        if self.height <= whole and not force:
            return None
        heads = self.table.head_rows
        cuts = [row for row in range(1, len(self.table.rows)) if row not in self.table.joined]
        fitting = [row for row in cuts if self.tops[heads + row] <= room]
        if not fitting and not (force and cuts):
            return None
        cut = fitting[-1] if fitting else cuts[0]
        return self._rows(0, cut, keeps=False), self._rows(cut, len(self.table.rows), keeps=self.keeps)

    def _rows(self, start: int, stop: int, *, keeps: bool) -> TablePart:
        heads = self.table.head_rows
        heights = self.heights[:heads] + self.heights[heads + start : heads + stop]
        return replace(self, table=with_rows(self.table, start, stop), heights=heights, keeps=keeps)


def with_columns(table: ReportTable, start: int, stop: int) -> ReportTable:
    """Some columns of a table; a column head that reaches over the cut stands on both sides."""
    heads = []
    for head in table.column_heads:
        first, last = max(head.column, start), min(head.column + head.across, stop)
        if first < last:
            heads.append(replace(head, column=first - start, across=last - first))
    return replace(table, column_heads=tuple(heads), rows=tuple(row[start:stop] for row in table.rows))


def with_rows(table: ReportTable, start: int, stop: int) -> ReportTable:
    """Some rows of a table; a row head that reaches over the cut stands on both sides."""
    heads = []
    for head in table.row_heads:
        first, last = max(head.row, start), min(head.row + head.down, stop)
        if first < last:
            heads.append(replace(head, row=first - start, down=last - first))
    return replace(
        table,
        row_heads=tuple(heads),
        rows=table.rows[start:stop],
        joined=frozenset(row - start for row in table.joined if start < row < stop),
    )


def boxes(table: ReportTable, not_applicable: str) -> Iterator[TableBox]:
    """All cells of the printed table; places without a head or a cell become empty ones."""
    table = with_rows(table, 0, len(table.rows))
    count = columns_of(table)
    if table.head_rows and table.head_columns:
        yield TableBox(0, 0, table.head_rows - 1, table.head_columns - 1, Kind.CORNER, clean(table.corner))
    for head in _complete(table.column_heads, table.head_rows, count):
        yield _column_head(head, table)
    for head in _complete(table.row_heads, len(table.rows), table.head_columns):
        yield _row_head(head, table)
    empty = ReportCell(None, "", "")
    for row, cells in enumerate(table.rows):
        for column in range(count):
            yield _body(cells[column] if column < len(cells) else empty, row, column, table, not_applicable)


def columns_of(table: ReportTable) -> int:
    """The number of body columns."""
    heads = [head.column + head.across for head in table.column_heads]
    return max([*heads, *(len(row) for row in table.rows)], default=0)


def _complete(heads: Sequence[Head], rows: int, columns: int) -> list[Head]:
    taken = {
        (head.row + down, head.column + across)
        for head in heads
        for down in range(head.down)
        for across in range(head.across)
    }
    places = [(row, column) for row in range(rows) for column in range(columns)]
    return [*heads, *(Head("", *place) for place in places if place not in taken)]


def _column_head(head: Head, table: ReportTable) -> TableBox:
    column = table.head_columns + head.column
    last = head.row + head.down - 1
    return TableBox(head.row, column, last, column + head.across - 1, Kind.HEAD, clean(head.text))


def _row_head(head: Head, table: ReportTable) -> TableBox:
    row, last = head.row, head.row + head.down - 1
    return TableBox(
        table.head_rows + row,
        head.column,
        table.head_rows + last,
        head.column + head.across - 1,
        Kind.ROW_HEAD,
        clean(head.text),
        open_above=row in table.joined,
        open_below=last + 1 in table.joined,
    )


def _body(cell: ReportCell, row: int, column: int, table: ReportTable, not_applicable: str) -> TableBox:
    kind = kind_of(cell)
    text = not_applicable if kind is Kind.NOT_APPLICABLE else clean(cell.shown or str(cell.value or ""))
    if isinstance(cell.value, str) and kind is not Kind.NOT_APPLICABLE:
        text = clean(cell.value)
    place = (table.head_rows + row, table.head_columns + column)
    return TableBox(*place, *place, kind, text, cell, row in table.joined, row + 1 in table.joined)


def kind_of(cell: ReportCell) -> Kind:
    """Which pattern a body cell follows."""
    if cell.tone is Tone.NOT_APPLICABLE:
        return Kind.NOT_APPLICABLE
    if isinstance(cell.value, str):
        return Kind.TEXT
    return Kind.COMPUTED if cell.tone is Tone.COMPUTED else Kind.TYPED


def is_number(box: TableBox) -> bool:
    """True for a cell that holds a number, which cannot be wrapped."""
    return (
        box.cell is not None and isinstance(box.cell.value, Decimal) and box.kind is not Kind.NOT_APPLICABLE
    )


def row_heights(
    found: Sequence[TableBox], table: ReportTable, widths: Sequence[int], look: Look, size: float
) -> tuple[int, ...]:
    """The height of each row of the grid, head rows first, so that no line of any cell is cut off."""
    heights = [look.head_height] * table.head_rows + [look.row_height] * len(table.rows)
    for box in sorted(found, key=lambda box: box.last_row - box.row):
        width = sum(widths[box.column : box.last_column + 1]) * look.width
        lines = 1 if is_number(box) else _lines(box.text, width, size)
        base = look.head_height if box.row < table.head_rows else look.row_height
        need = base + (lines - 1) * pixels(size * _LEADING)
        missing = need - sum(heights[box.row : box.last_row + 1])
        if missing > 0:
            heights[box.last_row] += missing
    return tuple(heights)


def is_broken(box: TableBox, part: TablePart) -> bool:
    """True for a text that takes more than one line."""
    width = sum(part.widths[box.column : box.last_column + 1]) * part.look.width
    return _lines(box.text, width, part.size) > 1


def _lines(text: str, width: int, size: float) -> int:
    strict, loose = rooms(width, size)
    return max(len(wrap(text, strict)), len(wrap(text, loose, strict=False)))
