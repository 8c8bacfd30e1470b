"""Where cells are: from xlwings' ways to say it to columns and rows counted from 0, and back."""

from __future__ import annotations

import re
from functools import reduce
from typing import Any

Rectangle = tuple[int, int, int, int]
CELLS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::\$?([A-Z]{1,3})\$?([1-9]\d{0,6}))?", re.IGNORECASE)
LIKE_A_CELL = re.compile(r"[A-Z]{1,3}\d+|R\d*C\d*|[RC]", re.IGNORECASE)


def rectangle(sheet: Any, place: Any) -> Rectangle:
    """Left, top, right, bottom of a range, an address, a name, or a (row, column[, rows, columns])."""
    if isinstance(place, str):
        return _written(place) or corners_of(sheet.getCellRangeByName(place.replace("$", "")))
    if isinstance(place, tuple):
        row, column, rows, columns = (*place, 1, 1)[:4]
        if min(row, column) < 1:
            raise IndexError("Excel counts rows and columns from 1")
        return column - 1, row - 1, column + columns - 2, row + rows - 2
    return corners_of(place.api)


def column_letters(column: int) -> str:
    """The letters of a column counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(corners: Rectangle, row_mark: str, column_mark: str) -> str:
    """The range as Excel writes it, with these marks ($ or nothing) before rows and columns."""
    left, top, right, bottom = corners
    first = f"{column_mark}{column_letters(left + 1)}{row_mark}{top + 1}"
    last = f"{column_mark}{column_letters(right + 1)}{row_mark}{bottom + 1}"
    return first if first == last else f"{first}:{last}"


def quoted(name: str) -> str:
    """The name of a sheet as it stands in a formula."""
    is_plain = re.fullmatch(r"[^\W\d]\w*", name) and not LIKE_A_CELL.fullmatch(name)
    return name if is_plain else "'{}'".format(name.replace("'", "''"))


def corners_of(area: Any) -> Rectangle:
    """Where LibreOffice's cells are."""
    place = area.RangeAddress
    return place.StartColumn, place.StartRow, place.EndColumn, place.EndRow


def _written(text: str) -> Rectangle | None:
    """What an address says without LibreOffice; None for a name, whole rows and whole columns."""
    found = CELLS.fullmatch(text)
    if found is None:
        return None
    first, top, last, bottom = found.groups()
    columns, rows = (_column(first), _column(last or first)), (int(top), int(bottom or top))
    return min(columns) - 1, min(rows) - 1, max(columns) - 1, max(rows) - 1


def _column(letters: str) -> int:
    """The column of these letters, counted from 1."""
    return reduce(lambda number, letter: number * 26 + ord(letter) - ord("A") + 1, letters.upper(), 0)
