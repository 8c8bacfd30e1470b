"""A workbook comes into being in one go, when it is whole, with the very bytes that XlsxWriter writes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from kenpo_xl.books.common.new_workbook import new_workbook_in_memory

OPTIONS = {"in_memory": True, "strings_to_formulas": False}


def fill(book: Any) -> None:
    """Cells of every kind, with a format of their own, of their row or column, or with none."""
    book.set_properties({"created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)})
    sheet, plain = book.add_worksheet("表"), book.add_worksheet("素")
    bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
    sheet.set_row(3, 20, bold)
    sheet.set_column("C:C", 12, percent)
    values = ["", "数 <&>\"'", " 前後 ", "=1+1", 0, -1, 43089, 0.1, 1 / 3, 1e300, 12345678901234567890, True]
    for column, value in enumerate([*values, Decimal("24.45"), None]):
        for row, style in enumerate((bold, percent, None, None)):
            sheet.write(row, column, value, style)
        plain.write(0, column, value)
    sheet.write_formula("A6", "=SUM(A1:A4)", bold, 3)
    sheet.write_datetime("B6", dt.date(2025, 1, 8), percent)
    sheet.write_rich_string("C6", "合", bold, "計", percent)
    sheet.write_url("D6", "internal:'素'!A1", bold, string="")
    sheet.merge_range(5, 4, 6, 6, "結合", bold)
    sheet.write_comment("E6", "注記")


def test_the_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "報告.xlsx"
    with new_workbook_in_memory(path, {"default_format_properties": {"font_size": 8}}) as book:
        book.add_worksheet("表").write(0, 0, 7)
        assert not path.exists()
    assert openpyxl.load_workbook(path)["表"]["A1"].value == 7


def test_where_it_cannot_be_written_nothing_is_left_open(tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="ない"),
        new_workbook_in_memory(tmp_path / "ない" / "報告.xlsx") as book,
    ):
        book.add_worksheet("表")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("pages", [1, 2])
def test_the_same_bytes(tmp_path: Path, pages: int) -> None:
    with (
        new_workbook_in_memory(tmp_path / "一.xlsx", OPTIONS) as book,
        xlsxwriter.Workbook(tmp_path / "二.xlsx", OPTIONS) as other,
    ):
        for one in (book, other):
            fill(one)
            for page in range(1, pages):
                one.add_worksheet(f"頁 {page}").write(1_048_575, 16_383, "端", one.add_format({"italic": 1}))
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()
