"""Offices that report each half year, month or year: every text, file name and month follows their kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.tasks.next_period.new import make_next_period
from scripts.plan_drawing import PlanDrawing
from tests.books.plan.organisation import GROUP, Organisation, item, one_item_plan, typed
from tests.drawn import write_drawn_book

TABLES = """
    KPI      | 参加者数
    表       | 講座     | 講座の参加者数
             |          | 区分     | 上半期  | 下半期  | 計
             |          | 講座     | ⟪人⟫    | ⟪人⟫    | =SUM([-2]:[-1]) ⟪人⟫
"""


def drawing(cycle: str, now: object) -> PlanDrawing:
    return one_item_plan(
        TABLES,
        kpis=[
            {
                "指標": "参加者数",
                "目標": "200 ⟪人⟫",
                "実績": "=@1-1/講座/講座/計",
                "途中の判定": "経過月割",
            }
        ],
        period=[("期の種類", cycle), ("期", now)],
        periods=[{"期": now, "会議": "協議会"}],
        sentence="{年度}{期}に講座を開く。",
    )


TYPED = Submission(
    GROUP,
    (
        item(
            "1-1",
            {"1": "A"},
            [("1", "KPI", "参加者数"), ("1", "表", "講座")],
            講座=[typed(0, 110, None, ...)],
        ),
    ),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Organisation:
    return Organisation(tmp_path_factory.mktemp("市"), drawing("半期", "上半期"), [TYPED])


def test_half_a_year_is_read_built_rated_and_reported(town: Organisation) -> None:
    assert town.problems == []
    assert town.plan.period.as_of == date(2026, 9, 30)
    # 110 of the 100 that half a year asks for
    assert town.judged() == {"参加者数": ("110 人", "200 人", "A")}
    assert town.report.name == "事業実施状況_令和8年度上半期.xlsx"


def test_every_sheet_names_the_half_year(town: Organisation) -> None:
    book = openpyxl.load_workbook(town.folder / "入力" / f"{GROUP}.xlsm")
    control = [str(cell.value) for row in book["操作"] for cell in row if cell.value]
    assert "令和8年度 上半期" in control
    printed = [str(c.value) for s in openpyxl.load_workbook(town.report) for row in s for c in row if c.value]
    assert any("令和8年度上半期に講座を開く。" in text for text in printed)
    assert not [text for text in (*control, *printed) if "四半期" in text]


def test_the_next_half_year_ends_the_year(town: Organisation, tmp_path: Path) -> None:
    made = make_next_period(town.folder, output=tmp_path / "次")
    plan = read_plan(made.folder / "計画.xlsx")
    assert (made.key.label, plan.period_name, plan.is_year_end) == ("令和8年度下半期", "下半期", True)
    after = make_next_period(made.folder, output=tmp_path / "次の年")
    assert read_plan(after.folder / "計画.xlsx").period.as_of == date(2027, 9, 30)


@pytest.mark.parametrize(
    ("cycle", "now", "as_of", "label", "is_end"),
    [
        ("月", "12月", date(2026, 12, 31), "令和8年度 12月", False),
        ("月", 3, date(2027, 3, 31), "令和8年度 3月", True),
        ("年度", "通期", date(2027, 3, 31), "令和8年度 通期", True),
        ("半期", 2, date(2027, 3, 31), "令和8年度 下半期", True),
        ("四半期", 3, date(2026, 12, 31), "令和8年度 第3四半期", False),
    ],
)
def test_kinds(cycle: str, now: object, as_of: date, label: str, is_end: bool, tmp_path: Path) -> None:
    write_drawn_book(tmp_path / "計画.xlsx", drawing(cycle, now))
    plan = read_plan(tmp_path / "計画.xlsx")
    assert (plan.period.as_of, PeriodKey.of(plan).spaced_label, plan.is_year_end) == (as_of, label, is_end)


@pytest.mark.parametrize(
    ("cycle", "now", "cell", "remedy"),
    [
        ("半期", "第3四半期", "B4", "上半期 か 下半期"),
        ("月", "13月", "B4", "4月 のような月"),
        ("年度", 2, "B4", "1 で"),
        ("旬", 1, "B3", "月、四半期、半期、年度"),
    ],
)
def test_a_period_of_another_kind_is_refused(
    cycle: str, now: object, cell: str, remedy: str, tmp_path: Path
) -> None:
    write_drawn_book(tmp_path / "計画.xlsx", drawing(cycle, now))
    problems = plan_and_problems(tmp_path / "計画.xlsx")[1]
    assert [one.cell for one in problems if one.sheet == "基本" and remedy in one.message] == [cell]
