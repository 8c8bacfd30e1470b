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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("来場者は前年の280人に対して310人（前年比114.0％）であった。", True),
        ("来場者は前年の280人に対して310人（前年比110.7％）であった。", False),
        ("来場者は前年の280人に対して310人（前年比111％）であった。", False),
        ("来場者は前年の280人に対して310人（前年比10.7％増）であった。", False),
        ("来場者は前年の280人に対して310人（前年比9.7％増）であった。", True),
        ("来場者は310人で、前年の280人に対し101.7％となった。", True),
        ("来場者は310人で、前年の280人に対し110.7％となった。", False),
        ("来場者は310人、昨年度は280人で、対前年度比は98.2％である。", True),
        ("来場者は310人、昨年度は280人で、満足度は98.2％である。", False),
        ("来場者は310人、うち前年の参加者は280人で、前年比は98.2％である。", False),
        ("来場者は約310人、昨年度は280人で、対前年度比は98.2％である。", False),
        ("来場者は310人、昨年度の申込みは280件で、対前年度比は98.2％である。", False),
    ],
)
def test_a_ratio_to_last_year_beside_its_numbers(text: str, found: bool) -> None:
    assert said_of(f"・{text}", "CO") == [("CO66", "1-3!D9")] * found


def test_the_right_ratio_is_named() -> None:
    line = "・来場者は前年の280人に対して310人（前年比114.0％）であった。"
    (one,) = findings(OFFICE, {"1-3 D9": line}, codes=("CO66",))
    assert (one.actual, one.expected) == ("114.0％", "110.7％")
    assert one.message.startswith("310人は280人の 110.7％ ですが、「114.0％」とあります")
