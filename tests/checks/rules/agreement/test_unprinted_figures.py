"""Figures of tables that are not printed, where no sentence says their number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places
from tests.sample import sample_plan

HERE = "1-2-3!D17"


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("・13 件の改善依頼書を送付した。", True),
        ("・31 件の改善依頼書を送付した。", False),
        ("・31 人に改善依頼書を送付した。", True),
        ("・前年度は 13 件の改善依頼書を送付した。", False),
        ("・13 件の改善依頼書と 7 件の案内を送付した。", False),
        ("・13 件の依頼書を送付した。", False),
        ("・改善依頼書を送付した。", False),
    ],
)
def test_a_number_before_the_name_of_its_figure(text: str, is_found: bool) -> None:
    """文中の数値 has 改善依頼書の送付件数 31 件; no cross-check of the plan compares it here."""
    plan = replace(sample_plan(), cross_checks=())
    found = findings(BENEFITS, {"1-2-3 D17": text}, codes=("CO72",), plan=plan)
    assert places(found) == [("CO72", HERE)] * is_found


def test_both_sides_are_named() -> None:
    plan = replace(sample_plan(), cross_checks=())
    (one,) = findings(BENEFITS, {"1-2-3 D17": "・13 件の改善依頼書を送付した。"}, codes=("CO72",), plan=plan)
    assert (one.actual, one.expected) == ("13 件", "31 件")
    assert [source.sheet for source in one.related] == ["1-2-3"]


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("CO72",)) == []
