"""Values come into cells of a plan book; what Excel keeps about a replaced formula goes with it."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from kenpo_xl.books.plan.cell_values import write_cell_values

CHAIN = "xl/calcChain.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A number, a formula, a date and a text, with a chain of formulas as Excel writes one."""
    plain, path = tmp_path / "plain.xlsx", tmp_path / "計画.xlsx"
    with xlsxwriter.Workbook(plain) as made:
        sheet = made.add_worksheet("期")
        sheet.write_row(0, 0, [1, None, None, "字"])
        sheet.write_formula(0, 1, "=A1+1", None, 2)
        sheet.write_datetime(0, 2, date(2025, 1, 17), made.add_format({"num_format": "yyyy/m/d"}))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                override = f'<Override PartName="/{CHAIN}" ContentType="{_TYPE}"/></Types>'
                content = content.replace(b"</Types>", override.encode())
            if name == "xl/_rels/workbook.xml.rels":
                relation = f'<Relationship Id="rId99" Type="{_KIND}" Target="calcChain.xml"/></Relationships>'
                content = content.replace(b"</Relationships>", relation.encode())
            new.writestr(name, content)
        new.writestr(CHAIN, f'<calcChain xmlns="{_MAIN}"><c r="B1" i="1"/></calcChain>')
    return path


def written(book: Path, cell: str, value: Decimal | str | date) -> Path:
    target = book.with_name("新.xlsx")
    write_cell_values(book, target, {("期", cell): value})
    return target


@pytest.mark.parametrize(
    ("cell", "value", "shown"),
    [
        ("A1", Decimal("0.53"), 0.53),
        ("C1", date(2026, 1, 16), date(2026, 1, 16)),
        ("D1", date(2026, 1, 16), "2026/1/16"),
        ("F9", "新しい", "新しい"),
    ],
)
def test_each_kind_of_value(book: Path, cell: str, value: Decimal | str | date, shown: object) -> None:
    found = openpyxl.load_workbook(written(book, cell, value))["期"][cell].value
    assert (found.date() if isinstance(shown, date) else found) == shown


def test_the_chain_of_formulas_goes_with_a_formula_that_is_replaced(book: Path) -> None:
    with zipfile.ZipFile(written(book, "B1", Decimal(5))) as package:
        assert CHAIN not in package.namelist()
        assert b"calcChain" not in package.read("[Content_Types].xml")
        assert b"calcChain" not in package.read("xl/_rels/workbook.xml.rels")
    assert openpyxl.load_workbook(book.with_name("新.xlsx"))["期"]["B1"].value == 5


def test_the_chain_stays_where_no_formula_is_replaced(book: Path) -> None:
    with zipfile.ZipFile(written(book, "A1", Decimal(5))) as package:
        assert CHAIN in package.namelist()
