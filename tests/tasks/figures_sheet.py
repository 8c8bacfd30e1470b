"""From the numbers on the printed pages of a report to their rows in 数値, and to cells that hold them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from kenpo_xl.domain.fact_columns import COLUMNS
from kenpo_xl.domain.text_numbers import numbers_in
from kenpo_xl.excel.report_lists import LIST_SHEETS

Row = dict[str, Any]


def figures_of(book: Any) -> dict[int, Row]:
    """The rows of 数値 by their number, each by its heads."""
    heads = [column.head for column in COLUMNS]
    rows = book["数値"].iter_rows(min_row=2)
    return {row[0].row: dict(zip(heads, (cell.value for cell in row), strict=True)) for row in rows}


def books_of(folder: Path) -> dict[str, Any]:
    """The plan book and what was handed in, by name."""
    paths = [folder / "計画.xlsx", *sorted((folder / "提出").glob("*.xlsx"))]
    return {path.name: openpyxl.load_workbook(path) for path in paths}


def printed(book: Any) -> Iterator[Any]:
    """The filled cells of the sections."""
    for sheet in book.worksheets[1:]:
        if sheet.title not in LIST_SHEETS:
            yield from (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def holds(value: Any, row: Row) -> bool:
    """Whether a cell of a book holds the number of a row: typed, computed, or in a text."""
    number = row["入力値"]
    if isinstance(value, str) and value.startswith("="):
        return row["計算値"] is not None or row["出どころ"] == "指標"
    if isinstance(value, str) and number is None:
        # The words of a target say how it is worked out.
        return row["計算値"] is not None and row["シート"] == "KPI"
    if isinstance(value, str):
        # A column of percents holds 27.9 for 27.9 ％.
        exact = Decimal(str(number))
        ways = {exact, exact / 100} if row["単位"] == "％" else {exact}
        return not ways.isdisjoint(found.value for found in numbers_in(value))
    # An indicator counts as a fraction also what its cell holds as 24.45 for 24.45 ％.
    held = (number, number * 100) if (row["出どころ"], row["単位"]) == ("指標", "割合") else (number,)
    return any(math.isclose(value, one) for one in held)


def assert_printed_numbers_lead_to_rows(book: Any, figures: dict[int, Row]) -> int:
    """A number on a printed page leads to a row with the same number; how many there are."""
    numbers = [cell for cell in printed(book) if isinstance(cell.value, int | float)]
    for cell in numbers:
        place = re.fullmatch(r"'数値'!A(\d+)", cell.hyperlink.location)
        assert place, cell.coordinate
        row = figures[int(place[1])]
        assert row["印字値"] == cell.value
        assert cell.hyperlink.tooltip.startswith(f"{row['ファイル']} {row['シート']}!{row['セル']}\n")
    return len(numbers)


def without_source(figures: dict[int, Row], sources: dict[str, Any]) -> list[Row]:
    """The rows with a number whose cell does not hold it."""
    rows = [row for row in figures.values() if row["印字値"] is not None]
    return [row for row in rows if not holds(sources[row["ファイル"]][row["シート"]][row["セル"]].value, row)]
