"""The plan's own words and numbers, changed where a line quotes them."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, findings, said_of

HERE = "1-3!D9"


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("・一体化後も加入者が適切な保険診療を効果的かつ支障なく受けられるよう周知した。", True),
        ("・一体化後も加入者が適切な保険診療を効率的かつ支障なく受けられるよう周知した。", False),
        ("・一体化後も加入者が適切に保険診療を効率的かつ支障なく受けられるよう周知した。", False),
        ("・マイナンバーカードの健康保険証活用を推進するとともに、制度に係る広報を行った。", True),
        ("・マイナンバーカードの普及を推進するとともに、制度に係る広報を行った。", False),
    ],
)
def test_a_word_of_the_plan(text: str, is_wrong: bool) -> None:
    assert said_of(text, "CO41") == [("CO41", HERE)] * is_wrong


@pytest.mark.parametrize(("days", "is_wrong"), [("11", True), ("10", False)])
def test_a_number_of_the_plan(days: str, is_wrong: bool) -> None:
    text = f"・計画の「（受付日から {days} 営業日以内の支払い）を遵守する」に沿って処理した。"
    (*found,) = findings(BENEFITS, {"1-2-2 D9": text}, codes=["CO41"])
    assert [(one.actual, one.expected) for one in found] == [("11", "10")] * is_wrong
