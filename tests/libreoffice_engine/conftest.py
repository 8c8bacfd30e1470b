"""A book of one sheet, open in the tests' LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
import xlwings

from tests.office.live import LiveOffice


@pytest.fixture
def book(live_office: LiveOffice, tmp_path: Path) -> xlwings.Book:
    path = tmp_path / "入力 ブック.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("表")
        made.add_worksheet("1-2 別表")
    opened = live_office.open(path)
    yield opened
    opened.close()


@pytest.fixture
def sheet(book: xlwings.Book) -> xlwings.Sheet:
    return book.sheets["表"]
