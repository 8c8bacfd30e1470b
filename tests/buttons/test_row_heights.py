"""Rows keep their height while they are typed into and buttons are pressed, and grow with their texts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings

from tests.buttons.conftest import OpenBook
from tests.buttons.stages import GROUPS
from tests.office.live import LiveOffice
from tests.paths import SAMPLE

# The height of a row in 1/100 mm: of a pixel, and of one line with the space that belongs to it.
PIXEL, ONE_LINE = 26.5, 661


def rows_of(sheet: xlwings.Sheet) -> list[Any]:
    """The used rows of a sheet, as LibreOffice has them."""
    rows = sheet.api.Rows
    return [rows.getByIndex(number) for number in range(sheet.used_range.last_cell.row)]


def heights(sheet: xlwings.Sheet) -> list[int]:
    return [row.Height for row in rows_of(sheet)]


@pytest.fixture
def receipts(opened: OpenBook) -> xlwings.Book:
    """The book with a table of numbers and progress lines of one line each."""
    return opened("レセプトグループ.xlsm").book


def test_typing_and_pressing_keep_the_heights(live_office: LiveOffice, receipts: xlwings.Book) -> None:
    sheet = receipts.sheets["1-2-4"]
    before = heights(sheet)
    for cell in ("D16", "E29", "F30"):
        sheet.range(cell).value = sheet.range(cell).value
    for caption in ("点検", "直す", "直す", "点検", "指摘を消す"):
        assert live_office.press(receipts, caption).status == 0
    assert heights(sheet) == pytest.approx(before, abs=PIXEL)


def test_a_line_grows_with_its_text_and_becomes_as_low_as_before(receipts: xlwings.Book) -> None:
    sheet = receipts.sheets["1-2-4"]
    cell, row = sheet.range("D16"), 15
    before, text = heights(sheet)[row], cell.value
    cell.value = "査" * 120
    assert heights(sheet)[row] > 2 * before
    cell.value = text
    assert heights(sheet)[row] == pytest.approx(before, abs=PIXEL)


@pytest.fixture(params=GROUPS)
def items(request: pytest.FixtureRequest, live_office: LiveOffice, tmp_path: Path) -> Iterator[Any]:
    """The sheets of the items of a book of the sample."""
    path = shutil.copy(SAMPLE / "提出" / f"{request.param}.xlsm", tmp_path)
    yield [sheet for sheet in live_office.open(path).sheets if sheet.name[:1].isdigit()]
    live_office.close_all()


def test_no_fitted_row_becomes_lower_than_a_line_with_its_space(items: list[xlwings.Sheet]) -> None:
    """LibreOffice fits each row of a table or a text that is typed into; no row is fixed for that."""
    lowered = []
    for sheet in items:
        for number, row in enumerate(rows_of(sheet), start=1):
            if row.OptimalHeight and row.Height >= ONE_LINE:
                row.OptimalHeight = True
                if row.Height < ONE_LINE - PIXEL:
                    lowered.append((sheet.name, number, row.Height))
    assert lowered == []
