"""The sheet 規則: what is read, and every problem with its sheet and cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.plan.rule_settings import RuleSetting, RuleUse
from kenpo_xl.domain.source import Source
from kenpo_xl.tasks.plan.listing import plan_listing
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book

Problems = list[tuple[str, str, str]]


def read(folder: Path, *rows: dict[str, Any]) -> tuple[tuple[RuleSetting, ...], Problems]:
    """The settings of a small plan book with these rows of 規則, and its problems as `plan` lists them."""
    path = folder / "計画.xlsx"
    drawing = PlanDrawing(
        basics=[("支部", "東支部"), ("年度", 2024), ("四半期", 3), ("グループ", "総務")],
        periods=[{"四半期": 3}],
        measures=[{"章": "1", "節": "受付", "担当": "総務"}, {"ブロック": "1", "計画内容": "速く"}],
        kpis=[],
        scale=[{"記号": "A", "意味": "上", "下限": 1.0}, {"記号": "B", "意味": "下", "下限": 0.0}],
        rule_settings=list(rows),
    )
    write_drawn_book(path, drawing)
    plan, _ = plan_and_problems(path)
    assert plan is not None
    _, problems = plan_listing(folder)
    return plan.rule_settings, [(one.sheet, one.cell, one.message) for one in problems if one.is_error]


def test_a_plan_without_the_sheet_has_none(tmp_path: Path) -> None:
    assert read(tmp_path) == ((), [])


def test_a_row_with_everything_and_one_with_a_code_only(tmp_path: Path) -> None:
    full = {"コード": "ｗｏ08", "使う": "試行", "重さ": "参考", "除く項": "1-1", "除く言葉": "HP、メルマガ"}
    settings, problems = read(tmp_path, full, {"コード": "VA13", "しきい値": 12.5})
    first, second = (Source("計画.xlsx", "規則", cell) for cell in ("A2", "A3"))
    assert settings == (
        RuleSetting("WO08", RuleUse.TRIAL, Severity.INFO, None, ("1-1",), ("HP", "メルマガ"), first),
        RuleSetting("VA13", threshold=Decimal("12.5"), source=second),
    )
    assert problems == []


@pytest.mark.parametrize(
    ("rows", "cell", "words"),
    [
        ([{"コード": "8番"}], "A2", "規則のコードではありません"),
        ([{"コード": "VA99"}], "A2", "VA99 という規則はありません"),
        ([{"コード": "WO08", "使う": "切る"}], "B2", "する、しない、試行 のどれか"),
        ([{"コード": "WO08", "重さ": "大"}], "C2", "誤り、注意、参考 のどれか"),
        ([{"コード": "WO08", "除く項": "9-9"}], "E2", "項「9-9」は「施策」にありません"),
        ([{"コード": "WO08"}, {"コード": "WO08", "使う": "しない"}], "A3", "WO08 は A2 にもあり"),
        (
            [{"コード": "VA13", "しきい値": 10}, {"コード": "VA13", "しきい値": 9}],
            "A3",
            "A2 にもあり",
        ),
        ([{"コード": "VA13", "しきい値": "多め"}], "D2", "数を入れてください"),
        ([{"コード": "VA13", "しきい値": 5}], "A2", "6 倍 から 500 倍 までの数"),
        ([{"コード": "VA13", "しきい値": 501}], "A2", "6 倍 から 500 倍 までの数"),
        ([{"コード": "WO08", "しきい値": 3}], "A2", "WO08 にはしきい値がありません"),
        ([{"コード": "ST01", "使う": "しない"}], "A2", "「しない」や「試行」にできません"),
        ([{"コード": "PR01", "使う": "試行"}], "A2", "「しない」や「試行」にできません"),
    ],
)
def test_problems(tmp_path: Path, rows: list[dict[str, Any]], cell: str, words: str) -> None:
    _, problems = read(tmp_path, *rows)
    assert any(place == cell and words in message for _, place, message in problems), problems


@pytest.mark.parametrize("value", [6, 500])
def test_the_ends_of_a_range_are_allowed(tmp_path: Path, value: int) -> None:
    assert read(tmp_path, {"コード": "VA13", "しきい値": value})[1] == []


@pytest.mark.parametrize("code", ["PR02", "CO01", "WO08"])
def test_other_rules_can_be_switched_off(tmp_path: Path, code: str) -> None:
    assert read(tmp_path, {"コード": code, "使う": "しない"})[1] == []
