"""The sheet 要確認: a row for each remark, or one sentence that there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.books.common.new_workbook import new_workbook_in_memory
from kenpo_xl.books.report.layout.formats import Formats
from kenpo_xl.books.report.list_sheet import ListSheet
from kenpo_xl.books.report.remarks_sheet import REMARK_COLUMNS, REMARK_START, write_remark_rows
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.source import Source
from tests.paths import TEMPLATE

CELL = Source("業務 グループ.xlsm", "1-2-2", "D8")
ERROR = Remark(Concern.OVERWRITTEN, True, "1-2-2/決定達成/当年/達成率", "上書き", "99％", "100％", CELL)
QUESTION = Remark(Concern.NO_TARGET, False, "1-2-2 郵送化率", "判定していません")


def sheet_of(path: Path, *remarks: Remark, books: dict[str, str] | None = None) -> Any:
    with new_workbook_in_memory(path) as book:
        rows = ListSheet(
            book.add_worksheet("要確認"),
            REMARK_COLUMNS,
            read_template(TEMPLATE),
            Formats(book),
            start=REMARK_START,
        )
        write_remark_rows(rows, Report({}, "", (), remarks=remarks, books=books or {}))
    return openpyxl.load_workbook(path)["要確認"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "一覧.xlsx"


def test_a_row_for_each_remark_in_their_order(path: Path) -> None:
    sheet = sheet_of(path, ERROR, QUESTION)
    assert [cell.value for cell in sheet[2]] == [column.header for column in REMARK_COLUMNS]
    assert [cell.value for cell in sheet[3]] == [
        *("直すもの", "上書き", "1-2-2/決定達成/当年/達成率", "上書き", "99％", "100％"),
        *("業務 グループ.xlsm", "1-2-2", "D8"),
    ]
    assert [cell.value for cell in sheet[4]][:4] == [
        "確認するもの",
        "目標値なし",
        "1-2-2 郵送化率",
        "判定していません",
    ]
    assert sheet.max_row == 4


def test_it_can_be_filtered_and_its_headers_stay(path: Path) -> None:
    sheet = sheet_of(path, ERROR, QUESTION)
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A2:I4", "B3")


def test_the_cell_is_a_link_where_the_book_can_be_reached(path: Path) -> None:
    link = sheet_of(path, ERROR, books={CELL.workbook: "../提出/業務 グループ.xlsm"})["I3"].hyperlink
    assert link.location == "'1-2-2'!D8"
    assert link.target.replace("\\", "/") in ("../提出/業務 グループ.xlsm", "../提出/業務%20グループ.xlsm")


def test_without_a_way_to_the_book_it_is_no_link(path: Path) -> None:
    assert sheet_of(path, ERROR)["I3"].hyperlink is None


def test_a_row_is_as_high_as_its_longest_text(path: Path) -> None:
    long = replace(QUESTION, message="実績は目標を下回る。" * 10)
    heights = sheet_of(path, QUESTION, long).row_dimensions
    assert heights[3].height is None
    assert heights[4].height > 4 * 9.5


def test_nothing_to_report_is_said_in_one_sentence(path: Path) -> None:
    sheet = sheet_of(path)
    assert [cell.value for cell in sheet[3] if cell.value] == ["確認が必要なところはありません。"]
    assert sheet.max_row == 3


def test_hyphens_are_in_letters_of_which_every_screen_draws_them(path: Path) -> None:
    assert sheet_of(path, ERROR)["C3"].font.sz > 9.5
