"""Quotients beside their two numbers."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import CELL, ITEM, OFFICE, findings, said_of

_CODES = ("CO21", "CO22")
_HERE = f"{ITEM}!{CELL}"


@pytest.mark.parametrize(
    "text",
    [
        "相談会を9回開催し、延べ198名（1回平均44名）が参加した。",
        "4会場で計196名が参加し、1会場当たり62名であった。",
        "8か月で136件の相談があり、月平均は27件である。",
        "訪問先は9人の職員で189事業所、一人当たり10事業所である。",
        "計画267件に対し実績331件（達成率80.7％）であった。",
        "送付387件、回答311件（回答率70.4％）。",
        "定員286名に対し応募は180名で、充足率は31.5％であった。",
        "参加者360名のうち326名がアンケートに回答し、回収率は75.6％だった。",
    ],
)
def test_a_contradiction_is_reported_in_its_line(text: str) -> None:
    ((code, place),) = said_of(text, *_CODES)
    assert code in _CODES
    assert place == _HERE


@pytest.mark.parametrize(
    "text",
    [
        "相談会を9回開催し、延べ198名（1回平均22名）が参加した。",
        "相談会を3回開催し、計91名（1回平均30.3名）が参加した。",
        "相談会を4回開催し、90名が参加した。1回当たりの平均は22名余りである。",
        "職員7人が3か月で420事業所を訪問し、一人当たり月20事業所である。",
        "10回開催し、1回目は50名、2回目以降は平均30名の参加であった。",
        "計画331件に対し実績267件（進捗率80.7％）であった。",
        "送付387件、回答311件（回答率80.4％）。",
        "120名に案内し、85名が受講し、受講後の満足率は92％であった。",
        "1,200人に送付し、300人が受診し、受診率は45％に上がった。",
        "120件送付し、60件の回答があり、回答率は前年の45％を上回った。",
    ],
)
def test_what_agrees_is_silent(text: str) -> None:
    assert said_of(text, *_CODES) == []


def test_the_sample_has_none() -> None:
    assert findings(OFFICE, codes=_CODES) == []
