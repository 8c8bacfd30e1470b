"""Targets of every form, from the plan book to the report."""

from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl import load_workbook

from kenpo_xl.books.plan.yearly_cells import read_yearly_cells
from kenpo_xl.ooxml.workbook import Workbook
from tests.books.plan.forms_of_targets import BRANCH, GROUP, TYPED
from tests.books.plan.organisation import Organisation
from tests.tasks.books import texts


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    return Organisation(tmp_path_factory.mktemp("支部"), BRANCH, [TYPED])


def test_its_plan_is_understood_without_a_remark(branch: Organisation) -> None:
    assert branch.problems == []


def test_ranges_are_judged(branch: Organisation) -> None:
    judged = branch.judged()
    assert judged["利用率"] == ("43.1％", "45.0％～50.0％", "B")
    # 320 of the 300 to 360 that nine months ask for
    assert judged["相談件数"] == ("320 件", "400 件～480 件", "A")


def test_a_range_is_printed(branch: Organisation) -> None:
    assert "令和8年度目標：相談件数 400 件～480 件、実績 320 件" in texts(branch.report)


def test_a_range_is_confirmed_at_the_turn_of_the_year(branch: Organisation) -> None:
    book = Workbook(branch.folder / "計画.xlsx")
    found = {cell.key: cell.value for cell in read_yearly_cells(book, branch.plan)}
    assert found["利用率", "目標"] == "45％～50％"


def test_a_range_has_a_fact_for_each_end(branch: Organisation) -> None:
    facts = {fact.identity: fact for fact in branch.whole.facts}
    ends = [facts[f"指標/利用率/{name}"] for name in ("目標", "目標の上限")]
    assert [one.value for one in ends] == [Decimal("0.45"), Decimal("0.5")]
    assert {one.source.cell for one in ends if one.source} == {"B2"}


def test_an_input_book_shows_and_judges_a_range(branch: Organisation) -> None:
    sheet = load_workbook(branch.folder / "入力" / f"{GROUP}.xlsm")["1-1"]
    rows = {row[3].value: row for row in sheet.iter_rows(min_row=20) if row[3].value == "利用率"}
    _, target, _, _, rating = rows["利用率"][3:8]
    assert (target.value, target.number_format) == (0.45, '0.0%"～50.0%"')
    assert "ROUND(0.5*1,12)" in rating.value
