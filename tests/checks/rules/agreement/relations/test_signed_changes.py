"""Changes with a sign."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import CELL, ITEM, OFFICE, findings, said_of

_CODES = ("CO27",)
_HERE = f"{ITEM}!{CELL}"


@pytest.mark.parametrize(
    "text",
    [
        "来所者は前年度比＋34人の減少となった。",
        "来所者は前年度比▲11人と増加した。",
        "来所者は266人（前年度283人、＋17人）であった。",
        "来所者は284人（前年度273人、▲11人）であった。",
        "実施率は63.2％（前年度60.1％、＋5.1ポイント）であった。",
    ],
)
def test_a_contradiction_is_reported_in_its_line(text: str) -> None:
    ((code, place),) = said_of(text, *_CODES)
    assert code in _CODES
    assert place == _HERE


@pytest.mark.parametrize(
    "text",
    [
        "来所者は前年度比＋34人の増加となった。",
        "来所者は前年度比▲11人と減少した。",
        "来所者は284人（前年度273人、＋11人）であった。",
        "来所者は266人（前年度283人、▲17人）であった。",
        "実施率は63.2％（前年度60.1％、＋3.1ポイント）であった。",
        "来所者は▲11人の減少（前年度比）となった。",
    ],
)
def test_what_agrees_is_silent(text: str) -> None:
    assert said_of(text, *_CODES) == []


def test_the_sample_has_none() -> None:
    assert findings(OFFICE, codes=_CODES) == []
