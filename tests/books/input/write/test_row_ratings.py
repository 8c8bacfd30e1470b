"""Row ratings (評価の列) in the input book: live from target and result, until one is chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.outputs.changes import ChangeKind
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.history import PastPeriod
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from tests.books.plan.organisation import GROUP, Organisation, item, one_item_plan, typed

LAYOUT = """
    表       | 数値     | 数値指標
    計画値   | 一部
    評価の列 | 評価     | 目標     | 実績
             |          | 指標     | 目標       | 実績   | 評価
             |          | 訪問     | 100 ⟪件⟫   | ⟪件⟫   | ⟪@⟫
             |          | 面談     | 200 ⟪件⟫   | ⟪件⟫   | ⟪@⟫
"""
ROWS = [typed(0, None, 85, None), typed(1, None, 150, "A")]
TYPED = Submission(GROUP, (item("1-1", {"1": "A"}, [("1", "表", "数値")], 数値=ROWS),))
LABEL = "令和8年度第2四半期"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    drawing = one_item_plan(LAYOUT, period=[("四半期", 3)])
    return Organisation(tmp_path_factory.mktemp("市"), drawing, [TYPED])


def sheet_and_row(path: Path, name: str) -> tuple[Worksheet, int]:
    sheet = openpyxl.load_workbook(path)["1-1"]
    return sheet, next(cell.row for row in sheet for cell in row if cell.value == name)


def rating_cells(of: Organisation, folder: str) -> list[str]:
    return [
        str(next(cell for cell in sheet[row] if cell.column == 7).value)
        for sheet, row in (sheet_and_row(of.folder / folder / f"{GROUP}.xlsm", n) for n in ("訪問", "面談"))
    ]


def test_a_new_book_rates_each_row_as_its_numbers_are_typed(city: Organisation) -> None:
    for formula in rating_cells(city, "入力"):
        assert formula.startswith("=IF(COUNT(")
        assert formula.count('"A"') == formula.count('"B"') == 1


def test_a_chosen_rating_stands_in_place_of_the_formula(city: Organisation) -> None:
    live, chosen = rating_cells(city, "提出")
    assert (live.startswith("=IF(COUNT("), chosen) == (True, "A")


def test_what_the_row_gives_is_not_what_was_chosen(city: Organisation) -> None:
    rows = city.whole.figures.tables["1-1", "数値"].rows
    judged = [row.figures[-1].row_judgement for row in rows]
    assert [(one.given, one.computed) for one in judged if one] == [("", "B"), ("A", "C")]
    assert [row.figures[-1].printed_value for row in rows] == ["B", "A"]


def test_a_formula_is_read_as_no_rating(city: Organisation) -> None:
    book = read_submission(city.folder / "提出" / f"{GROUP}.xlsm", city.plan)
    assert [row.cells[-1].value for row in book.items[0].tables[0].rows] == [None, "A"]


def rating_facts(of: Organisation) -> dict[str, Fact]:
    return {one.row: one for one in of.whole.facts if one.column == "評価"}


def test_row_ratings_are_facts(city: Organisation) -> None:
    assert {row: one.typed_text for row, one in rating_facts(city).items()} == {"訪問": "B", "面談": "A"}


@pytest.mark.parametrize(("glyph", "changes"), [("C", [("C", "B")]), ("B", [])])
def test_a_row_rating_that_changed_is_listed(
    city: Organisation, glyph: str, changes: list[tuple[str, str]]
) -> None:
    facts = [
        replace(one, typed_text=glyph) if one is rating_facts(city)["訪問"] else one
        for one in city.whole.facts
    ]
    past = PastPeriod(FiscalYear(2026), 2, LABEL, tuple(facts), branch=city.plan.branch)
    found = city.changes_since(past)
    assert found is not None
    listed = [one for one in found.found if one.kind is ChangeKind.RATING and "ブロック" not in one.place]
    assert [(one.before, one.now) for one in listed] == changes
    assert {one.place for one in listed} <= {"1-1/数値・訪問/評価"}
