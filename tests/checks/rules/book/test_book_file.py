"""Books as files: named otherwise than their content, or without their macros."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.findings.finding import Finding, Severity
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.zip_splice import replace_parts
from kenpo_xl.tasks.board import write_board_and_copies
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.period.folder import PeriodFolder
from tests.paths import SAMPLE

BOOK = SAMPLE / "提出" / "レセプトグループ.xlsm"
SHEET = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
TYPES, RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"


def found(path: Path) -> list[Finding]:
    (book,) = check_books([path], plan=SAMPLE / "計画.xlsx").books
    assert not book.failure
    return [one for one in book.findings if one.code == "ST20"]


def without_macros(path: Path) -> Path:
    """The book as Excel saves it without macros."""
    with Package(BOOK) as package:
        types, relations = package.read(TYPES), package.read(RELATIONS)
    start = relations.index(b"<Relationship ", relations.index(b"vbaProject") - 200)
    while b"vbaProject" not in relations[start : relations.index(b"/>", start)]:
        start = relations.index(b"<Relationship ", start + 1)
    end = relations.index(b"/>", start) + 2
    parts = {TYPES: types.replace(MACROS, SHEET), RELATIONS: relations[:start] + relations[end:]}
    replace_parts(BOOK, path, parts, {"xl/vbaProject.bin"})
    return path


@pytest.mark.parametrize("name", ["一.xlsx", "一.xls", "一.zip", "一", "一.XLSX"])
def test_a_name_that_excel_refuses(tmp_path: Path, name: str) -> None:
    shutil.copy(BOOK, tmp_path / name)
    (finding,) = found(tmp_path / name)
    assert (finding.severity, finding.sheet, finding.expected) == (Severity.WARNING, "", ".xlsm")
    assert "「.xlsm」に変えて" in finding.hint


@pytest.mark.parametrize("name", ["一.xlsm", "一.XLSM"])
def test_the_name_that_it_was_given(tmp_path: Path, name: str) -> None:
    shutil.copy(BOOK, tmp_path / name)
    assert found(tmp_path / name) == []


def test_a_book_saved_without_macros(tmp_path: Path) -> None:
    (finding,) = found(without_macros(tmp_path / "一.xlsx"))
    assert "ボタンが動きません" in finding.message


def test_such_a_book_under_the_name_of_one_with_macros(tmp_path: Path) -> None:
    named, buttons = found(without_macros(tmp_path / "一.xlsm"))
    assert {named.expected, buttons.expected} == {".xlsx", ""}


@pytest.mark.parametrize("name", ["レセプトグループ.xlsx", "レセプトグループ.zip", "レセプトグループ"])
def test_the_returned_copy_is_one_that_excel_opens(tmp_path: Path, name: str) -> None:
    shutil.copy(SAMPLE / "計画.xlsx", tmp_path)
    (tmp_path / "提出").mkdir()
    shutil.copy(BOOK, tmp_path / "提出" / name)
    write_board_and_copies(
        PeriodFolder(tmp_path),
        read_plan(tmp_path / "計画.xlsx"),
        check_books([tmp_path]),
        today=date(2025, 1, 20),
    )
    assert [path.name for path in (tmp_path / "返却").iterdir()] == ["レセプトグループ.xlsm"]


def test_the_returned_copy_of_a_book_without_macros(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "計画.xlsx", tmp_path)
    (tmp_path / "提出").mkdir()
    without_macros(tmp_path / "提出" / "レセプトグループ.xlsm")
    write_board_and_copies(
        PeriodFolder(tmp_path),
        read_plan(tmp_path / "計画.xlsx"),
        check_books([tmp_path]),
        today=date(2025, 1, 20),
    )
    assert [path.name for path in (tmp_path / "返却").iterdir()] == ["レセプトグループ.xlsx"]
