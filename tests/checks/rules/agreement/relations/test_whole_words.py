"""All that are not all."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import CELL, ITEM, OFFICE, findings, said_of

_CODES = ("CO26",)
_HERE = f"{ITEM}!{CELL}"


@pytest.mark.parametrize(
    "text",
    [
        "職員全員（24名中21名）が受講した。",
        "すべての会場で実施した（160会場のうち155会場）。",
        "全職員が受講し、受講率は92％であった。",
    ],
)
def test_a_contradiction_is_reported_in_its_line(text: str) -> None:
    ((code, place),) = said_of(text, *_CODES)
    assert code in _CODES
    assert place == _HERE


@pytest.mark.parametrize(
    "text",
    [
        "職員全員（24名）が受講した。",
        "全職員が受講し、受講率は100％であった。",
        "全職員が受講し、理解度テストの正答率は92％であった。",
        "全事業所に送付し、回答率は85％であった。",
        "職員全員が受講する計画であり、受講率は85％である。",
        "全会場（160会場）のうち155会場で実施した。",
    ],
)
def test_what_agrees_is_silent(text: str) -> None:
    assert said_of(text, *_CODES) == []


def test_the_sample_has_none() -> None:
    assert findings(OFFICE, codes=_CODES) == []
