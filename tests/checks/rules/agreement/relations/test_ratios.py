"""Ratios to last year beside their two numbers."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import CELL, ITEM, said_of


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("来場者数は前年同期の13,206人から4.6％減の13,809人となった。", True),
        ("来場者数は前年同期の13,206人から15.4％増の13,809人となった。", True),
        ("来場者数は前年同期の13,206人から4.6％増の13,809人となった。", False),
        ("来場者数は前年の120人に対して150人（前年比115％）となった。", True),
        ("来場者数は前年の120人に対して150人（前年比125％）となった。", False),
        ("来場者数は前年の120人に対して150人（前年比25％増）となった。", False),
    ],
)
def test_a_ratio_is_that_of_its_numbers(text: str, is_wrong: bool) -> None:
    assert said_of(text, "CO66") == [("CO66", f"{ITEM}!{CELL}")] * is_wrong
