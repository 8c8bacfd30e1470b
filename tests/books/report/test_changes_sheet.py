"""The sheet 変更一覧: a row for each change, numbers in their own formats, or one sentence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.books.common.new_workbook import new_workbook_in_memory
from kenpo_xl.books.common.text_metrics import line_width
from kenpo_xl.books.report.changes_sheet import CHANGE_COLUMNS, CHANGE_START, write_change_rows
from kenpo_xl.books.report.layout.formats import Formats
from kenpo_xl.books.report.list_sheet import FONT, ListSheet
from kenpo_xl.books.report.template.reader import read_template
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.changes import ChangeKind, Changes, ReportChange
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.outputs.summary import ChangedRating, Summary
from kenpo_xl.domain.source import Source
from tests.books.report.written_book import WrittenBook
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


RATING = ReportChange(ChangeKind.RATING, "2-2-3/ブロック 1/評価", SINCE, "〇", "△")
CHANGED = ChangedRating("2-2-3", "特定保健指導", "ブロック 1", "〇", "△")


def _report(books: dict[str, str]) -> Report:
    words = {"支部": "埼玉支部", "和暦年度": "令和6年度", "四半期": "第3四半期"}
    return Report(words, "", (), books=books, summary=Summary((), (), changed=(CHANGED,)))


def sheet_of(path: Path, changes: Changes, books: dict[str, str] | None = None) -> Any:
    with new_workbook_in_memory(path) as book:
        look = read_template(TEMPLATE)
        sheet = book.add_worksheet("変更一覧")
        rows = ListSheet(sheet, CHANGE_COLUMNS, look, Formats(book), start=CHANGE_START)
        write_change_rows(rows, book, changes, _report(books or {}))
    return WrittenBook(path)["変更一覧"]


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


@pytest.mark.parametrize(("count", "height"), [(20, 19.5), (40, None)])
def test_printed_rows_are_higher_where_the_page_has_space(
    path: Path, count: int, height: float | None
) -> None:
    sheet = sheet_of(path, Changes(SINCE, (FIGURE,) * count))
    assert {sheet.row_dimensions[row].height for row in range(5, 5 + count)} == {height}
    assert not sheet.row_breaks.brk


@pytest.mark.parametrize(
    ("change", "shown", "difference"),
    [
        (FIGURE, '#,##0" 件"_)', '+#,##0" 件"_);"－"#,##0" 件"_);#,##0" 件"_)'),
        (RATE, "0.0%_)", '+0.0" ポイント"_);"－"0.0" ポイント"_);0.0" ポイント"_)'),
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


def test_a_title_and_what_it_is_compared_with_stand_above(path: Path) -> None:
    sheet = sheet_of(path, Changes(SINCE, (FIGURE,)))
    assert sheet["A1"].value == "変更一覧　埼玉支部　令和6年度　第3四半期"
    assert sheet["A2"].value == f"{SINCE}の報告から変わったところです。（訂正 1 件）"
    assert "今年度の前の報告がない" in sheet_of(path, Changes("", (FIGURE,)))["A2"].value


def test_all_columns_are_seen_at_once_and_a_difference_is_not_cut() -> None:
    """Beside the row numbers and the scroll bar of a screen of 1366 pixels."""
    widths = {column.header: column.width * 7 for column in CHANGE_COLUMNS}
    assert sum(widths.values()) <= 1366 - 50
    assert widths["差"] >= line_width("－100.00 ポイント") * FONT / 2 * 96 / 72 + 10


def test_what_a_council_asks_is_the_printed_page(path: Path) -> None:
    sheet = sheet_of(
        path, Changes(SINCE, (RATING, RATE, FIGURE, TEXT, replace(FIGURE, kind=ChangeKind.FIGURE)))
    )
    assert [sheet.cell(row, 1).value for row in range(5, 10)] == ["評価", "指標", "訂正", "文", "数値"]
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A4:J9", "B5")
    assert sheet.print_area == "'変更一覧'!$A$1:$G$7"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [sheet.cell(row, 2).value for row in (5, 6)] == [
        "2-2-3 特定保健指導　ブロック 1",
        "郵送化率　実績",
    ]


@pytest.mark.parametrize(("count", "is_one"), [(40, True), (60, False)])
def test_more_changes_than_a_page_shows_in_readable_letters(count: int, is_one: bool, path: Path) -> None:
    """On several pages, each as full as it may be, below repeated headers; their number is returned."""
    changes = Changes(SINCE, (RATING,) * count)
    with new_workbook_in_memory(path) as book:
        rows = ListSheet(
            book.add_worksheet("変更一覧"), CHANGE_COLUMNS, read_template(TEMPLATE), Formats(book), start=3
        )
        pages = write_change_rows(rows, book, changes, _report({}))
    sheet = WrittenBook(path)["変更一覧"]
    setup, fit = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    breaks = [one.id for one in sheet.row_breaks.brk]
    assert (bool(fit and fit.fitToPage), pages == 1) == (is_one, is_one)
    assert sheet.print_title_rows == "$4:$4"
    if not is_one:
        assert pages == 1 + len(breaks)
        assert setup.scale >= 55
        first = breaks[0] * 15 * setup.scale / 100 / 72
        assert 0.85 * (8.27 - 1) < first + 0.5 < 8.27


def test_without_what_a_council_asks_one_sentence_is_printed(path: Path) -> None:
    sheet = sheet_of(path, Changes(SINCE, (TEXT,)))
    assert [sheet.cell(row, 2).value for row in (5, 6)] == [
        "評価、指標、訂正は、変わっていません。",
        TEXT.place,
    ]
    assert sheet.print_area == "'変更一覧'!$A$1:$G$5"


def runs(path: Path, cell: str) -> list[tuple[str, bool, bool]]:
    """The runs of a text: what it is, whether struck through, whether bold and underlined."""
    value = openpyxl.load_workbook(path, rich_text=True)["変更一覧"][cell].value
    return [(one.text, bool(one.font.strike), bool(one.font.b and one.font.u == "single")) for one in value]


def test_a_changed_text_shows_what_is_gone_and_what_was_added(path: Path) -> None:
    changed = replace(TEXT, before="・7月に3,120件を送付した。", now="・11月に3,120件を送付し、督促した。")
    sheet_of(path, Changes(SINCE, (changed,)))
    assert runs(path, "E6") == [
        ("・", False, False),
        ("7", True, False),
        ("月に3,120件を送付した。", False, False),
    ]
    assert [text for text, _, is_added in runs(path, "F6") if is_added] == ["11", "し、督促"]


def test_another_text_in_the_same_place_has_no_marks(path: Path) -> None:
    changed = replace(TEXT, before="・協定を結んだ。", now="・7月の評議会において報告。")
    sheet = sheet_of(path, Changes(SINCE, (changed,)))
    assert (sheet["E6"].value, sheet["F6"].value) == (changed.before, changed.now)
    assert isinstance(openpyxl.load_workbook(path, rich_text=True)["変更一覧"]["E6"].value, str)


def test_no_change_is_said_in_one_sentence(path: Path) -> None:
    sheet = sheet_of(path, Changes(SINCE))
    assert [cell.value for cell in sheet[5] if cell.value] == ["変わったところはありません。"]
    assert sheet.max_row == 5
