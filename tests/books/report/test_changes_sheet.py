"""The sheet 変更一覧: a row for each change, numbers in their own formats, or one sentence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from kenpo_xl.books.report.changes_sheet import CHANGE_COLUMNS, CHANGE_START, write_change_rows
from kenpo_xl.books.report.layout.sheet_writer import Formats
from kenpo_xl.books.report.list_sheet import ListSheet
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.changes import ChangeKind, Changes, ReportChange
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.source import Source
from tests.paths import TEMPLATE

SINCE = "令和6年度第2四半期"
CELL = Source("業務グループ.xlsm", "1-2-2", "E26")
FIGURE = ReportChange(
    ChangeKind.CORRECTED,
    "1-2-2/決定達成/当年/決定件数",
    SINCE,
    Decimal(42_000),
    Decimal(43_089),
    "令和6年4月～10月",
    NumberFormat('#,##0" 件"'),
    CELL,
)
RATE = ReportChange(
    ChangeKind.KPI,
    "指標/郵送化率/実績",
    SINCE,
    Decimal("0.975"),
    Decimal("0.965"),
    format=NumberFormat("0.0%"),
)
TEXT = ReportChange(ChangeKind.TEXT, "1-1/ブロック 1/文 2", SINCE, "", "・7月の評議会において報告。" * 4)


def sheet_of(path: Path, changes: Changes, books: dict[str, str] | None = None) -> Any:
    with xlsxwriter.Workbook(path) as book:
        look = read_template(TEMPLATE)
        sheet = book.add_worksheet("変更一覧")
        rows = ListSheet(sheet, CHANGE_COLUMNS, look, Formats(book), start=CHANGE_START)
        write_change_rows(rows, changes, Report({}, "", (), books=books or {}))
    return openpyxl.load_workbook(path)["変更一覧"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "一覧.xlsx"


def test_a_row_for_each_change_in_their_order(path: Path) -> None:
    sheet = sheet_of(path, Changes(SINCE, (FIGURE, TEXT)))
    assert [cell.value for cell in sheet[4]] == [column.header for column in CHANGE_COLUMNS]
    assert [cell.value for cell in sheet[5]] == [
        *("訂正", FIGURE.place, "令和6年4月～10月", SINCE, 42_000, 43_089, 1_089),
        *("業務グループ.xlsm", "1-2-2", "E26"),
    ]
    assert [cell.value for cell in sheet[6]] == [
        *("文", TEXT.place, None, SINCE, None, TEXT.now, None, None, None, None)
    ]
    assert sheet.max_row == 6
    assert sheet.row_dimensions[6].height > 4 * 9.5


@pytest.mark.parametrize(
    ("change", "shown", "difference"),
    [
        (FIGURE, '#,##0" 件"', '+#,##0" 件";"−"#,##0" 件";#,##0" 件"'),
        (RATE, "0.0%", '+0.0" ポイント";"−"0.0" ポイント";0.0" ポイント"'),
    ],
)
def test_numbers_are_shown_as_in_the_report(
    path: Path, change: ReportChange, shown: str, difference: str
) -> None:
    row = sheet_of(path, Changes(SINCE, (change,)))[5]
    assert [row[place].number_format for place in (4, 5, 6)] == [shown, shown, difference]
    assert row[6].value == float(change.difference or 0)


def test_the_cell_is_a_link_where_the_book_can_be_reached(path: Path) -> None:
    cell = sheet_of(path, Changes(SINCE, (FIGURE,)), {CELL.workbook: "../提出/業務グループ.xlsm"})["J5"]
    assert cell.hyperlink.location == "'1-2-2'!E26"
    assert sheet_of(path, Changes(SINCE, (FIGURE,)))["J5"].hyperlink is None


def test_what_it_is_compared_with_stands_above(path: Path) -> None:
    assert sheet_of(path, Changes(SINCE, (FIGURE,)))["A1"].value == f"{SINCE}の報告から変わったところです。"
    assert "今年度の前の報告がない" in sheet_of(path, Changes("", (FIGURE,)))["A1"].value


def test_it_can_be_filtered_and_is_not_printed_with_the_report(path: Path) -> None:
    sheet = sheet_of(path, Changes(SINCE, (FIGURE, TEXT)))
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A4:J6", "B5")
    assert sheet.print_area == "'変更一覧'!$A$1048576"


def test_no_change_is_said_in_one_sentence(path: Path) -> None:
    sheet = sheet_of(path, Changes(SINCE))
    assert [cell.value for cell in sheet[5] if cell.value] == ["変わったところはありません。"]
    assert sheet.max_row == 5
