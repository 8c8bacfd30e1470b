"""Events of one name and number whose dates in two lines do not agree."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings

FIRST, LATER = "1-3 D9", "2-1-1 D9"


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("第2回健康づくり推進会議を10月8日に開催した。", "10月18日の第2回健康づくり推進会議で聞いた。", True),
        ("第2回健康づくり推進会議を10月8日に開催した。", "10月8日の第2回健康づくり推進会議で聞いた。", False),
        ("第2回健康づくり推進会議を10月に開催した。", "10月8日の第2回健康づくり推進会議で聞いた。", False),
        ("第2回健康づくり推進会議（10月8日）", "第1回健康づくり推進会議（11月8日）", True),
        ("第2回健康づくり推進会議（10月8日）", "第3回健康づくり推進会議（11月8日）", False),
        ("第2回健康づくり推進会議（10月8日）", "第2回広報企画推進会議（11月8日）", False),
        ("第2回会議（10月8日）", "第2回会議（11月8日）", False),
        ("第2回健康づくり推進会議（10月8日）", "前年度の第2回健康づくり推進会議（11月8日）", False),
    ],
)
def test_two_dates_of_one_event_are_one_finding(one: str, other: str, wrong: bool) -> None:
    found = findings(OFFICE, {FIRST: one, LATER: other}, codes=["WO57"])
    assert [(f"{at.sheet} {at.cell}", at.related[0].cell) for at in found] == [(LATER, "D9")] * wrong
