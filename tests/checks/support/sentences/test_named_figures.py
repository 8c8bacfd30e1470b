"""What the headers of a row or column name, beside the time, the total and the branch that they say."""

from __future__ import annotations

import pytest

from kenpo_xl.checks.support.sentences.named_figures import parts_of_axis
from kenpo_xl.domain.plan.table import Axis


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
