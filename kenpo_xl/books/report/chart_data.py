"""The sheet グラフの元データ: the numbers behind everything that is drawn in the report."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kenpo_xl.books.common.text_metrics import printable_text
from kenpo_xl.books.report.not_printed import leave_out_of_print
from kenpo_xl.domain.frozen import frozen

CHART_DATA = "グラフの元データ"
_TITLE = f"{CHART_DATA}（ここの数を変えるとグラフも変わります。印刷はしません）"
_FIRST_TABLE = 2
_NAME_WIDTH, _WIDTH, _HEADER_HEIGHT = 330, 96, 38


@frozen
class DataNumber:
    """A number with its number format; None leaves the cell empty, so that a chart has a gap and no 0."""

    value: Decimal | None
    code: str


@frozen
class DataFormula:
    """A text that a formula makes of numbers beside it, with its result."""

    formula: str
    result: str


DataCell = DataNumber | DataFormula | str
Reference = list[str | int]
"""A reference of XlsxWriter's charts: sheet, row and column, or sheet, first and last cell."""


@frozen
class _Table:
    top: int
    headers: tuple[str, ...]
    rows: tuple[tuple[DataCell, ...], ...]


class ChartData:
    """Collects tables of numbers, one below another, and writes them to a sheet at the end.

    So that what refers to them can be on an earlier sheet.
    """

    def __init__(self) -> None:
        self._tables: list[_Table] = []
        self._next_row = _FIRST_TABLE

    @property
    def next_header_row(self) -> int:
        """The row of the headers of the next table, counted from 0."""
        return self._next_row

    def __bool__(self) -> bool:
        return bool(self._tables)

    def add_table(self, headers: Sequence[str], rows: Sequence[Sequence[DataCell]]) -> int:
        """Add a table; returns the row of its headers, counted from 0, below which the others follow."""
        top = self._next_row
        self._tables.append(_Table(top, tuple(headers), tuple(map(tuple, rows))))
        self._next_row = top + len(rows) + 2
        return top

    def write_sheet(self, book: Any, sheet: Any) -> None:
        """Write all tables to a worksheet, which is not printed."""
        bold = book.add_format({"bold": True, "font_size": 12})
        header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        formats: dict[str, Any] = {}
        sheet.set_column_pixels(0, 0, _NAME_WIDTH)
        sheet.set_column_pixels(1, max(len(one.headers) for one in self._tables), _WIDTH)
        sheet.write_string(0, 0, _TITLE, bold)
        for table in self._tables:
            sheet.set_row_pixels(table.top, _HEADER_HEIGHT)
            for column, text in enumerate(table.headers):
                sheet.write_string(table.top, column, printable_text(text), header)
            for row, cells in enumerate(table.rows, start=table.top + 1):
                if any("\n" in _text_of_cell(cell) for cell in cells):
                    sheet.set_row_pixels(row, _HEADER_HEIGHT)
                for column, cell in enumerate(cells):
                    _write_cell(book, sheet, formats, (row, column, cell))
        leave_out_of_print(sheet)
        sheet.freeze_panes(0, 1)


def cell_reference(row: int, column: int) -> Reference:
    """The reference of a chart to a cell of the sheet."""
    return [CHART_DATA, row, column]


def range_reference(first: int, last: int, column: int) -> Reference:
    """The reference of a chart to the cells of one column, from the row `first` to `last`."""
    return [CHART_DATA, first, column, last, column]


def _text_of_cell(cell: DataCell) -> str:
    return cell.result if isinstance(cell, DataFormula) else cell if isinstance(cell, str) else ""


def _write_cell(book: Any, sheet: Any, formats: dict[str, Any], at: tuple[int, int, DataCell]) -> None:
    row, column, cell = at
    if isinstance(cell, str):
        sheet.write_string(row, column, printable_text(cell))
    elif isinstance(cell, DataFormula):
        sheet.write_formula(row, column, cell.formula, None, cell.result)
    elif cell.value is not None:
        if cell.code not in formats:
            formats[cell.code] = book.add_format({"num_format": cell.code})
        sheet.write_number(row, column, float(cell.value), formats[cell.code])
