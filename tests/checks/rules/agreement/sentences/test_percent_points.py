"""Differences of rates that are written in percent, in the cell of their line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import RECEIPTS, findings


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("査定率は 0.149％で、前年同月の 0.183％より 0.034％低下した。", "0.034ポイント"),
        ("査定率は前年同月より 0.034％低下した。", "0.034ポイント"),
        ("査定率は前年同月より 0.034 ポイント低下した。", ""),
        ("査定率は前年同月より 18.6％低下した。", ""),
        ("査定率は前年同月より 0.05％低下した。", ""),
        ("参加率は 60.1％から 63.2％へ 3.1％上昇した。", "3.1ポイント"),
        ("参加率は 60.1％から 63.2％へ 5.2％上昇した。", ""),
        ("参加率は 60.1％、満足と答えた方は 63.2％、その他は 3.1％であった。", ""),
    ],
)
def test_a_difference_in_percent(text: str, points: str) -> None:
    found = findings(RECEIPTS, {"1-2-4 D10": f"・{text}"}, codes=("CO94",))
    assert [(one.sheet, one.cell, one.expected) for one in found] == [("1-2-4", "D10", points)] * bool(points)
