"""From every number on a printed page of the real case to its row in 数値, and to the cell that holds it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.domain.fact_columns import COLUMNS
from kenpo_xl.domain.text_numbers import numbers_in
from kenpo_xl.excel.report_lists import LIST_SHEETS
from kenpo_xl.tasks.report import ReportResult
from tests.office import Office
from tests.office.pictures import pdf_pages
from tests.tasks.conftest import SAMPLE

Row = dict[str, Any]
BOOKS = [SAMPLE / "計画.xlsx", *sorted((SAMPLE / "提出").glob("*.xlsx"))]


@pytest.fixture(scope="module")
def book(produced: ReportResult) -> Any:
    return openpyxl.load_workbook(produced.path)


@pytest.fixture(scope="module")
def figures(book: Any) -> dict[int, Row]:
    """The rows of 数値 by their number."""
    heads = [column.head for column in COLUMNS]
    rows = book["数値"].iter_rows(min_row=2)
    return {row[0].row: dict(zip(heads, (cell.value for cell in row), strict=True)) for row in rows}


@pytest.fixture(scope="module")
def sources() -> dict[str, Any]:
    return {path.name: openpyxl.load_workbook(path) for path in BOOKS}


def printed(book: Any) -> Iterator[Any]:
    """The filled cells of the sections."""
    for sheet in book.worksheets[1:]:
        if sheet.title not in LIST_SHEETS:
            yield from (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def holds(value: object, row: Row) -> bool:
    """Whether a cell of a book holds the number of a row: typed, computed by a formula, or in a text."""
    number = row["入力値"]
    if isinstance(value, str) and value.startswith("="):
        return row["計算値"] is not None or row["出どころ"] == "指標"
    if isinstance(value, str):
        return Decimal(str(number)) in {found.value for found in numbers_in(value)}
    # An indicator counts as a fraction also what its cell holds as 24.45 for 24.45 ％.
    held = (number, number * 100) if (row["出どころ"], row["単位"]) == ("指標", "割合") else (number,)
    return any(math.isclose(value, one) for one in held)


def test_a_printed_number_leads_to_a_row_with_the_same_number(book: Any, figures: dict[int, Row]) -> None:
    numbers = [cell for cell in printed(book) if isinstance(cell.value, int | float)]
    assert len(numbers) > 200
    for cell in numbers:
        place = re.fullmatch(r"'数値'!A(\d+)", cell.hyperlink.location)
        assert place, cell.coordinate
        row = figures[int(place[1])]
        assert row["印字値"] == cell.value
        assert cell.hyperlink.tooltip.startswith(f"{row['ファイル']} {row['シート']}!{row['セル']}\n")


def test_a_row_with_a_number_names_a_cell_that_holds_it(
    figures: dict[int, Row], sources: dict[str, Any]
) -> None:
    rows = [row for row in figures.values() if row["印字値"] is not None]
    wrong = [
        row for row in rows if not holds(sources[row["ファイル"]][row["シート"]][row["セル"]].value, row)
    ]
    assert not wrong


def test_what_we_compute_is_what_the_cell_gives_in_libreoffice(
    figures: dict[int, Row], office: Office
) -> None:
    given = {path.name: office.recalculated(path) for path in BOOKS[1:]}
    computed = [row for row in figures.values() if row["出どころ"] == "表" and row["計算値"] is not None]
    computed = [row for row in computed if row["入力値"] is None and row["入力した文字"] is None]
    assert len(computed) > 10
    for row in computed:
        assert math.isclose(
            given[row["ファイル"]][row["シート"]][row["セル"]], row["印字値"], rel_tol=1e-12
        ), row


def test_the_cell_of_a_row_links_to_the_book(book: Any, figures: dict[int, Row]) -> None:
    for number, row in figures.items():
        link = book["数値"].cell(number, len(COLUMNS)).hyperlink
        if row["ファイル"] is not None:
            assert Path(link.target.replace("\\", "/")).name == row["ファイル"]
            assert link.location == f"'{row['シート']}'!{row['セル']}"


def test_texts_with_numbers_tell_where_they_came_from(book: Any, figures: dict[int, Row]) -> None:
    noted = [cell for cell in printed(book) if cell.comment]
    assert len(noted) > 50
    places = {f"出所: {row['ファイル']} {row['シート']}!{row['セル']}" for row in figures.values()}
    assert {line for cell in noted for line in cell.comment.text.split("\n")} <= places


def test_nothing_of_it_is_printed(produced: ReportResult, produced_pdf: Path, produced_text: str) -> None:
    assert pdf_pages(produced_pdf) == produced.pages == 30
    assert "出所: " not in produced_text
    assert "識別名" not in produced_text
    assert b"/URI" not in produced_pdf.read_bytes()
