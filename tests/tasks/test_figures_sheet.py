"""From every number on a printed page of the real case to its row in 数値, and to the cell that holds it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.domain.results.fact_columns import COLUMNS
from kenpo_xl.tasks.report import ReportResult
from tests.office import Office
from tests.office.pictures import pdf_pages
from tests.paths import SAMPLE
from tests.tasks.figures_sheet import (
    Row,
    assert_printed_numbers_lead_to_rows,
    figures_of,
    printed,
    without_source,
)

SUBMITTED = sorted((SAMPLE / "提出").glob("*.xlsm"))


@pytest.fixture(scope="module")
def book(produced: ReportResult) -> Any:
    return openpyxl.load_workbook(produced.path)


@pytest.fixture(scope="module")
def figures(book: Any) -> dict[int, Row]:
    return figures_of(book)


def test_a_printed_number_leads_to_a_row_with_the_same_number(book: Any, figures: dict[int, Row]) -> None:
    assert assert_printed_numbers_lead_to_rows(book, figures) > 200


def test_a_row_with_a_number_names_a_cell_that_holds_it(
    figures: dict[int, Row], office: Office, tmp_path: Path
) -> None:
    assert not without_source(figures, SAMPLE, office, tmp_path)


def test_what_we_compute_is_what_the_cell_gives_in_libreoffice(
    figures: dict[int, Row], office: Office
) -> None:
    given = {path.name: office.recalculated(path) for path in SUBMITTED}
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
    assert pdf_pages(produced_pdf) == produced.pages == 25
    assert "出所: " not in produced_text
    assert "識別名" not in produced_text
    assert b"/URI" not in produced_pdf.read_bytes()
