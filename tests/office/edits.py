"""What a clerk does to an open workbook. Rows are numbered and columns lettered as on the screen."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.office import bridge

EPOCH = date(1899, 12, 30)


def set_value(document: Any, sheet: str, cell: str, value: float | str | bool | date | None) -> None:
    """Type into a cell: a number, a date, TRUE, a text, a formula (`=…`), or None to empty it.

    A date is typed as its day number; the cell keeps its number format.
    """
    target = _range(document, sheet, cell).getCellByPosition(0, 0)
    match value:
        case bool():
            target.Formula = f"={str(value).upper()}()"
        case date():
            target.Value = (date(value.year, value.month, value.day) - EPOCH).days
        case int() | float():
            target.Value = value
        case str() if value.startswith("="):
            target.Formula = value
        case _:
            target.String = value or ""


def insert_rows(document: Any, sheet: str, row: int, count: int = 1) -> None:
    """Insert empty rows above this row."""
    _sheet(document, sheet).Rows.insertByIndex(row - 1, count)


def delete_rows(document: Any, sheet: str, row: int, count: int = 1) -> None:
    """Delete rows from this row on."""
    _sheet(document, sheet).Rows.removeByIndex(row - 1, count)


def insert_columns(document: Any, sheet: str, column: str, count: int = 1) -> None:
    """Insert empty columns left of this column."""
    _sheet(document, sheet).Columns.insertByIndex(_column(document, sheet, column), count)


def delete_columns(document: Any, sheet: str, column: str, count: int = 1) -> None:
    """Delete columns from this column on."""
    _sheet(document, sheet).Columns.removeByIndex(_column(document, sheet, column), count)


def hide_rows(document: Any, sheet: str, row: int, count: int = 1) -> None:
    """Hide rows from this row on."""
    _range(document, sheet, f"A{row}:A{row + count - 1}").Rows.IsVisible = False


def sort_range(document: Any, sheet: str, cells: str, column: str, *, ascending: bool = True) -> None:
    """Sort the rows of a range without a head by one of its columns."""
    area = _range(document, sheet, cells)
    field = bridge.struct(
        "table.TableSortField",
        Field=_column(document, sheet, column) - area.RangeAddress.StartColumn,
        IsAscending=ascending,
    )
    fields = bridge.uno().Any("[]com.sun.star.table.TableSortField", (field,))
    area.sort(bridge.properties(SortFields=fields, ContainsHeader=False, IsSortColumns=False))


def move_range(document: Any, sheet: str, source: str, target: str) -> None:
    """Cut a range and paste it so that its first cell comes to `target`, on the same sheet."""
    address = _range(document, sheet, target).getCellByPosition(0, 0).CellAddress
    _sheet(document, sheet).moveRange(address, _range(document, sheet, source).RangeAddress)


def merge(document: Any, sheet: str, cells: str) -> None:
    """Merge a range into one cell."""
    _range(document, sheet, cells).merge(True)


def rename_sheet(document: Any, sheet: str, name: str) -> None:
    """Give a sheet another name."""
    _sheet(document, sheet).Name = name


def _sheet(document: Any, name: str) -> Any:
    return document.Sheets.getByName(name)


def _range(document: Any, sheet: str, cells: str) -> Any:
    return _sheet(document, sheet).getCellRangeByName(cells)


def _column(document: Any, sheet: str, letters: str) -> int:
    return _range(document, sheet, f"{letters}1").RangeAddress.StartColumn
