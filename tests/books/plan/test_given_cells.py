"""Cells that the plan gives beside typed ones in one table: a column of targets, a row of guides."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from kenpo_xl.domain.plan.figure_span import span_of_cell, whole_year_span
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from tests.books.plan.organisation import GROUP, Organisation, item, one_item_plan, typed

TABLES = """
    KPI      | 講座の参加者数
    表       | 指標     | 数値指標
    計画値   | 一部     |
             |          | 指標     | 目標          | 実績    | 達成率
             |          | 講座     | 1,200 ⟪人⟫    | ⟪人⟫    | =[-1]/[-2] ⟪0.0%⟫
             |          | 相談     | 80 ⟪件⟫       | ⟪件⟫    | =[-1]/[-2] ⟪0.0%⟫

    表       | 月別     | 月ごとの目安
    計画値   | 一部     |
             |          | 区分     | 4月        | 5月        | 6月
             |          | 目安値   | 100 ⟪人⟫   | 200 ⟪人⟫   | 350 ⟪人⟫
             |          | 実績値   | ⟪人⟫       | ⟪人⟫       | ⟪人⟫
"""
PLAN = one_item_plan(
    TABLES,
    kpis=[
        {
            "指標": "講座の参加者数",
            "目標": "=@1-1/指標/講座/目標",
            "実績": "=@1-1/指標/講座/実績",
            "途中の判定": "経過月割",
        }
    ],
)
TYPED = Submission(
    GROUP,
    (
        item(
            "1-1",
            {"1": "A"},
            [("1", "KPI", "講座の参加者数"), ("1", "表", "指標"), ("1", "表", "月別")],
            指標=[typed(0, None, 330, ...), typed(1, None, 18, ...)],
            月別=[typed(0, None, None, None), typed(1, 105, 190, 330)],
        ),
    ),
)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    return Organisation(tmp_path_factory.mktemp("市"), PLAN, [TYPED])


def test_only_the_cells_with_a_number_are_given(city: Organisation) -> None:
    assert city.problems == []
    table = city.plan.tables["1-1", "指標"]
    assert [[cell.kind for cell in row] for row in table.cells] == [
        [CellKind.FIXED, CellKind.TYPED, CellKind.COMPUTED]
    ] * 2


def test_a_given_target_is_not_typed_and_is_printed(city: Organisation) -> None:
    assert city.value("1-1/指標/講座/目標") == 1200
    assert city.judged() == {"講座の参加者数": ("330 人", "1,200 人", "A")}
    assert {1200, 330, 80, 18} <= set(city.formats())


def test_a_rate_over_a_given_cell_is_computed(city: Organisation) -> None:
    assert city.value("1-1/指標/講座/達成率") == Decimal(330) / Decimal(1200)


def test_given_cells_of_months_are_of_these_months(city: Organisation) -> None:
    monthly, yearly = city.plan.tables["1-1", "月別"], city.plan.tables["1-1", "指標"]
    assert span_of_cell(monthly, 0, 1, FiscalYear(2026), 6).last == Month(2026, 5)
    assert span_of_cell(yearly, 0, 0, FiscalYear(2026), 6) == whole_year_span(FiscalYear(2026))
    assert span_of_cell(yearly, 0, 1, FiscalYear(2026), 6).last == Month(2026, 6)


def test_an_input_book_holds_the_given_numbers_and_empty_cells_beside_them(city: Organisation) -> None:
    sheet = openpyxl.load_workbook(city.folder / "入力" / f"{GROUP}.xlsm")["1-1"]
    (target,) = (cell for row in sheet for cell in row if cell.value == 1200)
    assert sheet.cell(target.row, target.column + 1).value is None
