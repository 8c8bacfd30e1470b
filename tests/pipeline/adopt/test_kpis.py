"""What a form has a target and a result for is offered as a KPI, with a question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.domain.formulas.tree import Node, Ref
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.tasks.adopt.adopt import adopt_form
from tests.forms import business, services
from tests.forms.office_form import OfficeForm
from tests.tasks.adopt.test_adopt import answer_cell, change

QUESTION = "目標と実績のあるものを、指標（KPI）にしますか。"


def form_with(rows: list[list[object]], headers: list[list[str]]) -> OfficeForm:
    form = OfficeForm("指標")
    form.add_sheet("指標")
    form.put(1, 1, "令和６年度　数値目標の状況", "title", bold=True)
    form.table(3, 1, headers, rows, formats=("",) + ("#,##0.0",) * 6)
    return form


def kpis(path: Path, form: OfficeForm) -> list[tuple[str, str, str]]:
    """Name, target and result of each KPI that comes of a form."""
    result = adopt_form(form.save(path), today=date(2024, 12, 1))
    plan, problems = plan_and_problems(result.path)
    assert plan
    assert [one for one in problems if one.is_error] == []
    return [(kpi.name, words(kpi.target_formula), words(kpi.result)) for kpi in plan.kpis]


def words(tree: Node | None) -> str:
    assert isinstance(tree, Ref)
    assert isinstance(tree.key, FigureId)
    return f"{tree.key.row}／{tree.key.column}"


HEADERS = [["指標", "令和６年度", "<", "<", "令和５年度"], ["^", "目標", "実績", "達成率", "実績"]]
ROWS = [["受診率", 55.0, 51.2, None, 50.1], ["死亡率", 3.0, 2.0, None, 2.5], ["計", 58.0, 53.2, None, 52.6]]


def test_rows_with_a_target_and_a_result_of_this_year(tmp_path: Path) -> None:
    assert kpis(tmp_path, form_with(ROWS, HEADERS)) == [
        ("受診率", "受診率／当年＞目標", "受診率／当年＞実績"),
        ("死亡率", "死亡率／当年＞目標", "死亡率／当年＞実績"),
    ]


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ([["指標", "令和６年度目標", "令和６年度実績", "備考欄", "令和５年度実績"]], 2),
        ([["指標", "令和６年度の計画値", "令和６年度の実績値", "差", "前年度実績"]], 2),
        ([["指標", "目標", "件数", "差", "人数"]], 0),
        ([["指標", "当初目標", "変更後目標", "実績", "前年度実績"]], 0),
        ([["指標", "目標", "実績", "実績（再掲）", "前年度実績"]], 0),
        ([["指標", "令和５年度目標", "実績", "差", "比"]], 0),
    ],
)
def test_only_one_target_and_one_result_make_an_indicator(
    tmp_path: Path, headers: list[list[str]], found: int
) -> None:
    assert len(kpis(tmp_path, form_with(ROWS, headers))) == found


def test_targets_above_results_and_years_across(tmp_path: Path) -> None:
    result = adopt_form(business.city().save(tmp_path), today=date(2024, 12, 1))
    plan, problems = plan_and_problems(result.path)
    assert plan
    assert not [one for one in problems if one.sheet == "KPI"]
    assert len(plan.kpis) == 6
    less = [kpi.name for kpi in plan.kpis if kpi.direction is Direction.AT_MOST]
    assert less == ["保育所待機児童数", "保育所待機児童数（高齢者福祉の充実）"]
    assert all(any(item.block_of_kpi(kpi.name) for item in plan.items) for kpi in plan.kpis)


def test_a_plan_of_another_year_is_told_which_cell_to_click(tmp_path: Path) -> None:
    result = adopt_form(business.city().save(tmp_path), today=date(2026, 11, 30))
    _, problems = plan_and_problems(result.path)
    assert "今年度の欄をクリックし直してください" in next(
        one.message for one in problems if one.sheet == "KPI"
    )


def test_budgets_are_no_indicators_unless_the_answer_says_so(tmp_path: Path) -> None:
    form = services.budget().save(tmp_path)
    result = adopt_form(form, today=date(2024, 12, 1))
    (asked,) = [one for one in result.questions if one.text == QUESTION]
    assert asked.guess == "しない"
    assert result.form.kpis == ()
    change(result.path, {answer_cell(result.path, QUESTION): "指標にする"})
    plan, _ = plan_and_problems(adopt_form(form, today=date(2024, 12, 1)).path)
    assert plan
    assert [kpi.name for kpi in plan.kpis][:2] == ["国民健康保険税", "県支出金"]
