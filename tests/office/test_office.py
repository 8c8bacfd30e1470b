"""The tests' LibreOffice does what its helpers say; other tests lean on that."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.office import Office, edits
from tests.office.pictures import page_pictures, pdf_pages, pdf_text
from tests.office.server import sockets_of
from tests.paths import TEMPLATE

SHEET = "表"
FONT = {"font_name": "BIZ UDゴシック", "font_size": 11}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Counts and names, totals below with wrong cached values, a named range, Japanese in the path."""
    path = tmp_path / "入力 ブック.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        plain = book.add_format(FONT)
        for row, (count, name) in enumerate([(300, "い"), (100, "ろ"), (200, "は")]):
            sheet.write_row(row, 0, [count, name], plain)
        sheet.write_formula("A4", "=SUM(A1:A3)", plain, 999)
        sheet.write_formula("A5", "=A1/B9", plain, 999)
        sheet.write_formula("A6", '=""', plain)
        sheet.write_formula("A7", "=A1=300", plain)
        sheet.write("C1", 0.285, book.add_format({**FONT, "num_format": "0.0%"}))
        book.define_name("kx_total", f"={SHEET}!$A$4")
    return path


def edited(
    office: Office, workbook: Path, edit: Callable[..., None], *arguments: Any, **options: Any
) -> dict:
    with office.edit(workbook) as document:
        edit(document, SHEET, *arguments, **options)
    return office.recalculated(workbook)[SHEET]


def name_in(office: Office, workbook: Path) -> str:
    with office.edit(workbook) as document:
        return document.NamedRanges.getByName("kx_total").Content


def test_recalculated_trusts_no_cached_value(office: Office, workbook: Path) -> None:
    assert office.recalculated(workbook) == {
        SHEET: {
            "A1": 300,
            "B1": "い",
            "C1": 0.285,
            "A2": 100,
            "B2": "ろ",
            "A3": 200,
            "B3": "は",
            "A4": 600,
            "A5": "#DIV/0!",
            "A6": "",
            "A7": 1.0,
        }
    }


def test_shown_gives_the_number_format(office: Office, workbook: Path) -> None:
    shown = office.shown(workbook)[SHEET]
    assert (shown["A1"], shown["C1"], shown["A7"]) == ("300", "28.5%", "TRUE")


def test_an_edit_is_stored_in_place(office: Office, workbook: Path) -> None:
    cells = edited(office, workbook, edits.set_value, "A2", 50)
    assert (cells["A2"], cells["A4"]) == (50, 550)


def test_an_edit_is_stored_elsewhere(office: Office, workbook: Path, tmp_path: Path) -> None:
    before = workbook.read_bytes()
    with office.edit(workbook, tmp_path / "写し.xlsx") as document:
        edits.set_value(document, SHEET, "A2", 50)
    assert office.recalculated(tmp_path / "写し.xlsx")[SHEET]["A4"] == 550
    assert workbook.read_bytes() == before


def test_a_failed_edit_stores_nothing(office: Office, workbook: Path) -> None:
    before = workbook.read_bytes()
    with pytest.raises(LookupError), office.edit(workbook) as document:
        edits.set_value(document, SHEET, "A2", 50)
        raise LookupError
    assert workbook.read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (True, 1.0),
        (1.5, 1.5),
        ("４３件", "４３件"),
        ("100", "100"),
        ("=1+1", 2.0),
        (date(2024, 12, 31), 45657.0),
    ],
)
def test_set_value(office: Office, workbook: Path, typed: Any, found: Any) -> None:
    assert edited(office, workbook, edits.set_value, "D1", typed)["D1"] == found


def test_set_value_none_empties(office: Office, workbook: Path) -> None:
    assert "A1" not in edited(office, workbook, edits.set_value, "A1", None)


def test_inserted_rows_carry_names_along(office: Office, workbook: Path) -> None:
    cells = edited(office, workbook, edits.insert_rows, 2, 2)
    assert (cells["A1"], cells["A4"], cells["A6"]) == (300, 100, 600)
    assert name_in(office, workbook) == f"${SHEET}.$A$6"


def test_delete_rows(office: Office, workbook: Path) -> None:
    cells = edited(office, workbook, edits.delete_rows, 2)
    assert (cells["A2"], cells["A3"]) == (200, 500)


def test_inserted_columns_carry_names_along(office: Office, workbook: Path) -> None:
    cells = edited(office, workbook, edits.insert_columns, "A", 1)
    assert (cells["B4"], cells["C1"]) == (600, "い")
    assert name_in(office, workbook) == f"${SHEET}.$B$4"


def test_delete_columns(office: Office, workbook: Path) -> None:
    assert edited(office, workbook, edits.delete_columns, "B")["B1"] == 0.285


def test_hidden_rows_keep_their_data(office: Office, workbook: Path) -> None:
    assert edited(office, workbook, edits.hide_rows, 2)["A2"] == 100
    with office.edit(workbook) as document:
        rows = document.Sheets.getByName(SHEET).Rows
        assert [rows.getByIndex(index).IsVisible for index in range(3)] == [True, False, True]


@pytest.mark.parametrize(("ascending", "names"), [(True, "ろはい"), (False, "いはろ")])
def test_sort_range(office: Office, workbook: Path, ascending: bool, names: str) -> None:
    cells = edited(office, workbook, edits.sort_range, "A1:B3", "A", ascending=ascending)
    assert cells["B1"] + cells["B2"] + cells["B3"] == names


def test_moved_cells_take_their_references_along(office: Office, workbook: Path) -> None:
    cells = edited(office, workbook, edits.move_range, "A1:A4", "E10")
    assert (cells["E10"], cells["E13"]) == (300, 600)
    assert name_in(office, workbook) == f"${SHEET}.$E$13"


def test_merge(office: Office, workbook: Path) -> None:
    edited(office, workbook, edits.merge, "D1:D3")
    with office.edit(workbook) as document:
        assert document.Sheets.getByName(SHEET).getCellRangeByName("D1").IsMerged


def test_rename_sheet(office: Office, workbook: Path) -> None:
    with office.edit(workbook) as document:
        edits.rename_sheet(document, SHEET, "改めた表")
    assert office.recalculated(workbook)["改めた表"]["A4"] == 600


def test_pdf_holds_the_text_in_the_named_font(office: Office, workbook: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "帳票.pdf"
    office.to_pdf(workbook, pdf)
    assert pdf_pages(pdf) == 1
    assert {"28.5%", "い", "ろ", "は"} <= set(pdf_text(pdf).split())
    assert b"BIZUDGothic" in pdf.read_bytes()


def test_pictures_are_one_a_page(office: Office, workbook: Path, tmp_path: Path) -> None:
    office.to_pdf(workbook, tmp_path / "帳票.pdf")
    pictures = page_pictures(tmp_path / "帳票.pdf", tmp_path / "pages")
    assert [picture.read_bytes()[1:4] for picture in pictures] == [b"PNG"]


def test_nothing_is_left_beside_the_workbook(office: Office, workbook: Path) -> None:
    edited(office, workbook, edits.set_value, "A1", 1)
    assert [path.name for path in workbook.parent.iterdir()] == [workbook.name]


def test_a_test_that_does_not_ask_for_libreoffice_has_none() -> None:
    assert subprocess.run(["soffice", "--version"], capture_output=True, check=False).returncode == 1
    with pytest.raises((RuntimeError, OSError, ImportError)), Office() as own:
        _ = own.to_pdf(TEMPLATE, Path("no.pdf"))


@pytest.mark.usefixtures("office")
def test_the_mark_follows_the_fixture(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("libreoffice")


def test_an_office_that_died_is_replaced(libreoffice: None, workbook: Path) -> None:
    with Office() as own:
        own.recalculated(workbook)
        first = own.process_id
        sockets = sockets_of(first)
        os.kill(first, 9)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
        assert own.recalculated(workbook)[SHEET]["A4"] == 600
        assert own.process_id != first
        sockets += sockets_of(own.process_id)
    assert len(sockets) > 1
    assert not any(socket.exists() for socket in sockets)


def test_an_office_ends_with_its_files(libreoffice: None, workbook: Path) -> None:
    with pytest.raises(LookupError), Office() as own:
        own.recalculated(workbook)
        process, folder = own.process_id, own.folder
        sockets = sockets_of(process)
        assert sockets
        raise LookupError
    assert not Path(f"/proc/{process}").exists()
    assert not folder.exists()
    assert not any(socket.exists() for socket in sockets)
