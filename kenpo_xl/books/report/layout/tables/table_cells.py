"""The cells of a printed table with their positions in its grid, and parts of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import Enum

from kenpo_xl.books.common.text_metrics import line_width, printable_text
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lengths import HalfWidths
from kenpo_xl.domain.outputs.report import ReportCell, ReportTable, Tone
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.source import Source


class CellPattern(Enum):
    """Which pattern a cell of a table follows."""

    CORNER = "corner"
    HEADER = "column header"
    ROW_HEADER = "row header"
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


def column_slice(table: ReportTable, start: int, stop: int) -> ReportTable:
    """Some columns of a table; a column header across the cut is on both sides."""
    headers = []
    for header in table.column_headers:
        first, last = max(header.column, start), min(header.column + header.across, stop)
        if first < last:
            headers.append(replace(header, column=first - start, across=last - first))
    return replace(table, column_headers=tuple(headers), rows=tuple(row[start:stop] for row in table.rows))


def row_slice(table: ReportTable, start: int, stop: int) -> ReportTable:
    """Some rows of a table; a row header across the cut is on both sides."""
    headers = []
    for header in table.row_headers:
        first, last = max(header.row, start), min(header.row + header.down, stop)
        if first < last:
            is_whole = (first - start, last - first) == (header.row, header.down)
            headers.append(header if is_whole else replace(header, row=first - start, down=last - first))
    return replace(
        table,
        row_headers=tuple(headers),
        rows=table.rows[start:stop],
        joined=frozenset(row - start for row in table.joined if start < row < stop),
    )


def grid_boxes(table: ReportTable, not_applicable: str) -> Iterator[TableBox]:
    """All cells of the printed table, empty ones where it has no header or cell."""
    table = row_slice(table, 0, len(table.rows))
    count = body_column_count(table)
    for header in _headers_with_gaps_filled(table.corner, table.header_rows, table.header_columns):
        last = header.row + header.down - 1, header.column + header.across - 1
        text = printable_text(header.text)
        yield TableBox(header.row, header.column, *last, CellPattern.CORNER, text, sources=header.sources)
    for header in _headers_with_gaps_filled(table.column_headers, table.header_rows, count):
        yield _column_header_box(header, table)
    for header in _headers_with_gaps_filled(table.row_headers, len(table.rows), table.header_columns):
        yield _row_header_box(header, table)
    empty = ReportCell(None, "", "")
    for row, cells in enumerate(table.rows):
        for column in range(count):
            yield _body_box(
                cells[column] if column < len(cells) else empty, row, column, table, not_applicable
            )


def body_column_count(table: ReportTable) -> int:
    """The number of body columns."""
    headers = [header.column + header.across for header in table.column_headers]
    return max([*headers, *(len(row) for row in table.rows)], default=0)


def _headers_with_gaps_filled(headers: Sequence[Header], rows: int, columns: int) -> list[Header]:
    taken = {
        (header.row + down, header.column + across)
        for header in headers
        for down in range(header.down)
        for across in range(header.across)
    }
    places = [(row, column) for row in range(rows) for column in range(columns)]
    return [*headers, *(Header("", *place) for place in places if place not in taken)]


def _column_header_box(header: Header, table: ReportTable) -> TableBox:
    column = table.header_columns + header.column
    last = header.row + header.down - 1
    right = column + header.across - 1
    return TableBox(
        header.row,
        column,
        last,
        right,
        CellPattern.HEADER,
        printable_text(header.text),
        sources=header.sources,
    )


def _row_header_box(header: Header, table: ReportTable) -> TableBox:
    row, last = header.row, header.row + header.down - 1
    return TableBox(
        table.header_rows + row,
        header.column,
        table.header_rows + last,
        header.column + header.across - 1,
        CellPattern.ROW_HEADER,
        printable_text(header.text),
        open_above=row in table.joined,
        open_below=last + 1 in table.joined,
        sources=header.sources,
    )


def _body_box(cell: ReportCell, row: int, column: int, table: ReportTable, not_applicable: str) -> TableBox:
    kind = cell_pattern(cell)
    text = (
        not_applicable
        if kind is CellPattern.NOT_APPLICABLE
        else printable_text(cell.shown or str(cell.value or ""))
    )
    if isinstance(cell.value, str) and kind is not CellPattern.NOT_APPLICABLE:
        text = printable_text(cell.value)
    place = (table.header_rows + row, table.header_columns + column)
    joined = row in table.joined, row + 1 in table.joined
    return TableBox(*place, *place, kind, text, cell, *joined, cell.sources)


def cell_pattern(cell: ReportCell) -> CellPattern:
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


def number_width(box: TableBox) -> HalfWidths:
    """The width of a number as printed, in halves: `text` has a wider percent sign than a format."""
    code = box.cell.number_format if box.cell else ""
    return line_width(box.text if "％" in code else box.text.replace("％", "%"))
