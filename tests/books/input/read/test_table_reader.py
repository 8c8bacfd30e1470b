"""Which rows and cells of a table are read: headers that were reworded, and cells that were merged."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.submission.submission import TableEntry
from tests.checks.planted import checked, planted
from tests.sample import sample_plan

SHEET, TABLE = "1-2-3", "併給調整"


def table_of(path: Path) -> TableEntry:
    items = read_submission(path, sample_plan()).items
    return next(one for item in items for one in item.tables if (item.item, one.table) == (SHEET, TABLE))


def reported(path: Path) -> list[tuple[str, str]]:
    return [(one.code, one.cell) for one in checked(path, "ST") if one.cell.startswith(("D", "E"))]


def header(folder: Path, words: str) -> Path:
    """A book whose row of the year before has these words as its header."""

    def edit(book: Any) -> None:
        assert book[SHEET]["D31"].value == "令和5年度"
        book[SHEET]["D31"].value = words

    return planted(folder, edit)


@pytest.mark.parametrize(
    "words", ["令和4年度", "令和4年度（8月まで）", "令和6年度", "R4", "2022年度", "合計", "うち新規"]
)
def test_a_header_of_another_year_is_not_the_row_of_the_plan(tmp_path: Path, words: str) -> None:
    path = header(tmp_path, words)
    assert len(table_of(path).rows) == 1
    assert reported(path) == [("ST03", "D31")]


@pytest.mark.parametrize("words", ["令和5年度（修正後）", "令和5年度 ※1", "R5 速報", "前年度（未確定）"])
def test_words_added_to_a_header_are_reported_and_its_row_is_read(tmp_path: Path, words: str) -> None:
    path = header(tmp_path, words)
    assert len(table_of(path).rows) == 2
    assert reported(path) == [("ST18", "D31")]


@pytest.mark.parametrize("words", ["令和5年度", "令和 ５ 年度", None])
def test_a_header_that_is_the_same_or_empty_is_no_finding(tmp_path: Path, words: str) -> None:
    path = header(tmp_path, words)
    assert len(table_of(path).rows) == 2
    assert reported(path) == []


@pytest.mark.parametrize(("cells", "row", "column"), [("E30:F30", 0, 1), ("E30:E31", 1, 0)])
def test_a_number_in_merged_cells_counts_once(tmp_path: Path, cells: str, row: int, column: int) -> None:
    path = planted(tmp_path, lambda book: book[SHEET].merge_cells(cells))
    rows = table_of(path).rows
    assert rows[0].cells[0].value == Decimal(1689)
    assert rows[row].cells[column].value is None
    assert [one.cell for one in checked(path, "VA01")] == [rows[row].cells[column].source.cell]
