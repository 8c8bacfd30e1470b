"""Computed cells that were typed over, beside what their parts give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.domain.formulas.evaluate import Call, Node, Number
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.cell_reader import CellError
from kenpo_xl.ooxml.workbook import Value
from tests.checks.clerk import GYOMU, HOKEN, KIKAKU, OURS, REZEPT, found, new, places
from tests.checks.planted import checked, planted
from tests.checks.planted import typed as typed_into
from tests.paths import SAMPLE
from tests.sample import sample_plan

RATE = "1-2-2!G26"  # 達成率: F26 of E26, 43,089 of 43,089
TOTAL = "1-2-4!I29"  # 96,253 ＋ 72,586 ＋ 75,277 千円 ＝ 244,116 千円
YEAR = "1-2-5!I34"  # 288 ＋ 421 ＋ 220 件 ＝ 929 件
MAY, JUNE, JULY = "2-4!G69", "2-4!G70", "2-4!G71"  # 103 of 1,107 (9.304… ％), 8.886…, 8.197…
REZEPT_BOOK = SAMPLE / "提出" / f"{REZEPT}.xlsm"
CUT_OFF = [JUNE, JULY, "2-4!G73", "2-4!G75", "2-4!G76"]


def test_the_sample_holds_two_totals_that_leave_a_quarter_out_and_a_column_that_is_cut_off() -> None:
    groups = (GYOMU, REZEPT, HOKEN, KIKAKU)
    assert [place for group in groups for place in places(found(group, {}, "CA"))] == [
        ("CA02", "1-2-4!I29"),
        ("CA02", "1-2-4!I30"),
        ("CA03", "2-4!G68"),
    ]


def test_a_total_tells_the_part_that_it_leaves_out() -> None:
    message = found(REZEPT, {}, "CA02")[0].message
    assert "合計 168,839 千円 は 10～12月 75,277 千円 を含んでいません" in message


def test_a_column_that_is_cut_off_is_one_finding_that_lists_the_cells() -> None:
    (finding,) = found(KIKAKU, {}, "CA03")
    assert [cell for cell in CUT_OFF if cell.removeprefix("2-4!") not in finding.message] == []
    assert "G70 は 8.8％ でなく 8.9％" in finding.message


def test_a_rate_that_disagrees_tells_its_parts_and_what_it_should_be() -> None:
    (finding,) = found(GYOMU, {RATE: 0.95, "1-2-2!F26": 40000.0}, "CA")
    assert (finding.code, f"{finding.sheet}!{finding.cell}") == ("CA01", RATE)
    assert "達成率 95％ は 達成件数 40,000 件 ÷ 決定件数 43,089 件 ＝ 93％ と合いません" in finding.message
    assert (finding.actual, finding.expected) == ("95％", "93％")


@pytest.mark.parametrize(("header", "told"), [("7～9月", [("CA01", TOTAL)]), ("夏", [])])
def test_a_total_of_a_column_that_is_missing_is_not_judged(
    header: str, told: list[tuple[str, str]], tmp_path: Path
) -> None:
    book = typed_into(tmp_path, "1-2-4", {"F28": header, "I29": 250000}, source=REZEPT_BOOK)
    assert [one for one in places(checked(book, "CA")) if one[1] == TOTAL] == told


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (0.093, []),
        (0.0930442, []),
        ("9.3％", []),
        (0.094, [("CA03", MAY)]),
        (0.095, [("CA01", MAY)]),
        (0.092, [("CA01", MAY)]),
        (9.3, [("CA01", MAY)]),
    ],
)
def test_a_rate_agrees_where_it_is_rounded_as_planned(typed: Value, expected: list[tuple[str, str]]) -> None:
    assert new(KIKAKU, {MAY: typed}, "CA") == expected


@pytest.mark.parametrize("word", ["7,258.6 万円", "集計中", True, CellError("#REF!"), date(2024, 9, 30)])
def test_a_total_of_a_part_that_cannot_be_read_is_not_judged_as_well(word: Value) -> None:
    """What stands in the part is told there."""
    assert places(found(REZEPT, {"1-2-4!F29": word}, "CA")) == [("CA02", "1-2-4!I30")]


def test_a_sign_in_a_part_is_no_number_and_hides_nothing() -> None:
    assert places(found(REZEPT, {"1-2-4!F29": "－", TOTAL: 96253.0}, "CA")) == [
        ("CA02", TOTAL),
        ("CA02", "1-2-4!I30"),
    ]


def test_a_single_rate_that_is_cut_off_is_told_in_its_cell() -> None:
    others = dict.fromkeys(CUT_OFF[1:], OURS)
    (finding,) = found(KIKAKU, others, "CA")
    assert (finding.code, f"{finding.sheet}!{finding.cell}") == ("CA03", JUNE)
    assert "8.8％ は切捨てです" in finding.message


def test_two_rates_that_are_cut_off_are_told_at_the_header() -> None:
    assert places(found(KIKAKU, dict.fromkeys(CUT_OFF[2:], OURS), "CA")) == [("CA03", "2-4!G68")]


def test_a_rate_beside_them_that_is_rounded_as_planned_contradicts_a_cut_off_column() -> None:
    typed = {**dict.fromkeys(CUT_OFF[2:], OURS), "2-4!G73": 0.079}
    assert places(found(KIKAKU, typed, "CA")) == [("CA03", JUNE), ("CA03", JULY)]


def test_cutting_off_is_right_where_the_plan_says_so() -> None:
    plan = cutting_off()
    assert found(KIKAKU, {}, "CA", plan) == []
    assert places(found(KIKAKU, {JUNE: 0.089}, "CA", plan)) == [("CA03", JUNE)]


def test_a_cell_that_a_formula_reads_twice_is_told_once_a_place() -> None:
    twice = planning(lambda formula: Call("MAX", (formula, formula)))
    (finding,) = (one for one in found(KIKAKU, {MAY: 9.3}, "CA01", twice))
    assert (f"{finding.sheet}!{finding.cell}", finding.message.count("1,107")) == (MAY, 2)


def cutting_off() -> Plan:
    """The plan whose 登録率 say ROUNDDOWN(…,3)."""
    return planning(lambda formula: Call("ROUNDDOWN", (formula, Number(Decimal(3)))))


def planning(change: Callable[[Node], Node]) -> Plan:
    """The plan with other formulas of 登録率."""
    plan = sample_plan()
    item = next(one for one in plan.items if one.id == "2-4")
    table = next(one for one in item.tables if one.name == "文書勧奨")
    rows = tuple(
        tuple(replace(cell, formula=change(cell.formula)) if cell.formula else cell for cell in row)
        for row in table.cells
    )
    tables = tuple(replace(one, cells=rows) if one is table else one for one in item.tables)
    sections = tuple(
        replace(section, items=tuple(replace(i, tables=tables) if i is item else i for i in section.items))
        for section in plan.sections
    )
    return replace(plan, sections=sections)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (929.0, []),
        (928.0, [("CA01", YEAR)]),
        (930.0, [("CA01", YEAR)]),
        (709.0, [("CA02", YEAR)]),
        (288.0, [("CA02", YEAR)]),
        (710.0, [("CA01", YEAR)]),
    ],
)
def test_a_total_of_counts_is_exact(typed: float, expected: list[tuple[str, str]]) -> None:
    assert new(REZEPT, {YEAR: typed}, "CA") == expected


@pytest.mark.parametrize(("typed", "agrees"), [(244117.0, True), (244114.0, True), (244119.0, False)])
def test_a_total_of_amounts_in_thousands_may_be_off_by_their_rounding(typed: float, *, agrees: bool) -> None:
    at_total = [place for place in places(found(REZEPT, {TOTAL: typed}, "CA")) if place[1] == TOTAL]
    assert at_total == ([] if agrees else [("CA01", TOTAL)])


def test_which_part_is_left_out_is_not_told_where_two_are_alike() -> None:
    typed: dict[str, Value] = {"1-2-5!E34": 220.0, YEAR: 641.0}
    assert places(found(REZEPT, typed, "CA"))[-1] == ("CA01", YEAR)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("=F26/E26", []), ("=ROUND(F26/E26,2)", []), ("=F26/E26*0.9", [("CA01", RATE)])],
)
def test_a_formula_of_a_persons_own_counts_by_what_it_gives(
    formula: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    def typed(book: object) -> None:
        book["1-2-2"]["G26"] = formula  # type: ignore[index]

    assert places(checked(planted(tmp_path, typed), "CA")) == expected


@pytest.mark.parametrize(("part", "expected"), [(43089.0, []), (43090.0, [("CA04", "1-2-2!F26")])])
def test_a_part_may_be_as_large_as_its_whole(part: float, expected: list[tuple[str, str]]) -> None:
    assert new(GYOMU, {"1-2-2!F26": part}, "CA") == expected


def test_the_whole_is_told_where_it_is_the_unlikely_one() -> None:
    assert new(GYOMU, {"1-2-2!E26": 4308.0}, "CA") == [("CA04", "1-2-2!E26")]


def test_a_ratio_to_last_year_may_exceed() -> None:
    assert new(GYOMU, {"1-2-3!E36": 900000.0}, "CA") == []


@pytest.mark.parametrize(("bids", "expected"), [(16.0, []), (17.0, [("CA04", "3-4!E18")])])
def test_the_share_of_a_kpi_may_be_whole(bids: float, expected: list[tuple[str, str]]) -> None:
    assert new(KIKAKU, {"3-4!E18": bids}, "CA") == expected


def test_a_value_without_anything_behind_it_is_told() -> None:
    january = "2-4!G77"
    assert new(KIKAKU, {january: 0.1}, "CA") == [("CA05", january)]
    assert new(KIKAKU, {january: 0.1, "2-4!E77": 1000.0, "2-4!F77": 100.0}, "CA") == []


def test_a_figure_that_no_longer_follows_is_told() -> None:
    (finding,) = [one for one in found(KIKAKU, {"2-4!E70": 2500.0}, "CA") if one.code == "CA01"]
    assert (f"{finding.sheet}!{finding.cell}", finding.expected) == (JUNE, "8.2％")
