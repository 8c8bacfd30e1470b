"""What is compared before and after is everything that a book holds, and nothing of how it is numbered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.office import Office
from tests.office.held import held


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row("A1", ["件数", 1080], book.add_format({"bold": True, "num_format": "#,##0 件"}))
        sheet.write_formula("B2", "=B1*2", None, 2160)
        sheet.write_comment("A1", "注記")
        book.add_worksheet("別表").write("A1", "文")
    return path


def of(office: Office, workbook: Path, change: Callable[[Any], None]) -> dict[str, tuple[bytes, bytes]]:
    stored = workbook.with_name("stored.xlsx")
    with office.edit(workbook, stored) as document:
        change(document)
    return held(stored)


def cell(document: Any, place: str = "B1") -> Any:
    return document.Sheets.getByName("表").getCellRangeByName(place)


def cleared(document: Any) -> None:
    """Other formats and texts come and go: what is left is numbered otherwise."""
    other = document.Sheets.getByName("別表").getCellRangeByName("A1")
    other.String, other.CellBackColor = "別の文", 0xFFB3B3


@pytest.mark.parametrize(
    "change",
    [
        lambda document: cell(document).setValue(1081),
        lambda document: cell(document, "B2").setFormula("=B1*3"),
        lambda document: setattr(cell(document), "CellBackColor", 0xFFB3B3),
        lambda document: setattr(cell(document), "CharWeight", 100.0),
        lambda document: setattr(cell(document), "NumberFormat", 2),
        lambda document: setattr(cell(document).Rows, "Height", 2000),
        lambda document: cell(document, "B4:C5").merge(True),
        lambda document: cell(document, "A1").Annotation.setString("別の注記"),
    ],
)
def test_a_change_is_seen(office: Office, workbook: Path, change: Callable[[Any], None]) -> None:
    before, after = of(office, workbook, lambda _: None), of(office, workbook, change)
    assert before["表"] != after["表"]
    assert before["別表"] == after["別表"]


def test_how_formats_and_texts_are_numbered_is_not(office: Office, workbook: Path) -> None:
    before, after = of(office, workbook, lambda _: None), of(office, workbook, cleared)
    assert before["表"] == after["表"]
    assert before["別表"] != after["別表"]
