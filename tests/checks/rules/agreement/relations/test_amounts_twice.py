"""An amount of money in two units."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import CELL, ITEM, OFFICE, findings, said_of

_CODES = ("CO25",)
_HERE = f"{ITEM}!{CELL}"


@pytest.mark.parametrize(
    "text",
    [
        "委託費は680万円（680,000円）であった。",
        "効果額は780千円（780万円）であった。",
        "効果額は5.1億円（51,000千円）である。",
    ],
)
def test_a_contradiction_is_reported_in_its_line(text: str) -> None:
    ((code, place),) = said_of(text, *_CODES)
    assert code in _CODES
    assert place == _HERE


@pytest.mark.parametrize(
    "text",
    [
        "委託費は680万円（6,800,000円）であった。",
        "効果額は780千円（78万円）であった。",
        "経費は1,200千円（1,150千円）であった。",
        "予算は500万円（執行額480万円）である。",
        "予算は500万円（5,000千円執行）である。",
    ],
)
def test_what_agrees_is_silent(text: str) -> None:
    assert said_of(text, *_CODES) == []


def test_the_sample_has_none() -> None:
    assert findings(OFFICE, codes=_CODES) == []
