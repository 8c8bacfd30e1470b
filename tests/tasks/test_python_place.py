"""The office's Python in every book that is written, and what a clerk typed in its place."""

from __future__ import annotations

import filecmp
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.common import names
from kenpo_xl.books.common.macros.copies_with_python import copy_with_python
from kenpo_xl.books.common.macros.python_cell import python_settings
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.fix import fix_books
from kenpo_xl.tasks.flag import flag_books, unflag_books
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.return_copies import update_returned_copy
from tests.edited import edited

OFFICE, EVIL = r"\\server\kenpo-xl\pythonw.exe", r"\\evil.example\share\pythonw.exe"
GROUP = "業務グループ"


@pytest.fixture(autouse=True)
def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def office(period: Path) -> Path:
    """The sample's folder; its plan names the office's Python."""
    name_in_plan(period, OFFICE)
    return period


def name_in_plan(period: Path, python: str) -> None:
    with edited(period / "計画.xlsx") as book:
        (row,) = (row for row in book["基本"].iter_rows(max_col=2) if row[0].value == "Pythonの場所")
        row[1].value = python


def type_into(path: Path, text: str) -> Path:
    """What a clerk types into the cell of 操作."""
    with edited(path) as book:
        sheet, cell = next(book.defined_names[names.PYTHON].destinations)
        book[sheet][cell.replace("$", "")].value = text
    return path


def named(path: Path) -> list[str]:
    return [one.text for one in python_settings(Workbook(path))]


def test_every_book_that_build_makes_names_it(office: Path) -> None:
    made = build_books(office).made
    assert len(made) == 5
    assert {path.name: named(path) for path in made} == {path.name: [OFFICE] for path in made}
    assert not [
        one.code for path in made[:4] for one in check_books([path]).books[0].findings if one.code == "ST17"
    ]


def test_none_is_named_where_the_plan_names_none(period: Path) -> None:
    assert [named(path) for path in build_books(period).made] == [[]] * 5


def test_check_tells_of_another_and_fix_puts_the_offices_back(office: Path) -> None:
    book = type_into(office / "提出" / f"{GROUP}.xlsm", EVIL)
    (found,) = (one for one in check_books([book]).books[0].findings if one.code == "ST17")
    assert (found.actual, found.expected) == (EVIL, OFFICE)
    (fixed,) = fix_books([book])
    assert [(one.before, one.after) for one in fixed.repairs if one.code == "ST17"] == [(EVIL, OFFICE)]
    assert named(book) == [OFFICE]


def test_fix_leaves_what_the_plan_says_nothing_of(period: Path) -> None:
    book = type_into(period / "提出" / f"{GROUP}.xlsm", EVIL)
    assert "ST17" not in [one.code for fixed in fix_books([book]) for one in fixed.repairs]
    assert named(book) == [EVIL]


def test_flag_and_unflag_leave_every_cell_of_the_staff(office: Path, tmp_path: Path) -> None:
    book = type_into(office / "提出" / f"{GROUP}.xlsm", EVIL)
    before = shutil.copy(book, tmp_path / "before.xlsm")
    flag_books([book], today=date(2025, 1, 6), person="")
    assert named(book) == [EVIL]
    unflag_books([book], today=date(2025, 1, 6), person="")
    assert filecmp.cmp(book, before, shallow=False)


@pytest.mark.parametrize(("python", "expected"), [(OFFICE, [OFFICE]), ("", [])])
def test_a_returned_copy_names_the_offices(period: Path, python: str, expected: list[str]) -> None:
    name_in_plan(period, python)
    submission = type_into(period / "提出" / f"{GROUP}.xlsm", EVIL)
    content = submission.read_bytes()
    made = update_returned_copy(
        PeriodFolder(period), GROUP, check_books([submission]).books[0], python=python
    )
    assert made.path
    assert named(made.path) == expected
    assert submission.read_bytes() == content
    again = update_returned_copy(
        PeriodFolder(period), GROUP, check_books([submission]).books[0], python=python
    )
    assert not again.changed


def test_a_copy_gets_the_offices_where_the_cell_is_empty(period: Path, tmp_path: Path) -> None:
    copy_with_python(period / "提出" / f"{GROUP}.xlsm", OFFICE, tmp_path / "copy.xlsm")
    assert named(tmp_path / "copy.xlsm") == [OFFICE]


@pytest.mark.parametrize("python", [OFFICE, OFFICE.upper()])
def test_a_book_that_names_the_offices_is_copied_to_the_byte(
    period: Path, tmp_path: Path, python: str
) -> None:
    book = type_into(period / "提出" / f"{GROUP}.xlsm", OFFICE)
    copy_with_python(book, python, tmp_path / "copy.xlsm")
    assert filecmp.cmp(book, tmp_path / "copy.xlsm", shallow=False)


def test_every_cell_that_a_name_leads_to_gets_the_offices(period: Path, tmp_path: Path) -> None:
    book = period / "提出" / f"{GROUP}.xlsm"
    with edited(book) as opened:
        opened["1-2-2"]["Z99"].value = f'="{EVIL}"'
        opened["1-2-2"].defined_names["kx_python"] = openpyxl.workbook.defined_name.DefinedName(
            "kx_python", attr_text="'1-2-2'!$Z$99"
        )
    copy_with_python(book, OFFICE, tmp_path / "copy.xlsm")
    assert named(tmp_path / "copy.xlsm") == [OFFICE, OFFICE]
