"""What the list sheets behind the printed pages have in common: headers, rows, links, filter, page setup."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.books.common import links
from kenpo_xl.books.common.new_workbook import new_workbook_in_memory
from kenpo_xl.books.report.layout.formats import Formats
from kenpo_xl.books.report.list_sheet import Column, ListCell, ListSheet
from kenpo_xl.books.report.template.reader import read_template
from tests.paths import TEMPLATE

COLUMNS = (Column("名前", 20), Column("値", 10, format="0.00"), Column("説明", 40, wraps=True))


def written(path: Path, *rows: tuple[Any, ...], start: int = 0) -> Any:
    """The sheet of a list with these rows, read back."""
    with new_workbook_in_memory(path) as book:
        sheet = book.add_worksheet("一覧")
        rows_of = ListSheet(sheet, COLUMNS, read_template(TEMPLATE), Formats(book), start=start)
        for row in rows:
            rows_of.add_row(*row)
        rows_of.add_filter()
    return openpyxl.load_workbook(path)["一覧"]


def test_headers_look_like_the_headers_of_a_table_and_stay_in_sight(tmp_path: Path) -> None:
    sheet = written(tmp_path / "一覧.xlsx", ("甲", Decimal(1), "説明"))
    assert [cell.value for cell in sheet[1]] == ["名前", "値", "説明"]
    assert sheet["A1"].fill.fgColor.rgb == "FFE9EEF5"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C2"


def test_a_list_prints_across_and_one_page_wide(tmp_path: Path) -> None:
    sheet = written(tmp_path / "一覧.xlsx")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # One page wide is what Excel takes where nothing is written.
    setup = sheet.page_setup
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", None, 0)


def test_a_list_is_not_printed_until_its_print_area_is_cleared(tmp_path: Path) -> None:
    assert written(tmp_path / "一覧.xlsx", ("甲", None, "")).print_area == "'一覧'!$A$1048576"


def test_headers_may_stand_further_down(tmp_path: Path) -> None:
    sheet = written(tmp_path / "一覧.xlsx", ("甲", None, ""), start=3)
    assert (sheet["A4"].value, sheet["A5"].value, sheet.freeze_panes) == ("名前", "甲", "B5")
    assert sheet.auto_filter.ref == "A4:C5"


def test_numbers_are_numbers_in_the_format_of_column_or_cell(tmp_path: Path) -> None:
    sheet = written(tmp_path / "一覧.xlsx", ("甲", Decimal("0.1"), ""), ("乙", ListCell(2, format="0%"), ""))
    assert [(sheet[place].value, sheet[place].number_format) for place in ("B2", "B3")] == [
        (0.1, "0.00"),
        (2, "0%"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+3", "-3", "@SUM(A1)", "http://example.jp", "12"])
def test_texts_stay_texts(tmp_path: Path, text: str) -> None:
    cell = written(tmp_path / "一覧.xlsx", (text, None, ""))["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_link_keeps_number_and_text(tmp_path: Path) -> None:
    link = "internal:'一覧'!A1"
    sheet = written(
        tmp_path / "一覧.xlsx", (ListCell("甲", link=link, tip="見出しへ"), ListCell(3, link=link), "")
    )
    assert (sheet["A2"].value, sheet["B2"].value) == ("甲", 3)
    assert (sheet["A2"].hyperlink.location, sheet["A2"].hyperlink.tooltip) == ("'一覧'!A1", "見出しへ")


def test_more_links_than_excel_follows_are_plain_cells(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(links, "_MOST_LINKS", 1)
    rows = [(ListCell(name, link="internal:'一覧'!A1"), None, "") for name in "甲乙"]
    sheet = written(tmp_path / "一覧.xlsx", *rows)
    assert (sheet["A2"].hyperlink is None, sheet["A3"].hyperlink is None) == (False, True)
    assert sheet["A3"].value == "乙"
