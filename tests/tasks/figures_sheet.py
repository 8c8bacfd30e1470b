"""From the numbers on the printed pages of a report to their rows in 数値, and to cells that hold them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from kenpo_xl.books.plan.reader import PLAN_NAME, read_plan
from kenpo_xl.books.report.chart_data import CHART_DATA
from kenpo_xl.books.report.list_sheet import LIST_SHEETS
from kenpo_xl.books.report.summary.sheet import SUMMARY
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.results.fact_columns import COLUMNS
from tests.office import Office

Row = dict[str, Any]


def figures_of(book: Any) -> dict[int, Row]:
    """The rows of 数値 by their number, each by its headers."""
    headers = [column.header for column in COLUMNS]
    rows = book["数値"].iter_rows(min_row=2)
    return {row[0].row: dict(zip(headers, (cell.value for cell in row), strict=True)) for row in rows}


def books_of(folder: Path) -> dict[str, Any]:
    """The plan book and what was handed in, by name."""
    paths = [folder / "計画.xlsx", *sorted((folder / "提出").glob("*.xlsm"))]
    return {path.name: openpyxl.load_workbook(path) for path in paths}


def printed(book: Any) -> Iterator[Any]:
    """The filled cells of the sections."""
    for sheet in book.worksheets[1:]:
        if sheet.title not in (SUMMARY, CHART_DATA, *LIST_SHEETS):
            yield from (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def given_by(folder: Path, figures: dict[int, Row], office: Office, work: Path) -> dict[str, Any]:
    """Book → sheet → cell → what LibreOffice makes of it.

    Numbers that were typed as text count. The plan book is given the printed figures in the cells that they
    were drawn in, so that the formulas of its sheet KPI give what the KPIs stand at.
    """
    books = books_of(folder)
    for row in figures.values():
        if row["出どころ"] == "表" and row["列"] and row["入力値"] is not None:
            _count(books[row["ファイル"]][row["シート"]][row["セル"]], row["入力値"])
    _fill(books[PLAN_NAME], folder, {row["識別名"]: row["印字値"] for row in figures.values()})
    for name, book in books.items():
        book.save(work / name)
    return {name: office.recalculated(work / name) for name in books}


def _count(cell: Any, number: float) -> None:
    """Make a number of a text that holds nothing else."""
    if isinstance(cell.value, str) and not cell.value.startswith("=") and len(numbers_in(cell.value)) == 1:
        cell.value = number


def _fill(book: Any, folder: Path, printed_at: dict[str, Any]) -> None:
    for table in read_plan(folder / PLAN_NAME).tables.values():
        for identity, (row, column) in table.positions.items():
            source = table.cells[row][column].source
            if source and printed_at.get(str(identity)) is not None:
                book[source.sheet][source.cell] = printed_at[str(identity)]


def holds(value: Any, row: Row, given: object) -> bool:
    """Whether a cell of a book holds the number of a row: typed, in a text, or by its formula.

    `given` is what LibreOffice makes of the cell.
    """
    number = row["入力値"]
    if isinstance(value, str) and value.startswith("=") and isinstance(given, str):
        value = given  # a line that quotes figures and has a number of its own
    elif isinstance(value, str) and value.startswith("="):
        worked_out = row["計算値"] if number is None else number
        return isinstance(given, float) and any(math.isclose(given, one) for one in _ways(worked_out, row))
    if isinstance(value, str) and number is not None:
        # A column of percents holds 27.9 for 27.9 ％.
        exact = Decimal(str(number))
        ways = {exact, exact / 100} if row["単位"] == "％" else {exact}
        return not ways.isdisjoint(found.value for found in numbers_in(value))
    # A target that is a mean of years stands as a number in the input book.
    held = row["計算値"] if number is None else number
    return isinstance(value, float | int) and any(math.isclose(value, one) for one in _ways(held, row))


def _ways(number: float, row: Row) -> tuple[float, ...]:
    """How a number may be held: an indicator counts as a fraction also what stands as 24.45 for 24.45 ％."""
    return (number, number * 100) if (row["出どころ"], row["単位"]) == ("指標", "割合") else (number,)


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


def without_source(figures: dict[int, Row], folder: Path, office: Office, work: Path) -> list[Row]:
    """The rows with a number whose cell does not hold it."""
    sources, given = books_of(folder), given_by(folder, figures, office, work)

    def is_held(row: Row) -> bool:
        book, sheet, cell = row["ファイル"], row["シート"], row["セル"]
        return holds(sources[book][sheet][cell].value, row, given[book][sheet].get(cell))

    return [row for row in figures.values() if row["印字値"] is not None and not is_held(row)]
