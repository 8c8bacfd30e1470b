"""What a book names as the Python of its buttons, beside what the plan names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from kenpo_xl.domain.findings.finding import Finding, Severity
from tests.checks.planted import BOOK, cell_of_name, checked, places, planted, repacked
from tests.sample import sample_plan

OFFICE, EVIL = r"C:\kenpo-xl\pythonw.exe", r"\\evil.example\share\pythonw.exe"
PLACE = f"操作!{cell_of_name('kx_python')}"


def found(path: Path, office: str = OFFICE) -> list[Finding]:
    plan = replace(sample_plan(), python=office)
    return [*checked(path, "ST17", plan), *checked(path, "ST24", plan)]


def typed(folder: Path, text: object) -> Path:
    def edit(book: Any) -> None:
        place_of(book).value = text

    return planted(folder, edit)


def place_of(book: Any) -> Any:
    sheet, cell = next(book.defined_names["kx_python"].destinations)
    return book[sheet][cell.replace("$", "")]


@pytest.mark.parametrize("office", [OFFICE, ""])
def test_an_empty_cell(office: str) -> None:
    assert found(BOOK, office) == []


@pytest.mark.parametrize("text", [OFFICE, OFFICE.upper(), f'"{OFFICE}" ', "c:/kenpo-xl/pythonw.exe"])
def test_the_offices(tmp_path: Path, text: str) -> None:
    assert found(typed(tmp_path, text)) == []


@pytest.mark.parametrize(
    "text",
    [
        EVIL,
        "//evil.example/share/pythonw.exe",
        "https://evil.example/pythonw.exe",
        r"%TEMP%\pythonw.exe",
        "pythonw.exe",
        f"{OFFICE}\n{EVIL}",
        f'{OFFICE}" -c "import os',
        f"{OFFICE} -c calc",
        "＝Ｃ:\\kenpo-xl\\pythonw.exe",
        7,
    ],
)
def test_another(tmp_path: Path, text: object) -> None:
    (finding,) = found(typed(tmp_path, text))
    assert places([finding]) == [("ST17", PLACE)]
    assert finding.severity is Severity.WARNING
    assert OFFICE in finding.message
    assert OFFICE in finding.hint
    assert "\n" not in finding.message


def test_a_formula_may_give_anything(tmp_path: Path) -> None:
    """What it gave when the book was saved is not what it gives when it is opened."""
    (finding,) = found(typed(tmp_path, f'="{OFFICE}"'))
    assert finding.code == "ST17"


@pytest.mark.parametrize("struck", [EVIL, OFFICE])
def test_letters_that_are_struck_through_are_started_all_the_same(tmp_path: Path, struck: str) -> None:
    def edit(book: Any) -> None:
        place_of(book).value = EVIL
        place_of(book).font = Font(strike=True)

    assert [one.code for one in found(planted(tmp_path, edit))] == ["ST17"]

    def edit_run(book: Any) -> None:
        place_of(book).value = CellRichText(TextBlock(InlineFont(strike=True), struck), " -c calc")

    assert [one.code for one in found(planted(tmp_path, edit_run))] == ["ST17"]


def test_while_the_plan_names_none(tmp_path: Path) -> None:
    (finding,) = found(typed(tmp_path, EVIL), "")
    assert places([finding]) == [("ST24", PLACE)]
    assert (finding.severity, finding.actual) == (Severity.INFO, EVIL)


def test_a_second_name_of_one_sheet(tmp_path: Path) -> None:
    """Excel may read that of the sheet before that of the book."""

    def edit(book: Any) -> None:
        place_of(book).value = OFFICE
        sheet = book["1-2-2"]
        sheet["Z99"].value = EVIL
        sheet.defined_names["kx_python"] = DefinedName("kx_python", attr_text="'1-2-2'!$Z$99")

    assert places(found(planted(tmp_path, edit))) == [("ST17", "1-2-2!Z99")]


def test_a_name_that_is_led_elsewhere(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        place_of(book).value = OFFICE
        book["確認記録"]["H50"].value = EVIL
        book.defined_names["kx_python"].attr_text = "確認記録!$H$50"

    assert places(found(planted(tmp_path, edit))) == [("ST17", "確認記録!H50")]


def test_a_name_that_is_computed(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book.defined_names["kx_python"].attr_text = "INDIRECT(確認記録!$H$50)"

    (finding,) = found(planted(tmp_path, edit))
    assert (finding.code, finding.sheet, finding.cell) == ("ST17", "", "")


def test_a_name_whose_cell_is_gone(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book.defined_names["kx_python"].attr_text = "操作!#REF!"

    assert found(planted(tmp_path, edit)) == []


def test_a_name_in_capitals(tmp_path: Path) -> None:
    path = repacked(inner(tmp_path), {"xl/workbook.xml": shout}, source=typed(tmp_path, EVIL))
    assert places(found(path)) == [("ST17", PLACE)]


def inner(folder: Path) -> Path:
    made = folder / "inner"
    made.mkdir()
    return made


def shout(text: str) -> str:
    return text.replace('"kx_python"', '"KX_Python"')


def test_a_book_of_another_plan_is_to_be_replaced_anyway(tmp_path: Path) -> None:
    plan = replace(sample_plan(), python=OFFICE, branch="川口支部")
    assert {one.code for one in checked(typed(tmp_path, EVIL), "ST", plan)} == {"ST01"}
