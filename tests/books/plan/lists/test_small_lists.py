"""What the sheets 基本, 用語 and 評価基準 say of public desks, terms and reasons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.plan.reader import plan_and_problems, read_plan
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.rule_settings import OutlookUse
from kenpo_xl.errors import KenpoError
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book

BASICS = [("支部", "東支部"), ("年度", 2024), ("四半期", 3), ("グループ", "総務")]
SCALE = [{"記号": "A", "意味": "上", "下限": 1.0}, {"記号": "B", "意味": "下", "下限": 0.0}]


def drawn(folder: Path, **parts: Any) -> Path:
    """A small plan book with other rows in some lists."""
    path = folder / "計画.xlsx"
    drawing: dict[str, Any] = {
        "basics": BASICS,
        "periods": [{"四半期": 3}],
        "measures": [{"章": "1", "節": "受付", "担当": "総務"}, {"ブロック": "1", "計画内容": "速く"}],
        "kpis": [],
        "scale": SCALE,
    }
    write_drawn_book(path, PlanDrawing(**drawing | parts))
    return path


def read(folder: Path, **parts: Any) -> tuple[Plan, list[tuple[str, str]]]:
    """Such a plan, and sheet and cell of each problem."""
    plan, problems = plan_and_problems(drawn(folder, **parts))
    assert plan is not None
    return plan, [(one.sheet, one.cell) for one in problems]


def test_every_row_of_public_desks_counts(tmp_path: Path) -> None:
    rows = [("公の窓口", "048-658-5919"), ("公の窓口", ""), ("公の窓口", "soudan@example.jp")]
    plan, problems = read(tmp_path, basics=[*BASICS, *rows])
    assert (plan.public_contacts, problems) == (("048-658-5919", "soudan@example.jp"), [])


@pytest.mark.parametrize(
    ("word", "use", "problems"),
    [
        ("", OutlookUse.PLANNER_ONLY, []),
        ("載せる", OutlookUse.PRINTED, []),
        ("取りまとめだけ", OutlookUse.PLANNER_ONLY, []),
        (" な し ", OutlookUse.NONE, []),
    ],
)
def test_where_outlooks_are_shown(
    tmp_path: Path, word: str, use: OutlookUse, problems: list[tuple[str, str]]
) -> None:
    plan, found = read(tmp_path, basics=[*BASICS, ("概要の見通し", word)])
    assert (plan.summary_outlook, found) == (use, problems)


def test_another_word_for_where_outlooks_are_shown_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KenpoError) as error:
        read_plan(drawn(tmp_path, basics=[*BASICS, ("概要の見通し", "のせない")]))
    assert "基本!B5" in str(error.value)
    assert "「概要の見通し」は 載せる、取りまとめだけ、なし のどれかにしてください" in str(error.value)


@pytest.mark.parametrize(
    ("row", "marks", "problems"),
    [
        ({}, (False, False), []),
        ({"自動": "はい", "重さ": "参考"}, (True, True), []),
        ({"自動": "○", "重さ": "注意"}, (True, False), []),
        ({"自動": "いいえ"}, (False, False), []),
        ({"自動": "たぶん"}, (False, False), [("用語", "C2")]),
        ({"重さ": "誤り"}, (False, False), [("用語", "D2")]),
    ],
)
def test_a_term_is_automatic_or_minor(
    tmp_path: Path, row: dict[str, str], marks: tuple[bool, bool], problems: list[tuple[str, str]]
) -> None:
    plan, found = read(tmp_path, terms=[{"用語": "取組", "使わない書き方": "取組み", **row}])
    (term,) = plan.terms
    assert ((term.is_automatic, term.is_minor), found) == (marks, problems)


@pytest.mark.parametrize(
    ("reasons", "glyphs"),
    [(("要", ""), ("A",)), (("不要", ""), ()), (("", ""), ("B",)), (("要", "要"), ("A", "B"))],
)
def test_the_scale_says_which_ratings_want_a_reason(
    tmp_path: Path, reasons: tuple[str, str], glyphs: tuple[str, ...]
) -> None:
    scale = [{**step, "理由": reason} for step, reason in zip(SCALE, reasons, strict=True)]
    plan, problems = read(tmp_path, scale=scale)
    assert (plan.scale.glyphs_with_reason, problems) == (glyphs, [])
