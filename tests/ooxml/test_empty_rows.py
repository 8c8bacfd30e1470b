"""Sheets that were formatted to the last row: what they hold is read, and the empty rows cost nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kenpo_xl.annotations.annotate import Mark, write_marked_copy
from kenpo_xl.domain.cell_reference import LAST_ROW
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml import package as packages
from kenpo_xl.ooxml.empty_rows import chunks_without_empty_rows
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts
from tests.paths import SUBMITTED
from tests.soak import soak

BOOK = SUBMITTED / "業務グループ.xlsm"
PART, SHEET, FIRST = "xl/worksheets/sheet3.xml", "1-2-2", 61
CELL = b'<row r="%d"><c r="A%d"><v>7</v></c></row>'


def with_rows(folder: Path, rows: bytes) -> Path:
    """A copy of the book with more rows at the end of a sheet."""
    with Package(BOOK) as package:
        content = package.read(PART).replace(b"</sheetData>", rows + b"</sheetData>")
    replace_parts(BOOK, folder / BOOK.name, {PART: content})
    return folder / BOOK.name


def numbered(form: str) -> Callable[[int], bytes]:
    return lambda count: "".join(form % row for row in range(FIRST, FIRST + count)).encode()


FORMS: dict[str, Callable[[int], bytes]] = {
    "numbered": numbered('<row r="%d"/>'),
    "formatted": numbered('<row r="%d" spans="1:8" s="5" customFormat="1" ht="18.75" customHeight="1"/>\n'),
    "attributes in another order": numbered('<row customHeight="1" ht="18" r="%d"></row>'),
    "hidden": numbered('<row r="%d" hidden="1" />'),
    "without a number": lambda count: b"<row/>" * count,
}


@soak
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("count", [300_000, LAST_ROW - FIRST])
def test_rows_to_the_bottom_are_read_past(tmp_path: Path, form: str, count: int) -> None:
    last = FIRST + count
    book = Workbook(with_rows(tmp_path, FORMS[form](count) + CELL % (last, last)))
    cells, before = book.sheets[SHEET].cells, Workbook(BOOK).sheets[SHEET].cells
    assert cells.keys() - before.keys() == {(last, 1)}
    assert {place: cells[place] for place in before} == before


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_rows_that_fall_on_the_border_of_two_pieces(size: int) -> None:
    rows = b'<a><row r="1"><c/></row><row r="2"/><row r="3" ht="1"></row> <row r="4"/><x:row r="5"/></a>'
    pieces = [rows[at : at + size] for at in range(0, len(rows), size)]
    kept = b"".join(piece for piece, _ in chunks_without_empty_rows(pieces))
    assert kept.startswith(b'<a><row r="1"><c/></row>')
    assert kept.endswith(b'<x:row r="5"/></a>')
    assert len(kept) == len(rows) - sum(skipped for _, skipped in chunks_without_empty_rows(pieces))


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1"/><row r="2"><c r="A2"/></row>',
        b'<rows r="1"/><rows r="2"/>',
        '<row r="1"/><row r="2"/>'.encode("utf-16"),
    ],
)
def test_what_is_no_run_of_empty_rows_stays(rows: bytes) -> None:
    assert b"".join(piece for piece, _ in chunks_without_empty_rows([rows])) == rows


def test_the_whole_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_rows(tmp_path, FORMS["formatted"](3_000))
    monkeypatch.setattr(packages, "MAX_BYTES", 150_000)
    assert Workbook(path).sheets[SHEET].cells
    monkeypatch.setattr(packages, "MAX_BYTES_WITH_EMPTY_ROWS", 150_000)
    with pytest.raises(KenpoError, match=f"シート「{SHEET}」"):
        assert Workbook(path).sheets[SHEET].cells


def test_a_sheet_is_called_by_its_own_name(tmp_path: Path) -> None:
    replace_parts(BOOK, tmp_path / "一.xlsm", {PART: b"<worksheet><sheetData><row"})
    with pytest.raises(KenpoError, match=f"シート「{SHEET}」が壊れて") as raised:
        assert Workbook(tmp_path / "一.xlsm").sheets[SHEET].cells
    assert "xl/" not in str(raised.value)


def test_so_it_is_where_the_book_cannot_be_marked(tmp_path: Path) -> None:
    replace_parts(BOOK, tmp_path / "一.xlsm", {PART: b"<worksheet><sheetData><row"})
    with pytest.raises(KenpoError, match=f"シート「{SHEET}」") as raised:
        write_marked_copy(
            tmp_path / "一.xlsm", [Mark(SHEET, "A1", "文", Severity.ERROR)], tmp_path / "二.xlsm"
        )
    assert "xl/" not in str(raised.value)
