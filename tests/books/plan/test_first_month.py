"""Offices whose year begins in another month than April: every month, text and file follows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.common.stamp import branch_and_period_key, period_of_key
from kenpo_xl.books.input.result_formulas import header_formula_of_month
from kenpo_xl.books.plan.reader import plan_and_problems, read_period_key, read_plan
from kenpo_xl.domain.language.times.appositions import contradicting_appositions
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.tasks.next_period.new import make_next_period
from scripts.plan_drawing import PlanDrawing
from tests.books.plan.organisation import GROUP, Organisation, item, one_item_plan, typed
from tests.drawn import write_drawn_book
from tests.tasks.books import texts

QUARTERS = """
    KPI      | 相談件数
    表       | 相談     | 相談の件数（{基準月}末）
    基準月   |          |
             |          | 区分 | 第1四半期 | 第2四半期 | 第3四半期 | 第4四半期 | 計 | {前年度}（{基準月}まで）
             |          | 窓口 | ⟪件⟫ | ⟪件⟫ | ⟪件⟫ | ⟪件⟫ | =SUM([-4]:[-1]) ⟪件⟫ | ⟪件⟫
"""
MONTHS = """
    KPI      | 相談件数
    表       | 相談     | 相談の件数
             |          | 区分     | 10月 | 11月 | 12月 | 1月 | {年度}（{基準月}まで）
             |          | 窓口     | ⟪件⟫ | ⟪件⟫ | ⟪件⟫ | ⟪件⟫ | =SUM([-4]:[-1]) ⟪件⟫
"""
LINE = "第2四半期（{months}）は 60 件の相談を受けた。"


def drawing(layout: str, total: str, first: object, *period: tuple[str, object]) -> PlanDrawing:
    return one_item_plan(
        layout,
        kpis=[
            {
                "指標": "相談件数",
                "目標": "240 ⟪件⟫",
                "実績": f"=@1-1/相談/窓口/{total}",
                "途中の判定": "経過月割",
            }
        ],
        period=[("年度の開始月", first), *period],
        sentence="{年度}{期}、{基準日}まで。",
    )


def submitted(*values: object, months: str = "4～6月") -> Submission:
    lines = [("1", "文", LINE.format(months=months)), ("1", "KPI", "相談件数"), ("1", "表", "相談")]
    return Submission(GROUP, (item("1-1", {"1": "A"}, lines, 相談=[typed(0, *values)]),))


JANUARY = drawing(QUARTERS, "計", "1月", ("四半期", 2))
OCTOBER = drawing(MONTHS, "当年", 10, ("期の種類", "月"), ("期", "1月"))


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    folder = tmp_path_factory.mktemp("暦年")
    return Organisation(folder, JANUARY, [submitted(70, 60, None, None, ..., 110)])


@pytest.fixture(scope="module")
def october(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    folder = tmp_path_factory.mktemp("十月")
    return Organisation(folder, OCTOBER, [submitted(20, 20, 20, 20, ..., months="4～6月")])


def spans(of: Organisation) -> dict[str, str]:
    return {
        fact.identity.split("/")[-1]: str(fact.span)
        for fact in of.whole.facts
        if fact.identity.startswith("1-1/相談/")
    }


def test_a_calendar_year_is_read_built_rated_and_reported(calendar: Organisation) -> None:
    assert calendar.problems == []
    assert calendar.plan.period.as_of == date(2026, 6, 30)
    # 130 of the 120 that half a year asks for
    assert calendar.judged() == {"相談件数": ("130 件", "240 件", "A")}
    assert calendar.report.name == "事業実施状況_令和8年度第2四半期.xlsx"
    assert {"令和8年度第2四半期、令和8年6月末まで。", "令和7年度（6月まで）"} <= set(texts(calendar.report))


def test_quarters_and_totals_of_a_calendar_year(calendar: Organisation) -> None:
    assert spans(calendar) == {
        "第1四半期": "令和8年1月～3月",
        "第2四半期": "令和8年4月～6月",
        "第3四半期": "令和8年7月～9月",
        "第4四半期": "令和8年10月～12月",
        "計": "令和8年1月～6月",
        "前年": "令和7年1月～6月",
    }
    sheet = openpyxl.load_workbook(calendar.report)["数値"]
    header, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    years = {row[header.index("識別名")]: row[header.index("年度")] for row in rows}
    assert (years["1-1/相談/窓口/前年"], years["1-1/相談/窓口/計"]) == (2025, 2026)


def test_months_from_october_are_read_built_rated_and_reported(october: Organisation) -> None:
    assert october.problems == []
    assert october.plan.period.as_of == date(2027, 1, 31)
    # 80 of the 80 that four of twelve months ask for
    assert october.judged() == {"相談件数": ("80 件", "240 件", "A")}
    assert october.whole.assessments.kpis[0].assessment.elapsed == 4
    assert october.report.name == "事業実施状況_令和8年度1月.xlsx"
    assert spans(october)["当年"] == "令和8年10月～令和9年1月"
    assert "令和8年度1月、令和9年1月末まで。" in texts(october.report)


@pytest.mark.parametrize(
    ("months", "first", "is_right"),
    [("4～6月", "1月", True), ("7～9月", "1月", False), ("1～3月", 10, True), ("4～6月", 10, False)],
)
def test_a_quarter_beside_its_months(months: str, first: object, is_right: bool) -> None:
    report = ReportTime(FiscalYear(2026, 1 if first == "1月" else 10), date(2027, 1, 31))
    assert (not [*contradicting_appositions(LINE.format(months=months), report)]) is is_right


@pytest.mark.parametrize(
    ("of", "label", "end"),
    [("calendar", "第3四半期", date(2026, 9, 30)), ("october", "2月", date(2027, 2, 28))],
)
def test_the_next_period(
    of: str, label: str, end: date, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    made = make_next_period(request.getfixturevalue(of).folder, output=tmp_path / "次")
    plan = read_plan(made.folder / "計画.xlsx")
    assert (made.key.label, plan.period_name, plan.period.as_of) == (f"令和8年度{label}", label, end)
    assert made.key == PeriodKey.of(plan) == read_period_key(made.folder / "計画.xlsx")


def test_a_calendar_year_is_followed_by_the_next(tmp_path: Path) -> None:
    write_drawn_book(tmp_path / "計画.xlsx", drawing(QUARTERS, "計", "1月", ("四半期", 4)))
    key = read_period_key(tmp_path / "計画.xlsx")
    assert (key.last_day, key.next.label, key.next.last_day) == (
        date(2026, 12, 31),
        "令和9年度第1四半期",
        date(2027, 3, 31),
    )


def test_the_headers_of_an_input_book_follow_its_typed_month(october: Organisation) -> None:
    formula = header_formula_of_month("{年月}", october.plan.placeholder_context(), "E5")
    assert '<10,"令和9年","令和8年")' in formula


def test_the_input_book_counts_the_months_of_the_year_up_to_its_typed_one(calendar: Organisation) -> None:
    sheet = openpyxl.load_workbook(calendar.folder / "入力" / f"{GROUP}.xlsm")["1-1"]
    formulas = [str(cell.value) for row in sheet for cell in row if str(cell.value).startswith("=")]
    assert any("+11,12)+1)" in one for one in formulas)  # of January 1, of December 12


@pytest.mark.parametrize("of", ["calendar", "october"])
def test_books_know_their_period(of: str, request: pytest.FixtureRequest) -> None:
    plan = request.getfixturevalue(of).plan
    assert period_of_key(branch_and_period_key(plan)) == PeriodKey.of(plan)


@pytest.mark.parametrize("first", ["13月", "春", 0])
def test_what_is_no_month(first: object, tmp_path: Path) -> None:
    write_drawn_book(tmp_path / "計画.xlsx", drawing(QUARTERS, "計", first, ("四半期", 2)))
    (problem,) = plan_and_problems(tmp_path / "計画.xlsx")[1]
    assert (problem.cell, problem.is_error) == ("B3", True)
    assert "10月 のような月" in problem.message


@pytest.mark.parametrize(("first", "is_told"), [(None, True), ("1月", False)])
def test_a_year_without_its_word_is_clear_where_it_is_the_fiscal_one(
    first: object, is_told: bool, tmp_path: Path
) -> None:
    layout = QUARTERS.replace("{前年度}（{基準月}まで）", "令和6年")
    write_drawn_book(tmp_path / "計画.xlsx", drawing(layout, "計", first, ("四半期", 2)))
    messages = [one.message for one in plan_and_problems(tmp_path / "計画.xlsx")[1]]
    assert any("4月～翌年3月" in message for message in messages) is is_told
