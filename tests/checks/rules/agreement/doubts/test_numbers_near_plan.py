"""Numbers that are called the plan's, or that a slip makes of one of the plan."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, findings, places


@pytest.mark.parametrize(
    ("group", "place", "sentence", "found"),
    [
        (HEALTH, "2-2-5 D14", "宣言を1,720事業所以上とする計画に向けて、勧奨を続ける。", True),
        (HEALTH, "2-2-5 D14", "宣言を1,270事業所以上とする計画に向けて、勧奨を続ける。", False),
        (HEALTH, "2-2-5 D14", "宣言を1,500事業所以上とする計画に向けて、勧奨を続ける。", True),
        (HEALTH, "2-2-5 D14", "宣言を1,500事業所以上に呼びかけた。", False),
        (HEALTH, "2-2-5 D14", "健康宣言事業所数を1,720事業所とするため、勧奨を続ける。", True),
        (BENEFITS, "1-2-2 D17", "受付日から30営業日以内の支払いを目標とし、進めている。", True),
        (BENEFITS, "1-2-2 D17", "受付日から10営業日以内の支払いを目標とし、進めている。", False),
        (BENEFITS, "1-2-2 D17", "当初は30営業日以内の支払いを目標としていた。", False),
    ],
)
def test_a_number_of_the_plan(group: str, place: str, sentence: str, found: bool) -> None:
    got = findings(group, {place: f"・{sentence}"}, codes=["CO118"])
    assert places(got) == [("CO118", place.replace(" ", "!"))] * found
