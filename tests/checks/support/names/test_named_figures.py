"""What the headers of a row or column name, beside the time, the total and the branch that they say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.checks.support.names.named_figures import parts_of_axis
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import Axis
from tests.checks.text_cases import RECEIPTS, findings, places, with_figure
from tests.sample import sample_plan


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("当年＞件数", ("件数",)),
        ("当年件数", ("件数",)),
        ("前年同期の金額", ("金額",)),
        ("当年加入者", ("当年加入者",)),
        ("前年比", ("前年比",)),
        ("前年件数比", ("前年件数比",)),
        ("実績", ()),
        ("実績値", ()),
        ("目安値", ("目安値",)),
        ("静岡支部", ()),
        ("当支部", ()),
        ("静岡", ("静岡",)),
        ("全国平均", ("全国平均",)),
    ],
)
def test_year_result_and_branch_are_no_name(name: str, parts: tuple[str, ...]) -> None:
    assert parts_of_axis(Axis(name, (name,)), "静岡支部") == parts


def test_without_a_branch_every_branch_is_a_name() -> None:
    assert parts_of_axis(Axis("静岡支部", ("静岡支部",))) == ("静岡支部",)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("査定率は全国2位であった。", True),
        ("査定率は全国で2位となった。", True),
        ("査定率は2位であった。", True),
        ("査定率の順位は2位であった。", True),
        ("査定率は全国3位であった。", False),
        ("査定率の全国順位は3位であった。", False),
        ("前年の査定率は全国2位であった。", False),
        ("査定率が全国2位の支部を訪ねた。", False),
        ("査定額は全国2位であった。", False),
    ],
)
def test_a_place_is_that_of_the_row_of_ranks(words: str, told: bool) -> None:
    """The third row of 査定率 as the rank, which is 3."""
    book = with_figure(RECEIPTS, "1-2-4", "査定率", 2, 0, Decimal(3))
    found = findings(RECEIPTS, {"1-2-4 D10": words}, codes=("CO07",), plan=_ranked(), book=book)
    assert places(found) == [("CO07", "1-2-4!D10")] * told


@pytest.mark.parametrize(("rank", "is_beyond"), [(47, False), (48, True)])
def test_no_branch_is_behind_the_last(rank: int, is_beyond: bool) -> None:
    book = with_figure(RECEIPTS, "1-2-4", "査定率", 2, 0, Decimal(rank))
    found = findings(RECEIPTS, codes=("CO54",), plan=_ranked(), book=book)
    assert places(found) == [("CO54", "1-2-4!E37")] * is_beyond


def _ranked() -> Plan:
    plan = sample_plan()
    item = next(one for one in plan.items if one.id == "1-2-4")
    table = next(one for one in item.tables if one.name == "査定率")
    *rows, last = table.rows
    *cells, (cell,) = table.cells
    ranks = replace(
        table,
        rows=(*rows, replace(last, name="順位", labels=("順位",))),
        cells=(*cells, (replace(cell, format=NumberFormat('0"位"')),)),
    )
    tables = tuple(ranks if one is table else one for one in item.tables)
    sections = tuple(
        replace(
            section, items=tuple(replace(one, tables=tables) if one is item else one for one in section.items)
        )
        for section in plan.sections
    )
    return replace(plan, sections=sections)
