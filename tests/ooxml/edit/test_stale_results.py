"""Which formulas read changed cells, and what of them is dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from kenpo_xl.ooxml.edit.stale_results import drop_results, formulas_that_read
from kenpo_xl.ooxml.edit.xml_part import XmlPart
from kenpo_xl.ooxml.workbook import Workbook


@pytest.mark.parametrize(
    ("formula", "reads"),
    [
        ("=B2*2", True),
        ("=B3*2", False),
        ("=SUM(A1:C9)", True),
        ("=SUM(A3:C9)", False),
        ("=C1+1", True),
        ("=別!A1", True),
        ("=別!A2", False),
        ("=SUM(B:B)", True),
        ("=SUM(2:2)", True),
        ("=名前", True),
        ('=IF(A1="B2",TRUE,0)', False),
        ('=INDIRECT("B"&2)', True),
        ("=ROW()", False),
    ],
)
def test_what_reads_a_changed_cell(tmp_path: Path, formula: str, reads: bool) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, other = book.add_worksheet("表"), book.add_worksheet("別")
        sheet.write("B2", 1)
        sheet.write_formula("C1", "=B2")
        other.write_formula("A1", "=表!C1")
        sheet.write_formula("H1", formula)
    found = formulas_that_read(Workbook(path), {"表": {(2, 2)}})
    assert found == {"表": {(1, 3)} | ({(1, 8)} if reads else set()), "別": {(1, 1)}}


@pytest.mark.parametrize("step", [1, -1])
def test_a_long_chain_is_followed_in_either_direction(tmp_path: Path, step: int) -> None:
    path = tmp_path / "book.xlsx"
    rows = range(2, 3_000) if step == 1 else range(2_999, 1, -1)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        for row in range(2, 3_000):
            sheet.write_formula(row - 1, 1, f"=B{row - step}+A{row}")
    found = formulas_that_read(Workbook(path), {"表": {(rows[0] - step, 2)}})
    assert found == {"表": {(row, 2) for row in rows}}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<c r="A1" s="1"><f>B1</f><v>5</v></c>', '<c r="A1" s="1"><f>B1</f></c>'),
        ('<c r="A1" t="str"><f>B1</f><v>x</v></c>', '<c r="A1"><f>B1</f></c>'),
        ("<c r='A1' t='e'><f ca=\"1\">B1</f><v>#N/A</v></c>", "<c r='A1'><f ca=\"1\">B1</f></c>"),
        ('<c r="A1"><f>B1</f></c>', '<c r="A1"><f>B1</f></c>'),
        ('<c r="B1"><f>C1</f><v>5</v></c>', '<c r="B1"><f>C1</f><v>5</v></c>'),
    ],
)
def test_the_result_goes_and_the_formula_stays(before: str, after: str) -> None:
    sheet = '<worksheet><sheetData><row r="1">{}</row></sheetData></worksheet>'
    draft = XmlPart("sheet.xml", sheet.format(before).encode())
    drop_results(draft, {(1, 1)})
    assert draft.content.decode() == sheet.format(after)
