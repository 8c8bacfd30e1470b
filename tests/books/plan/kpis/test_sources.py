"""Where a KPI takes its numbers from, and what is told of rules that can give no rating."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.domain.formulas.evaluate import Call, Operation
from tests.books.plan.test_reader import DRAWING, SCALE, Book

# An open list in rows 9 to 12: its row くり返し is 11, its total 12.
LISTED = (
    DRAWING
    + """
    表       | 一覧 |
             |      | 名称 | 件数
    くり返し |      | ⟪@⟫  | ⟪件⟫
             | 計   | 計   | =SUM([0,-1]:[0,-1]) ⟪件⟫
"""
)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    found = Book(tmp_path)
    found.drawing = LISTED
    return found


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("='1-1'!F6", "1-1!F6 は対象外（／）か文字の欄"),
        ("='1-1'!E6/'1-1'!F6", "1-1!F6 は対象外（／）か文字の欄"),
        ("=SUM('1-1'!F6:F6)", "数の入る欄がありません"),
        ("='1-1'!C11", "の行の欄で"),
        ("='1-1'!D11", "の行の欄で"),
        ("='1-1'!C12", "1-1!C12 は対象外（／）か文字の欄"),
        ("=100", "セルを 1 つも使っていません"),
        ("='1-1'!E5", ""),
        ("=SUM('1-1'!F5:F7)", ""),
        ("=SUM('1-1'!D11:D11)", ""),
        ("='1-1'!D12", ""),
    ],
)
@pytest.mark.parametrize("cell", ["B2", "D2", "F2"])
def test_cells_that_hold_no_number_are_refused(book: Book, cell: str, formula: str, said: str) -> None:
    book.edits = {("KPI", cell): formula}
    found = [(p.cell, p.is_error, said in p.message) for p in book.problems() if p.is_error]
    assert found == ([(cell, True, True)] if said else [])


@pytest.mark.parametrize(
    ("guarded", "plain"),
    [
        ("=IFERROR('1-1'!E5,0)", "='1-1'!E5"),
        ("= iferror( '1-1'!E5/'1-1'!F5 , \"－\" )", "='1-1'!E5/'1-1'!F5"),
        ("=IFERROR(SUM('1-1'!F5:F7),0)", "=SUM('1-1'!F5:F7)"),
    ],
)
def test_a_guard_against_errors_changes_nothing(book: Book, guarded: str, plain: str) -> None:
    book.edits = {("KPI", "D2"): plain}
    (wanted,) = book.plan().kpis
    book.edits = {("KPI", "D2"): guarded}
    assert book.plan().kpis == (wanted,)


def test_a_guard_of_less_than_all_is_a_part_of_the_formula(book: Book) -> None:
    book.edits = {("KPI", "D2"): "=IFERROR('1-1'!E5,0)+IFERROR('1-1'!F5,0)"}
    (kpi,) = book.plan().kpis
    assert isinstance(kpi.result, Operation)
    assert isinstance(kpi.result.left, Call)


def test_words_in_place_of_a_number_are_no_number_format(book: Book) -> None:
    book.kpi["目標"] = "=@1-1/窓口/計/当年＞目標 ⟪" + ";".join(['"様式図の欄"'] * 3) + "⟫"
    (kpi,) = book.plan().kpis
    assert "様式図" not in kpi.format.code


@pytest.mark.parametrize(("rows", "refused"), [("D10:D12", True), ("F5:F7", False), ("F6:F6", True)])
def test_a_range_of_which_the_newest_counts(book: Book, rows: str, refused: bool) -> None:
    book.kpi["取り方"] = "最新"
    book.edits = {("KPI", "D2"): f"='1-1'!{rows}"}
    assert [p.cell for p in book.problems() if p.is_error] == ["D2"] * refused


def test_a_table_that_could_not_be_read_is_the_only_error(book: Book) -> None:
    book.edits = {("1-1", "C6"): None, ("KPI", "F2"): "='1-1'!F7"}
    assert book.places() == ["1-1!C6"]


def test_causes_come_before_what_they_cause(book: Book) -> None:
    book.edits = {("1-1", "A9"): "表々", ("KPI", "D2"): "='1-1'!D12"}
    places = book.places()
    assert places[0].startswith("1-1!")
    assert places[-1] == "KPI!D2"


@pytest.mark.parametrize(
    ("rule", "same_period", "quarter", "warned"),
    [
        ("前年同期", None, 2, True),
        ("前年同期", "='1-1'!F7", 2, False),
        ("前年同期", None, 4, False),
        ("目標", None, 2, False),
    ],
)
def test_the_same_period_needs_its_cell(
    book: Book, rule: str, same_period: str | None, quarter: int, warned: bool
) -> None:
    book.kpi["途中の判定"] = rule
    book.edits = {("KPI", "F2"): same_period, ("基本", "B3"): quarter}
    found = [(p.sheet, p.cell, p.is_error, "「=」を入れて" in p.message) for p in book.problems()]
    assert found == [("KPI", "G2", False, True)] * warned


@pytest.mark.parametrize(("mark", "quarter", "warned"), [("", 2, True), ("〇", 2, False), ("", 4, False)])
def test_a_kpi_that_waits_for_the_year_end_needs_a_step(
    book: Book, mark: str, quarter: int, warned: bool
) -> None:
    book.kpi["途中の判定"] = "年度末"
    book.scale = [*SCALE[:2], SCALE[2] | {"途中": mark}, *SCALE[3:]]
    book.edits = {("基本", "B3"): quarter}
    found = [(p.sheet, p.cell, p.is_error, "「－」の段階を足し" in p.message) for p in book.problems()]
    assert found == [("KPI", "G2", False, True)] * warned


def test_several_floors_are_changed_at_once(book: Book) -> None:
    book.kpi["基準の変更"] = "◎ 103% △ 98%、▽ ９５％"
    plan = book.plan()
    [kpi] = plan.kpis
    assert kpi.thresholds == (("◎", Decimal("1.03")), ("△", Decimal("0.98")), ("▽", Decimal("0.95")))
    floors = [step.floor for step in plan.scale.with_floors(kpi.thresholds).computable_steps]
    assert floors == [Decimal("1.03"), 1, Decimal("0.98"), Decimal("0.95"), 0]


YEARS = """
    KPI    | 達成率
    表     | 窓口 |
           |      | 区分             | 件数 | 割合
           |      | {年度}           | ⟪件⟫ | ⟪件⟫
           |      | {前年度}（同期） | ⟪件⟫ | ⟪件⟫
           |      | {前年度}         | ⟪件⟫ | ⟪件⟫
           |      | 令和3年度        | ⟪件⟫ | ⟪件⟫
           | 参考 | 県の数           | ⟪件⟫ | ⟪件⟫
           | その他 | 全国平均       | ⟪件⟫ | ⟪件⟫
"""


@pytest.mark.parametrize(
    ("header", "formula", "said"),
    [
        ("実績", "='1-1'!D4", ""),
        ("実績", "='1-1'!D5", "前年同期の欄"),
        ("実績", "='1-1'!D6", "前年度末の欄"),
        ("実績", "='1-1'!D7", "令和3年度の欄"),
        ("実績", "='1-1'!D8", "参考の欄"),
        ("実績", "='1-1'!D9", ""),
        ("実績", "='1-1'!D5/'1-1'!E5", "前年同期の欄"),
        ("実績", "='1-1'!D4/'1-1'!D5", ""),
        ("目標", "='1-1'!D4", "目標が実績と同じ欄"),
        ("目標", "='1-1'!E4", ""),
        ("目標", "='1-1'!D6", ""),
        ("前年同期", "='1-1'!D5", ""),
        ("前年同期", "='1-1'!D4", "前年同期が実績と同じ欄"),
        ("前年同期", "='1-1'!E4", "前年同期が今年度の欄"),
    ],
)
def test_cells_of_another_year_are_a_warning(tmp_path: Path, header: str, formula: str, said: str) -> None:
    book = Book(tmp_path)
    book.drawing = YEARS
    book.kpi |= {"実績": "='1-1'!D4", header: formula}
    found = [problem for problem in book.problems() if problem.sheet == "KPI"]
    assert [(said in one.message, one.is_error) for one in found] == [(True, False)] * bool(said)
