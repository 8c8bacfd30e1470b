"""A sheet that was read before is the same as one that is read, and counts as much."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml import cell_reader
from kenpo_xl.ooxml.cell_reader import CellReader, SheetContents
from kenpo_xl.ooxml.workbook import Sheet, Workbook
from tests.paths import PLAN_BOOK, SUBMITTED
from tests.sheets_read_once import _counted, read_sheet, readers_read_sheet

BOOKS = [PLAN_BOOK, *sorted(SUBMITTED.glob("*.xlsm"))]
BESIDE = "土"
PART = "xl/worksheets/sheet1.xml"


def contents_of(path: Path) -> list[tuple[object, ...]]:
    """All sheets of a book, and what is left of the limits after each."""
    book = Workbook(path)
    return [(sheet._contents_of_extent, _counted(book._cells)) for sheet in book.sheets.values()]


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_what_is_remembered_is_what_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = contents_of(path), contents_of(path)
    monkeypatch.setattr(CellReader, "read_sheet", readers_read_sheet)
    assert first == second == contents_of(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_book(tmp_path / "表.xlsx", "火")


def write_book(path: Path, text: str, number_format: str = "0") -> Path:
    """A book with a text, a number and a merged rectangle."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row("A1", [text, BESIDE])
        sheet.write_number("A2", 45_000, book.add_format({"num_format": number_format}))
        sheet.merge_range("B3:C4", "")
        sheet.set_row(5, None, None, {"hidden": True})
    return path


def sheet_of(path: Path) -> Sheet:
    return Workbook(path).sheets["表"]


def texts_of(path: Path) -> list[object]:
    sheet = sheet_of(path)
    return [sheet.value(1, 1), sheet.value(1, 2)]


class TestADifference:
    """Whatever decides on the contents of a sheet is read again where it is different."""

    def test_in_the_texts_of_the_book(self, path: Path) -> None:
        assert texts_of(path) == ["火", BESIDE]
        assert texts_of(write_book(path, "水")) == ["水", BESIDE]

    def test_in_the_formats_of_the_book(self, path: Path) -> None:
        assert sheet_of(path).value(2, 1) == 45_000
        assert str(sheet_of(write_book(path, "火", "yyyy/m/d")).value(2, 1)) == "2023-03-15"

    def test_in_the_rows_that_are_needed(self, path: Path) -> None:
        contents: list[SheetContents] = []
        for needed in (0, 1):
            book = Workbook(path)
            book._cells.below.left = 0
            contents.append(read_sheet(book._cells, PART, needed))
        assert [one.unread for one in contents] == [0, 2]

    def test_in_the_limits(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert sheet_of(path).cells
        monkeypatch.setattr(cell_reader, "MAX_CELLS", 2)
        with pytest.raises(KenpoError, match="セルが多すぎる"):
            assert sheet_of(path).cells

    def test_in_what_is_left_of_them(self, path: Path) -> None:
        assert sheet_of(path).cells
        book = Workbook(path)
        book._cells.cells.left = 2
        with pytest.raises(KenpoError, match="セルが多すぎる"):
            assert book.sheets["表"].cells

    def test_in_a_single_byte_though_the_directory_says_the_same(self, path: Path) -> None:
        assert sheet_of(path).cells
        content = bytearray(path.read_bytes())
        with zipfile.ZipFile(path) as book:
            found = book.getinfo(PART)
        content[found.header_offset + 30 + len(PART) + found.compress_size // 2] ^= 255
        path.write_bytes(content)
        with pytest.raises(KenpoError, match="壊れていて読めません"):
            assert sheet_of(path).cells


def test_the_contents_belong_to_the_caller(path: Path) -> None:
    sheet = sheet_of(path)
    before = dict(sheet.cells), list(sheet.merges)
    sheet.cells.clear()
    sheet.merges.clear()
    sheet.hidden_rows_and_columns[0].clear()
    again = sheet_of(path)
    assert (again.cells, again.merges) == before
    assert again.hidden_rows_and_columns[0] == {6}
