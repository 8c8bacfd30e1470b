"""Merged cells are formatted as openpyxl formats them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Protection, Side
from openpyxl.worksheet.merge import MergedCellRange

from tests.merged_cells import format_merged_cells, openpyxls_format, openpyxls_get_borders
from tests.paths import SAMPLE, TEMPLATE


def styles_of(path: Path) -> list[object]:
    """The style of each cell in the lists of the book's styles, and these lists."""
    book = openpyxl.load_workbook(path)
    cells = [
        (sheet.title, place, type(cell).__name__, cell._style.tolist())
        for sheet in book.worksheets
        for place, cell in sorted(sheet._cells.items())
    ]
    return [cells, list(map(repr, book._borders)), list(map(repr, book._protections))]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with every kind of edge: none, thin, beside others, without a first cell, and protected."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    thin, thick = Side("thin"), Side("thick")
    sheet["B2"].border = Border(top=thin, left=thick)
    sheet["D4"].border = Border(right=thin, bottom=thin)
    sheet["C2"].border = Border(bottom=thick)
    sheet["B7"].protection = Protection(locked=False)
    sheet["B7"].border = Border(top=thin, left=thin, right=thin, bottom=thin)
    for place in ("B2:D4", "F2:G2", "B7:F7", "H7:H9"):
        sheet.merge_cells(place)
    path = tmp_path_factory.mktemp("merged") / "book.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["drawn", "template", "input book"])
def test_every_style_is_that_of_openpyxl(name: str, drawn: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = {"drawn": drawn, "template": TEMPLATE, "input book": SAMPLE / "提出" / "業務グループ.xlsm"}[name]
    assert MergedCellRange.format is format_merged_cells
    found = styles_of(path)
    monkeypatch.setattr(MergedCellRange, "format", openpyxls_format)
    monkeypatch.setattr(MergedCellRange, "_get_borders", openpyxls_get_borders)
    assert found == styles_of(path)
