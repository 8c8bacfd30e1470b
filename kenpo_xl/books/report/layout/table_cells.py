"""The cells of a printed table with their places in its grid, and parts of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import Enum

from kenpo_xl.books.common.text_metrics import clean
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.report import ReportCell, ReportTable, Tone
from kenpo_xl.domain.plan.headers import Head
from kenpo_xl.domain.source import Source


class CellPattern(Enum):
    """Which pattern a cell of a table follows."""

    CORNER = "corner"
    HEAD = "column head"
    ROW_HEAD = "row head"
    TYPED = "typed"
    COMPUTED = "computed"
    TEXT = "text"
    NOT_APPLICABLE = "not applicable"


@frozen
class TableBox:
    """A cell of the printed table: its place in the table's grid, rows and columns from 0, ends included.

    `sources` are the cells that the numbers in its text came from.
    """

    row: int
    column: int
    last_row: int
    last_column: int
    kind: CellPattern
    text: str
    cell: ReportCell | None = None
    open_above: bool = False
    open_below: bool = False
    sources: tuple[Source, ...] = ()


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
        last, text = (table.head_rows - 1, table.head_columns - 1), clean(table.corner)
        yield TableBox(0, 0, *last, CellPattern.CORNER, text, sources=table.corner_sources)
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
    right = column + head.across - 1
    return TableBox(head.row, column, last, right, CellPattern.HEAD, clean(head.text), sources=head.sources)


def _row_head(head: Head, table: ReportTable) -> TableBox:
    row, last = head.row, head.row + head.down - 1
    return TableBox(
        table.head_rows + row,
        head.column,
        table.head_rows + last,
        head.column + head.across - 1,
        CellPattern.ROW_HEAD,
        clean(head.text),
        open_above=row in table.joined,
        open_below=last + 1 in table.joined,
        sources=head.sources,
    )


def _body(cell: ReportCell, row: int, column: int, table: ReportTable, not_applicable: str) -> TableBox:
    kind = kind_of(cell)
    text = (
        not_applicable if kind is CellPattern.NOT_APPLICABLE else clean(cell.shown or str(cell.value or ""))
    )
    if isinstance(cell.value, str) and kind is not CellPattern.NOT_APPLICABLE:
        text = clean(cell.value)
    place = (table.head_rows + row, table.head_columns + column)
    joined = row in table.joined, row + 1 in table.joined
    return TableBox(*place, *place, kind, text, cell, *joined, cell.sources)


def kind_of(cell: ReportCell) -> CellPattern:
    """Which pattern a body cell follows."""
    if cell.tone is Tone.NOT_APPLICABLE:
        return CellPattern.NOT_APPLICABLE
    if isinstance(cell.value, str):
        return CellPattern.TEXT
    return CellPattern.COMPUTED if cell.tone is Tone.COMPUTED else CellPattern.TYPED


def is_number(box: TableBox) -> bool:
    """True for a cell that holds a number, which cannot be wrapped."""
    return (
        box.cell is not None
        and isinstance(box.cell.value, Decimal)
        and box.kind is not CellPattern.NOT_APPLICABLE
    )
