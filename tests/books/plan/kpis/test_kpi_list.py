"""The sheet KPI: targets in the words of real plans, their direction, and last year's result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.books.plan.reader import plan_and_problems
from kenpo_xl.domain.formulas.evaluate import Number, Ref
from kenpo_xl.domain.plan.plan import Kpi
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.table import FigureId, Printing
from kenpo_xl.domain.plan.targets.aim import ReferenceTarget, TargetRange
from kenpo_xl.domain.plan.targets.milestones import Milestone
from kenpo_xl.domain.plan.targets.relative_targets import Basis, RelativeTarget
from kenpo_xl.domain.source import Source
from scripts.plan_drawing import PlanDrawing
from tests.books.plan.forms_of_targets import BRANCH
from tests.books.plan.test_reader import Book
from tests.drawn import write_drawn_book

AT_LEAST, AT_MOST, WITHIN, BY_A_DAY = Direction
LAST_YEAR, BETTER, MEAN, BEST = map(RelativeTarget, Basis)


@pytest.fixture
def branch_plan() -> PlanDrawing:
    return BRANCH


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def kpi(book: Book) -> Kpi:
    [found] = book.plan().kpis
    return found


@pytest.mark.parametrize(
    ("words", "target", "direction"),
    [
        ("前年度", LAST_YEAR, AT_LEAST),
        ("前年度実績", LAST_YEAR, AT_LEAST),
        ("前年度実績以上", LAST_YEAR, AT_LEAST),
        ("前年度の実績以上", LAST_YEAR, AT_LEAST),
        ("対前年度以上", LAST_YEAR, AT_LEAST),
        ("前年度の実績値以下", LAST_YEAR, AT_MOST),
        ("前年度と過去3年平均の良い方", BETTER, AT_LEAST),
        ("前年度と過去３年度の平均のいずれか良い方", BETTER, AT_LEAST),
        ("前年度と過去3年度の平均値のいずれか高い値以上", BETTER, AT_LEAST),
        ("前年度と過去3年度の平均値のいずれか低い値以下", BETTER, AT_MOST),
        ("前年度実績と過去三年間の平均のどちらか高い方の値以上", BETTER, AT_LEAST),
        ("前年度 と 過去 ３か年 平均 の いずれか 低い方 以下", BETTER, AT_MOST),
        ("前年度と過去3ヶ年の平均値の良い方以下", BETTER, AT_MOST),
        ("前年度の水準を維持", LAST_YEAR, AT_LEAST),
        ("維持", LAST_YEAR, AT_LEAST),
        ("過去3年平均以上", MEAN, AT_LEAST),
        ("直近三か年の平均値以下", MEAN, AT_MOST),
        ("過去最高", BEST, AT_LEAST),
        ("過去の最低値以下", BEST, AT_MOST),
        ("前年度比3%増", RelativeTarget(Basis.LAST_YEAR, factor=Decimal("1.03")), AT_LEAST),
        ("前年度比１０３％以上", RelativeTarget(Basis.LAST_YEAR, factor=Decimal("1.03")), AT_LEAST),
        ("対前年度実績比 5％減", RelativeTarget(Basis.LAST_YEAR, factor=Decimal("0.95")), AT_LEAST),
        ("前年度の1.2倍以上", RelativeTarget(Basis.LAST_YEAR, factor=Decimal("1.2")), AT_LEAST),
        ("前年度より5件増", RelativeTarget(Basis.LAST_YEAR, addend=Decimal(5)), AT_LEAST),
        (
            "前年度実績から1.5ポイント減少",
            RelativeTarget(Basis.LAST_YEAR, addend=Decimal("-0.015")),
            AT_LEAST,
        ),
        ("5％以下", Decimal("0.05"), AT_MOST),
        ("1,200件以上", Decimal(1200), AT_LEAST),
        ("1,200件", Decimal(1200), AT_LEAST),
    ],
)
def test_targets_in_the_words_of_a_plan(
    book: Book, words: str, target: RelativeTarget | Decimal, direction: Direction
) -> None:
    book.kpi["目標"] = words
    assert (kpi(book).target, kpi(book).direction, book.problems()) == (target, direction, [])


@pytest.mark.parametrize(
    "words",
    [
        "前年度程度",
        "前々年度以上",
        "前年度と過去3年平均",
        "前年度と過去5年平均の良い方",
        "過去5年平均以上",
        "前年度以上を目指す",
        "前年度より5件",
    ],
)
def test_other_words_are_refused_with_examples(book: Book, words: str) -> None:
    book.kpi["目標"] = words
    [problem] = book.problems()
    assert (problem.sheet, problem.cell, problem.is_error) == ("KPI", "B2", True)
    assert "前年度と過去3年平均の良い方" in problem.message


@pytest.mark.parametrize(("words", "direction"), [("前年度以上", "以下"), ("5％以下", "以上")])
def test_words_that_contradict_the_direction_are_refused(book: Book, words: str, direction: str) -> None:
    book.kpi |= {"目標": words, "方向": direction}
    [problem] = book.problems()
    assert (problem.cell, problem.is_error) == ("C2", True)
    assert f"「目標」は「{words}」、「方向」は「{direction}」" in problem.message


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("45%～50%", "0.45", "0.5"),
        ("45～50 ％", "0.45", "0.5"),
        ("45％以上50％以下", "0.45", "0.5"),
        ("45%から50%の間", "0.45", "0.5"),
        ("45.0％～50.0％の範囲内を維持", "0.45", "0.5"),
        ("1,000人～1,200人", "1000", "1200"),
        ("3-5位", "3", "5"),
    ],
)
def test_a_range_has_both_ends(book: Book, words: str, low: str, high: str) -> None:
    book.kpi["目標"] = words
    assert (kpi(book).target, kpi(book).direction) == (TargetRange(Decimal(low), Decimal(high)), WITHIN)


@pytest.mark.parametrize(
    ("changes", "cell", "words"),
    [
        ({"目標": "50%～45%"}, "B2", "小さい数から大きい数の順"),
        ({"目標": "45%～45%"}, "B2", "小さい数から大きい数の順"),
        ({"目標": "45件～50%"}, "B2", "どれかにしてください"),
        ({"目標": "45%～50%", "方向": "以上"}, "C2", "範囲内"),
        ({"目標": "45%～50%", "途中の判定": "前年同期"}, "G2", "前年同期とは比べられません"),
    ],
)
def test_a_range_that_cannot_be_judged_is_refused(
    book: Book, changes: dict[str, str], cell: str, words: str
) -> None:
    book.kpi |= changes
    problem = next(one for one in book.problems() if one.is_error)
    assert (problem.cell, words in problem.message) == (cell, True)


@pytest.mark.parametrize(
    ("words", "deed", "due"),
    [
        ("令和7年3月までに策定", "策定", date(2025, 3, 31)),
        ("令和7年3月末までに策定する", "策定", date(2025, 3, 31)),
        ("令和7年2月10日までに公表", "公表", date(2025, 2, 10)),
        ("2025年2月に改定を完了する", "改定", date(2025, 2, 28)),
        ("12月末までに手引を改訂", "手引を改訂", date(2025, 12, 31)),
        ("2月までに見直し", "見直し", date(2026, 2, 28)),
        ("年度内に策定", "策定", date(2026, 3, 31)),
        ("今年度中に策定済", "策定", date(2026, 3, 31)),
        ("年度末までに達成", "達成", date(2026, 3, 31)),
        ("{年度}内に策定", "策定", date(2026, 3, 31)),
        ("令和8年度末までに策定", "策定", date(2027, 3, 31)),
        ("上半期中に公表", "公表", date(2025, 9, 30)),
        ("第3四半期までに公表", "公表", date(2025, 12, 31)),
        ("改定済", "改定", date(2026, 3, 31)),
        ("策定済み", "策定", date(2026, 3, 31)),
        ("達成", "達成", date(2026, 3, 31)),
    ],
)
def test_what_is_to_be_done_by_a_day(book: Book, words: str, deed: str, due: date) -> None:
    book.kpi |= {"目標": words, "実績": ""}
    found = kpi(book)
    assert (found.target, found.direction, book.problems()) == (Milestone(deed, due), BY_A_DAY, [])


def test_what_is_done_is_entered_in_a_cell_of_its_own(book: Book) -> None:
    book.kpi |= {"目標": "年度内に策定", "実績": ""}
    found, plan = kpi(book), book.plan()
    assert isinstance(found.result, Ref)
    assert isinstance(found.result.key, FigureId)
    table = plan.tables[found.result.key.item, "期日の目標"]
    (cell,) = table.cells[table.positions[found.result.key][0]]
    assert (cell.format.is_text, cell.choices, table.printing) == (True, ("未", "済"), Printing.NONE)


@pytest.mark.parametrize("words", ["5%に向上", "年度内に3件", "いつまでに策定", "13月までに策定"])
def test_what_names_no_day_is_refused(book: Book, words: str) -> None:
    book.kpi["目標"] = words
    assert ("B2", True) in [(problem.cell, problem.is_error) for problem in book.problems()]


@pytest.mark.parametrize(
    ("words", "name", "direction", "is_exclusive"),
    [
        ("全国平均以上", "全国平均", AT_LEAST, False),
        ("全国平均値を上回る", "全国平均", AT_LEAST, True),
        ("全国平均を超える", "全国平均", AT_LEAST, True),
        ("県平均以下", "県平均", AT_MOST, False),
        ("類似団体の平均を下回る", "類似団体の平均", AT_MOST, True),
        ("全国平均未満", "全国平均", AT_MOST, True),
    ],
)
def test_a_target_that_is_anothers_value(
    book: Book, words: str, name: str, direction: Direction, is_exclusive: bool
) -> None:
    book.kpi |= {"目標": words, "比べる値": "62 ⟪件⟫"}
    found = kpi(book)
    assert (found.target, found.direction) == (ReferenceTarget(name, Decimal(62), is_exclusive), direction)
    assert book.problems() == []


def test_a_value_to_compare_with_is_a_cell(book: Book) -> None:
    book.kpi |= {"目標": "全国平均以上", "比べる値": "=@1-1/窓口/計/前年＞実績"}
    target = kpi(book).target
    assert isinstance(target, ReferenceTarget)
    assert isinstance(target.source, Ref)


def test_a_value_that_is_nowhere_is_asked_for(book: Book) -> None:
    book.kpi["目標"] = "全国平均以上"
    [problem] = book.problems()
    assert (problem.cell, problem.is_error, "比べる値" in problem.message) == ("B2", True, True)


def test_a_block_of_main_kpis_wants_one(branch_plan: PlanDrawing, tmp_path: Path) -> None:
    kpis = [{key: value for key, value in row.items() if key != "主"} for row in branch_plan.kpis]
    path = tmp_path / "計画.xlsx"
    write_drawn_book(path, replace(branch_plan, kpis=kpis))
    [problem] = plan_and_problems(path)[1]
    assert (problem.sheet, problem.cell, problem.is_error) == ("KPI", "A6", True)
    assert "1-1 ブロック 2 は主たるKPIで評価します" in problem.message


def test_words_that_agree_with_the_direction(book: Book) -> None:
    book.kpi |= {"目標": "前年度以下", "方向": "以下"}
    assert kpi(book).direction is AT_MOST


def test_the_higher_one_of_what_should_be_low_is_a_warning(book: Book) -> None:
    book.kpi |= {"目標": "前年度と過去3年平均の高い方", "方向": "以下"}
    [problem] = book.problems()
    assert (problem.cell, problem.is_error) == ("B2", False)
    assert "低い方を目標にします" in problem.message


@pytest.mark.parametrize(
    ("target", "direction", "warned"),
    [
        ("0 ⟪件⟫", "以上", True),
        ("-1 ⟪件⟫", "以上", True),
        ("1 ⟪件⟫", "以上", False),
        ("0 ⟪件⟫", "以下", False),
    ],
)
def test_a_target_that_is_always_reached_is_a_warning(
    book: Book, target: str, direction: str, warned: bool
) -> None:
    book.kpi |= {"目標": target, "方向": direction}
    assert [(p.cell, p.is_error) for p in book.problems()] == [("B2", False)] * warned
    assert kpi(book).target == Decimal(target.split()[0])


def test_the_cells_of_target_and_result(book: Book) -> None:
    found = kpi(book)
    assert found.target_source == Source("計画.xlsx", "KPI", "B2")
    assert found.result_source == Source("計画.xlsx", "KPI", "D2")


def last_year(book: Book, value: object) -> None:
    book.edits = {("KPI", "L1"): "前年度実績", ("KPI", "L2"): value}


def test_last_year_is_a_formula_over_figures(book: Book) -> None:
    last_year(book, "='1-1'!F7")
    assert kpi(book).last_year == Ref(FigureId("1-1", "窓口", "計", "前年＞実績"))


def test_last_year_is_a_number(book: Book) -> None:
    last_year(book, 0.965)
    assert kpi(book).last_year == Number(Decimal("0.965"))


@pytest.mark.parametrize("value", [None, ""])
def test_last_year_may_be_left_out(book: Book, value: object) -> None:
    last_year(book, value)
    assert kpi(book).last_year is None


@pytest.mark.parametrize(
    ("value", "said"), [("不明", "数ではありません"), ("='1-1'!Z9", "表の欄ではありません")]
)
def test_last_year_that_cannot_be_read_is_refused(book: Book, value: str, said: str) -> None:
    last_year(book, value)
    [problem] = book.problems()
    assert (problem.cell, problem.is_error, said in problem.message) == ("L2", True, True)


def test_earlier_names_and_the_common_key_of_a_kpi(book: Book) -> None:
    headers = {("KPI", "K1"): "旧名", ("KPI", "L1"): "共通の鍵"}
    book.edits = headers | {("KPI", "K2"): "達成の率\n達成率、速報", ("KPI", "L2"): "Ｈ０１"}
    kpi = book.plan().kpis[0]
    assert (kpi.former_names, kpi.common_key) == (("達成の率", "達成率、速報", "達成率", "速報"), "H01")
    assert book.problems() == []
