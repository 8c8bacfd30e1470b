"""Numbers that are not beyond the limit right behind them."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import CELL, ITEM, said_of


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("参加者は2,415人と2,500人を超えた。", True),
        ("参加者は2,500人と2,500人を超えた。", False),
        ("参加者は2,501人と2,500人を超えた。", False),
        ("相談は118件で、120件を大きく上回った。", True),
        ("相談は118件で、120件を下回った。", False),
        ("回答率は61.2％となり、6割に届かなかった。", True),
        ("回答率は58.1％となり、6割に届かなかった。", False),
        ("来場者は98名で、100名に達した。", True),
        ("来場者は98名で、100名には達しなかった。", False),
        ("来場者は約98名で、100名を超えた。", False),
        ("目標は120名で、150名を超えた。", False),
        ("来場者は95名となり、満足度は8割を超えた。", False),
    ],
)
def test_a_number_and_its_limit(text: str, is_wrong: bool) -> None:
    assert said_of(text, "CO106") == [("CO106", f"{ITEM}!{CELL}")] * is_wrong
