"""The listing of a plan book tells what a planner has to check: times, units, floors, targets, cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.tasks.plan.listing import plan_listing
from tests.books.plan.test_reader import Book

TABLES = """
    KPI  | 達成率
    表   | 窓口   |
         |        | 区分   | {年度} | {前年度}（同期） | {前年度}
         |        | 来庁者 | ⟪人⟫   | ⟪人⟫             | ⟪人⟫
         |        | 件数   | ⟪件⟫   | ⟪件⟫             | ⟪件⟫
    表   | 残高   |
         |        | 区分       | 残高
         |        | {年月}末   | ⟪円⟫
         |        | {前年度}末 | ⟪円⟫
    表   | 年報   |
         |        | 区分       | 件数
         |        | {年度}     | ⟪件⟫
         |        | {前年度}   | ⟪件⟫
"""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    found = Book(tmp_path)
    found.drawing = TABLES
    found.kpi["実績"] = "=@1-1/窓口/件数/当年"
    return found


def lines(book: Book) -> list[str]:
    book.write()
    listed, problems = plan_listing(book.path.parent)
    assert problems == []
    return [line.strip() for line in listed]


def test_former_names_as_the_planner_wrote_them(book: Book) -> None:
    book.drawing = TABLES.replace("|        | 来庁者", "| 来庁者 窓口       | 来庁者")
    book.drawing = book.drawing.replace("|        | 件数   |", "| 受付 件数 ← 件数 | 件数 |")
    book.kpi["実績"] = "=@1-1/窓口/来庁者 窓口/当年"
    assert "行: 来庁者 窓口、受付 件数（旧名 件数）" in lines(book)


def test_times_kinds_and_units(book: Book) -> None:
    found = lines(book)
    assert "表 窓口（2 行 × 3 列、累計）" in found
    assert "列: 当年［人／件］、前年(同期)［人／件］（前年同期）、前年［人／件］（前年度末、年計）" in found
    assert "表 残高（2 行 × 1 列、時点）" in found
    assert "行: 当年、前年（前年度末、年計）" in found


RANKS = """
    表   | 支部別 |
         |        | 支部 | 実施率   | 順位
         |        | 東   | ⟪0.0%⟫ | =RANK([-1],[-1,0]:[-1,2]) ⟪位⟫
         |        | 西   | ⟪0.0%⟫ | =RANK([-1],[-1,-1]:[-1,1]) ⟪位⟫
         |        | 南   | ⟪0.0%⟫ | =RANK([-1],[-1,-2]:[-1,0]) ⟪位⟫
         |        | 平均 | =AVERAGE([0,-3]:[0,-1]) ⟪0.0%⟫ | ／
    表   | 指標   |
         |        | 指標   | 実施率                    | 順位
         |        | 当支部 | =@1-1/支部別/西/実施率 ⟪0.0%⟫ | =@1-1/支部別/西/順位 ⟪位⟫
"""


def test_formulas_once_with_what_they_read(book: Book) -> None:
    book.drawing = TABLES + RANKS.strip("\n")
    assert [line for line in lines(book) if line.startswith("算式")] == [
        "算式 順位 = 順位(実施率、実施率の東、西、南)（東、西、南）",
        "算式 実施率 = 平均(東、西、南)（平均）",
        "算式 実施率 = 支部別/西/実施率（当支部）",
        "算式 順位 = 支部別/西/順位（当支部）",
    ]


@pytest.mark.parametrize(
    ("direction", "limits"),
    [
        ("以上", ["達成率による評価: ◎ 120％以上、〇 100％以上、△ 80％以上、▽ 50％以上、× それ未満"]),
        (
            "以下",
            [
                "達成率による評価: ◎ 120％以上、〇 100％以上、△ 80％以上、▽ 50％以上、× それ未満",
                "「以下」の指標では、目標に対して: "
                "◎ 80％以下、〇 100％以下、△ 120％以下、▽ 150％以下、× それを超えるもの",
            ],
        ),
    ],
)
def test_the_floors_of_the_scale_once(book: Book, direction: str, limits: list[str]) -> None:
    book.kpi["方向"] = direction
    assert [line for line in lines(book) if "％以上、" in line or "％以下、" in line] == limits


@pytest.mark.parametrize(
    ("direction", "changed"),
    [
        ("以上", "◎ 102％以上、〇 100％以上、△ 80％以上、▽ 50％以上、× それ未満"),
        ("以下", "◎ 98％以下、〇 100％以下、△ 120％以下、▽ 150％以下、× それを超えるもの"),
    ],
)
def test_changed_floors(book: Book, direction: str, changed: str) -> None:
    book.kpi |= {"方向": direction, "基準の変更": "◎ 102%"}
    assert f"基準の変更 {changed}" in lines(book)


BETTER = "前年度と過去3年平均の良い方"


@pytest.mark.parametrize(
    ("words", "years", "told"),
    [
        ("前年度", {2024: 90}, "前年度 以上（90 件）"),
        ("前年度", {2023: 90}, "前年度 以上（過去実績に 令和6年度 の値がないため、目標値なし）"),
        (BETTER, {2022: 100, 2023: 110, 2024: 90}, f"{BETTER} 以上（100 件）"),
        (
            BETTER,
            {2024: 90},
            f"{BETTER} 以上（過去実績に 令和4年度、令和5年度 の値がないため、目標値なし）",
        ),
    ],
)
def test_relative_targets_are_resolved(book: Book, words: str, years: dict[int, int], told: str) -> None:
    book.kpi |= {"目標": words, "書式": "⟪件⟫"}
    history: list[dict[str, Any]] = [{"指標": "達成率", "年度": y, "値": v} for y, v in years.items()]
    book.history = history
    [kpi] = [line for line in lines(book) if line.startswith("KPI ")]
    assert kpi == f"KPI 達成率: 目標 {told}、途中 目標、実績 窓口/件数/当年"


def test_the_cells_of_last_year(book: Book) -> None:
    book.edits = {
        ("KPI", "F2"): "='1-1'!E5",
        ("KPI", "L1"): "前年度実績",
        ("KPI", "L2"): "='1-1'!F5",
    }
    found = lines(book)
    assert "前年同期 窓口/件数/前年(同期)" in found
    assert "前年度実績 窓口/件数/前年" in found


def test_a_number_as_last_years_result(book: Book) -> None:
    book.edits = {("KPI", "L1"): "前年度実績", ("KPI", "L2"): 87}
    assert "前年度実績 87 件" in lines(book)
