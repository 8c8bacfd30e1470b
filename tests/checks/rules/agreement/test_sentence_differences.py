"""Differences that a sentence states beside the two numbers that they are of."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, said_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("参加率は63.2％（前年度60.1％、5ポイント増）となった。", True),
        ("参加率は63.2％（前年度60.1％、3.1ポイント増）となった。", False),
        ("参加率は63.2％（前年度60.1％、3.2ポイント増）となった。", False),
        ("参加率は63％（前年度60.1％、2.9ポイント増）となった。", False),
        ("参加率は前年度60.1％、今年度63.2％と、2.1ポイント伸びた。", True),
        ("参加率は前年度比5ポイント増の63.2％（前年度60.1％）となった。", True),
        ("来場者は310人（昨年度280人）で、20人増えた。", True),
        ("来場者は310人（昨年度280人）で、30人増えた。", False),
        ("残高は前年同月の120件より15件少ない110件となった。", True),
        ("参加率は63.2％（前年度60.1％）で、目標より5ポイント高い。", False),
        ("参加率は63.2％（前年度60.1％）で、来場は5人増えた。", False),
        ("参加率は63.2％（全国60.1％、5ポイント増）となった。", False),
        ("来場者は310人、申込みは280件、相談は20件増えた。", False),
    ],
)
def test_a_difference_beside_its_numbers(text: str, found: bool) -> None:
    assert said_of(f"・{text}", "CO") == [("CO55", "1-3!D9")] * found


def test_the_right_difference_is_named() -> None:
    line = "・参加率は63.2％（前年度60.1％、5ポイント増）となった。"
    (one,) = findings(OFFICE, {"1-3 D9": line}, codes=("CO55",))
    assert (one.actual, one.expected) == ("5ポイント", "3.1")
    assert one.message.startswith("63.2％と60.1％の差は 3.1 ですが、「5ポイント」とあります")
