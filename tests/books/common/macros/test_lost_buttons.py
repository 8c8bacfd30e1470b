"""Buttons of a book that LibreOffice saved: hidden by how it saves them, and put back."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.common.macros.copies_with_python import copy_with_python
from kenpo_xl.books.common.macros.restored_buttons import restore_buttons
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.tasks.carry.rescue import carry_book
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.fix import fix_books
from tests.checks.planted import repacked
from tests.office import Office, edits
from tests.office.live import BUTTON
from tests.paths import SAMPLE
from tests.sample import sample_plan

BOOK = SAMPLE / "提出" / "業務グループ.xlsm"
_CONTROL = "com.sun.star.drawing.ControlShape"
DRAWING = "xl/drawings/vmlDrawing1.vml"
PLAN = SAMPLE / "計画.xlsx"


def as_libreoffice_saves(drawing: str) -> str:
    """Its form of a drawing with buttons: one id for all, captions without a font, macros without a book."""
    drawing = re.sub(r'id="_x0000_s\d+"', 'id="shape_0"', drawing).replace("[0]!", "")
    return re.sub(r"<div[^>]*><font[^>]*><b>(.*?)</b></font></div>", r"<div>\1</div>", drawing)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    def without_code_name(part: str) -> str:
        return part.replace(' codeName="ThisWorkbook"', "")

    return repacked(
        tmp_path, {DRAWING: as_libreoffice_saves, "xl/workbook.xml": without_code_name}, source=BOOK
    )


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def shown(path: Path) -> list[tuple[str, str]]:
    """Caption and macro of each button on the first sheet that programs show."""
    shapes = re.findall(r'<v:shape id="_x0000_s\d+".*?</v:shape>', part(path, DRAWING), re.DOTALL)
    return [
        (re.search(r"<b>(.*?)</b>", shape)[1], re.search(r"FmlaMacro>(.*?)<", shape)[1]) for shape in shapes
    ]


def codes(path: Path) -> list[str]:
    (book,) = check_books([path], plan=PLAN).books
    return [one.code for one in book.findings if one.code == "ST34"]


def test_a_book_as_made_has_lost_none(tmp_path: Path) -> None:
    path = tmp_path / BOOK.name
    path.write_bytes(BOOK.read_bytes())
    assert not restore_buttons(path)
    assert path.read_bytes() == BOOK.read_bytes()


def test_lost_buttons_are_reported_and_put_back(saved: Path) -> None:
    assert (shown(saved), codes(saved)) == ([], ["ST34"])
    (fixed,) = fix_books([saved], plan=PLAN)
    assert (fixed.buttons, fixed.written, fixed.failure) == (True, True, "")
    assert (shown(saved), codes(saved)) == (shown(BOOK), [])
    assert 'codeName="ThisWorkbook"' in part(saved, "xl/workbook.xml")
    assert not fix_books([saved], plan=PLAN)[0].buttons


def test_a_fresh_book_of_what_it_holds_has_them(saved: Path, tmp_path: Path) -> None:
    period = tmp_path / "期"
    period.mkdir()
    shutil.copy(PLAN, period)
    working = shutil.copy(saved, period / "業務グループ.xlsm")
    (fresh,) = (one.path for one in carry_book(working, period).books)
    assert (shown(fresh), codes(fresh)) == (shown(BOOK), [])
    before, after = (read_submission(path, sample_plan()) for path in (working, fresh))
    assert [[line.text for line in one.lines] for one in after.items] == [
        [line.text for line in one.lines] for one in before.items
    ]


def test_what_others_press_has_them(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "submitted.xlsm"
    copy_with_python(saved, "", target)
    assert shown(target) == shown(BOOK)
    assert codes(saved) == ["ST34"]


def test_another_shape_gets_an_id_and_stays(tmp_path: Path) -> None:
    other = '<v:shape id="shape_0" type="#x"><x:ClientData ObjectType="Note"/></v:shape></xml>'
    path = repacked(tmp_path, {DRAWING: lambda text: as_libreoffice_saves(text).replace("</xml>", other)})
    assert restore_buttons(path)
    drawing = part(path, DRAWING)
    assert drawing.count('ObjectType="Note"') == 1
    ids = re.findall(r'<v:shape id="(\w+)"', drawing)
    assert len({*ids}) == len(ids) == len(shown(BOOK)) + 1
    assert "shape_0" not in ids


def test_books_that_libreoffice_saved(office: Office, tmp_path: Path) -> None:
    saved, again = tmp_path / "saved.xlsm", tmp_path / "again.xlsx"

    def number_of_buttons(document: Any) -> int:
        pages = (sheet.DrawPage for sheet in document.Sheets)
        shapes = (page.getByIndex(index) for page in pages for index in range(page.Count))
        return sum(
            one.ShapeType == _CONTROL and one.Control.supportsService(BUTTON) and bool(one.Control.Label)
            for one in shapes
        )

    with office.edit(BOOK, saved) as document:
        count = number_of_buttons(document)
        edits.set_value(document, "1-2-2", "E26", 43090.0)
    assert count > 5
    with office.edit(saved, again) as document:
        lost = number_of_buttons(document)
    assert lost == 0
    assert restore_buttons(saved)
    with office.edit(saved, again) as document:
        assert number_of_buttons(document) == count
