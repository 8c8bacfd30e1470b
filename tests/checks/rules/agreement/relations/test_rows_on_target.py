"""How many rows of a table reach their target, and what a sentence says of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.table import RowRating
from tests.checks.text_cases import BENEFITS, findings, places
from tests.sample import sample_plan


@cache
def _rated(direction: Direction = Direction.AT_LEAST) -> Plan:
    """The sample with 前年 as the target of 当年 in the two rows of 柔整照会."""
    plan = sample_plan()

    def item(found):  # type: ignore[no-untyped-def]
        rating = RowRating(column=2, target=1, result=0, direction=direction)
        tables = (replace(one, row_rating=rating) if one.name == "柔整照会" else one for one in found.tables)
        return replace(found, tables=tuple(tables))

    sections = tuple(replace(one, items=tuple(map(item, one.items))) for one in plan.sections)
    return replace(plan, sections=sections)


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("目標を達成した項目は2項目である。", True),
        ("目標を達成した項目は1項目である。", False),
        ("目標に届かなかった項目は2項目であった。", True),
        ("目標に届かなかったのは1項目であった。", False),
        ("目標に届かなかったのは2項目であった。", True),
        ("2項目が目標を達成した。", True),
        ("1項目で目標を達成し、1項目は目標に届かなかった。", False),
        ("2項目が目標を達成する見込みである。", False),
        ("前年は2項目が目標を達成した。", False),
        ("2項目の目標を定めた。", False),
    ],
)
def test_rows_that_reach_their_target(text: str, is_wrong: bool) -> None:
    """請求件数 365,337 of 362,123, 照会件数 12,377 of 15,736."""
    found = findings(BENEFITS, {"1-2-3 D20": f"※ {text}"}, codes=("CO97",), plan=_rated())
    assert places(found) == [("CO97", "1-2-3!D20")] * is_wrong


def test_where_less_is_good_the_other_row_reaches_it() -> None:
    text = {"1-2-3 D20": "※ 目標を達成した項目は2項目である。"}
    (one,) = findings(BENEFITS, text, codes=("CO97",), plan=_rated(Direction.AT_MOST))
    assert (one.actual, one.expected) == ("2項目", "1項目")
    assert "表「柔整照会」" in one.message


def test_a_table_without_ratings_of_rows_is_not_counted() -> None:
    assert findings(BENEFITS, {"1-2-3 D20": "※ 目標を達成した項目は2項目である。"}, codes=("CO97",)) == []
