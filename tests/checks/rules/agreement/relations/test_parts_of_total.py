"""Totals with their breakdown, and what is left of them."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import CELL, ITEM, OFFICE, findings, said_of

_CODES = ("CO23", "CO24")
_HERE = f"{ITEM}!{CELL}"


@pytest.mark.parametrize(
    "text",
    [
        "相談は133件で、内訳は電話64件、窓口48件、メール20件であった。",
        "参加者198名の内訳は、男性64名、女性67名、無回答58名である。",
        "受講者は230名（うち製造業66名、運輸業88名、その他66名）であった。",
        "対象の107社のうち56社を訪問し、未訪問は61社となった。",
        "254件の照会に対し88件の回答があり、156件が未回答である。",
        "申込みのあった188名中78名が出席し、欠席は104名であった。",
        "在庫248部から213部を配布し、残部は45部である。",
    ],
)
def test_a_contradiction_is_reported_in_its_line(text: str) -> None:
    ((code, place),) = said_of(text, *_CODES)
    assert code in _CODES
    assert place == _HERE


@pytest.mark.parametrize(
    "text",
    [
        "相談は132件で、内訳は電話64件、窓口48件、メール20件であった。",
        "受講者は120名（うち製造業50名、運輸業30名）であった。",
        "相談120件の内訳は、電話80件、窓口30件などである。",
        "相談は120件で、主な内訳は電話80件、窓口30件であった。",
        "相談は120件で、内訳は電話80件（うち土曜10件）、窓口40件であった。",
        "対象の107社のうち56社を訪問し、未訪問は51社となった。",
        "254件の照会に対し88件の回答があり、166件が未回答である。",
        "265件を受け付け、200件を処理し、60件を処理中、5件は取下げであった。",
        "100社に送付し、3社が宛先不明で、未提出は17社となった。",
        "100社に依頼し、うち80社から回答があり、未回答の20社に督促した。",
    ],
)
def test_what_agrees_is_silent(text: str) -> None:
    assert said_of(text, *_CODES) == []


def test_the_sample_has_none() -> None:
    assert findings(OFFICE, codes=_CODES) == []
