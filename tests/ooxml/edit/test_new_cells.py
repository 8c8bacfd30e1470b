"""Contents for cells that a sheet has or lacks: nothing else of the part changes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.ooxml.edit.new_cells import put_cells_returning_skipped
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.styles_xml import style_with_format_of
from kenpo_xl.ooxml.edit.xml_part import XmlPart
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.zip_splice import replace_parts

PART = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("表")
        sheet.set_column(3, 3, 20, made.add_format({"bold": True}))
        sheet.write_row(1, 1, ["前", 5, "後"])
        sheet.write(1, 5, 0.5, made.add_format({"num_format": "0.0%"}))
        sheet.write(5, 0, "下")
    return path


def edited(book: Path, *edits: CellEdit, change: Callable[[PackageEditor], object] | None = None) -> Path:
    target = book.with_name("edited.xlsx")
    with Package(book) as package:
        editor = PackageEditor(package)
        if change:
            change(editor)
        assert put_cells_returning_skipped(editor.editable_part(PART), edits) == ()
        parts, removed = editor.changed_and_removed_parts()
    replace_parts(book, target, parts, removed)
    return target


@pytest.mark.parametrize("cell", ["A1", "A2", "C2", "E2", "G2", "A4", "B6", "Z99"])
def test_a_content_comes_into_any_cell(book: Path, cell: str) -> None:
    sheet = openpyxl.load_workbook(edited(book, CellEdit("表", cell, "新"))).active
    assert sheet is not None
    assert sheet[cell].value == "新"
    others = {"B2": "前", "C2": 5, "D2": "後", "F2": 0.5, "A6": "下"}
    assert {at: sheet[at].value for at in others if at != cell} == {
        at: value for at, value in others.items() if at != cell
    }


def test_several_cells_of_new_and_old_rows_at_once(book: Path) -> None:
    cells = ["A9", "C9", "B9", "A1", "C2", "H2", "G2"]
    edits = [CellEdit("表", cell, Decimal(at)) for at, cell in enumerate(cells)]
    sheet = openpyxl.load_workbook(edited(book, *edits)).active
    assert sheet is not None
    assert [sheet[cell].value for cell in cells] == list(range(len(cells)))


SHEETS = {
    "no row": "<sheetData/>",
    "an empty row": '<sheetData><row r="4"/></sheetData>',
    "rows without numbers": '<sheetData><row r="2"><c/></row><row><c/></row><row r="7"/></sheetData>',
    "rows in no order": '<sheetData><row r="7"><c r="B7"/></row><row r="3"><c r="B3"/></row></sheetData>',
    "a namespace prefix": '<x:sheetData><x:row r="3"><x:c r="B3"/></x:row></x:sheetData>',
}


@pytest.mark.parametrize("rows", SHEETS.values(), ids=SHEETS)
def test_all_at_once_is_as_one_after_the_other(rows: str) -> None:
    prefix = "x:" if "<x:" in rows else ""
    content = f'<{prefix}worksheet xmlns="m" xmlns:x="m">{rows}</{prefix}worksheet>'.encode()
    cells = ["A1", "B3", "C3", "E3", "A4", "A5", "B5", "A6", "D2", "A7", "A8", "A9", "C9"]
    edits = [CellEdit("表", cell, cell) for cell in cells]
    at_once, one_by_one = XmlPart(PART, content), XmlPart(PART, content)
    put_cells_returning_skipped(at_once, edits)
    for edit in sorted(edits, key=lambda one: cell_position(one.cell)):
        put_cells_returning_skipped(one_by_one, [edit])
    assert at_once.content == one_by_one.content
    assert [at_once.content.count(cell.encode()) for cell in cells] == [2] * len(cells)


def test_a_new_cell_looks_like_its_column(book: Path) -> None:
    sheet = openpyxl.load_workbook(edited(book, CellEdit("表", "D4", "新"))).active
    assert sheet is not None
    assert sheet["D4"].font.bold


def test_a_style_takes_the_number_format_of_another(book: Path) -> None:
    with Package(book) as package:
        editor = PackageEditor(package)
        bold, percent = 1, 2
        assert style_with_format_of(editor, percent, percent) == percent
        mixed = style_with_format_of(editor, bold, percent)
        assert style_with_format_of(editor, bold, percent) == mixed, "it is added once"

    target = edited(
        book,
        CellEdit("表", "D4", Decimal("0.25"), style=mixed),
        change=lambda editor: style_with_format_of(editor, bold, percent),
    )
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    assert (sheet["D4"].font.bold, sheet["D4"].number_format) == (True, "0.0%")
