"""A drawn table that gathers figures of other tables: live in one book, else computed by the program."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.tasks.structured import DRAWING, GATHERING, GENERAL

COUNTS, SHARE = "回数", "割合"


def printed(folder: Path) -> dict[str, str]:
    figures = consolidate(PeriodFolder(folder)).figures
    return {"/".join(one.id[1:3]): one.printed_text() for one in figures if one.id.item == GATHERING}


def test_the_program_gathers_from_all_books(city: Path) -> None:
    assert printed(city) == {
        "回数/講座": "6 回",
        "回数/相談": "55 件",
        "回数/計": "61 件",
        "割合/割合": "9.8％",
    }


def test_the_book_has_live_formulas_for_what_it_holds_alone(city: Path) -> None:
    sheet = Workbook(city / "入力" / f"{GENERAL}.xlsm").sheets[GATHERING]
    formulas = {
        sheet.text(row, 4): cell.formula if (cell := sheet.get(row, 5)) else ""
        for row in range(19, 30)
        if sheet.text(row, 4)
    }
    assert "IFERROR('1-1-1'!E24,\"\")" in formulas["講座"]
    # What needs the other group's book, and what is computed of that, is left to the program.
    assert not formulas["相談"] + formulas["計"] + formulas["割合"]
    notes = [sheet.text(row, 4) for row in range(19, 32) if "ほかのグループの数" in sheet.text(row, 4)]
    assert len(notes) == 2


def test_a_book_as_made_has_nothing_to_correct_there(city: Path) -> None:
    findings = [one for book in check_books([city]).books for one in book.findings]
    assert {one.code for one in findings if one.sheet == GATHERING} == {"VA41"}


@pytest.mark.period
def test_what_is_typed_over_it_is_compared_with_the_other_tables(city: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(city, tmp_path / "みどり市" / city.name))
    with edited(folder / "提出" / f"{GENERAL}.xlsm") as book:
        sheet = book[GATHERING]
        (cell,) = (sheet.cell(row, 5) for row in range(19, 26) if sheet.cell(row, 4).value == "計")
        cell.value = 60
    (finding,) = [
        one
        for book in check_books([folder]).books
        for one in book.findings
        if one.sheet == GATHERING and one.code.startswith("CA")
    ]
    assert (finding.cell, finding.actual, finding.expected) == (cell.coordinate, "60 件", "61 件")


LAYOUT = """
    文 |
    表 | 一覧 | 一覧
             | | 名 | 数
    くり返し | | ⟪@⟫ | ⟪件⟫
             | 計 | 計 | =SUM([0,-1]) ⟪件⟫
    表 | 集計 | 集計
       | | 区分 | {{年度}}
       | | 数 | {formula} ⟪件⟫
       | | 倍 | =[0,-1]*2 ⟪件⟫
"""


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("='1-1-1'!A1", "表の外のセル 1-1-1!A1"),
        ("='ない'!E5", "表の外のセル ない!E5"),
        ("=D4+1", "値が 1 つに決まりません"),
        ("=C4", "文字の欄"),
        ("=SUM(D4)", ""),
        ("=@1-1-3/相談/相談件数/当年", ""),
    ],
)
def test_a_cell_that_cannot_be_gathered_is_named_where_the_formula_is(
    tmp_path: Path, formula: str, words: str
) -> None:
    path = tmp_path / "計画.xlsx"
    layouts = {**DRAWING.layouts, "1-1-2": LAYOUT.format(formula=formula)}
    write_drawn_book(path, replace(DRAWING, layouts=layouts))
    errors = [one for one in plan_and_problems(path)[1] if one.is_error]
    assert [one.sheet for one in errors] == ["1-1-2"] * bool(words)
    assert all(words in one.message for one in errors)


def test_two_tables_that_need_each_other_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "計画.xlsx"
    course = DRAWING.layouts["1-1-1"].replace("⟪回⟫", "=@1-1-4/回数/計/当年 ⟪回⟫")
    write_drawn_book(path, replace(DRAWING, layouts={**DRAWING.layouts, "1-1-1": course}))
    errors = [one for one in plan_and_problems(path)[1] if one.is_error]
    assert [(one.sheet, one.cell) for one in errors] == [("1-1-1", "D6"), ("1-1-4", "D4")]
    assert all("ほかの表を通って" in one.message for one in errors)


@pytest.mark.parametrize(("sheet", "cell"), [("1-1-4", "D6"), ("1-1-1", "D6")])
def test_text_in_a_cell_is_reported_there_alone(tmp_path: Path, sheet: str, cell: str) -> None:
    """Not where KPIs and other tables read the cell; also in the only cell of a table."""
    path = tmp_path / "計画.xlsx"
    write_drawn_book(path, DRAWING)
    with edited(path) as book:
        book[sheet][cell].value = "未定"
    errors = [one for one in plan_and_problems(path)[1] if one.is_error]
    assert [(one.sheet, one.cell) for one in errors] == [(sheet, cell)]
