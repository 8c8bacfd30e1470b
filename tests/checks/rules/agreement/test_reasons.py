"""Numbers and claims in the reasons of ratings, against the KPIs and tables."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.checks.rules.ratings.test_ratings_in_text import rated
from tests.checks.text_cases import RECEIPTS, findings, places

_CODES = ("CO07", "CO17", "CO18", "CO56", "CO73", "CO78", "RA21")
_REASON = "1-2-4!K23"


def _said_of_reason(reason: str, codes: Iterable[str] = _CODES) -> list[tuple[str, str]]:
    """What is found of the reason beside the ◎ of レセプト点検: 16,893円 of 10,123円."""
    book = rated(RECEIPTS, ("1-2-4", "6", "◎", reason))
    return places(findings(RECEIPTS, codes=codes, book=book))


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("再審査レセプト1件当たりの査定額が16,983円となったため。", "CO18"),
        ("再審査レセプト1件当たりの査定額が目標を下回ったため。", "CO56"),
        ("高額な査定が続き、1件当たり16,983円と目標の10,123円を大きく上回った。", "CO73"),
        ("再審査レセプト1件当たりの査定額は目標を5,770円上回ったため。", "CO78"),
        ("再審査レセプト1件当たりの査定額は16,893円で、目標の10,629円に達したため。", "CO17"),
        ("再審査レセプト1件当たりの査定額の目標10,132円を大きく上回ったため。", "CO17"),
    ],
)
def test_a_wrong_reason_is_reported_in_its_cell(reason: str, code: str) -> None:
    assert _said_of_reason(reason) == [(code, _REASON)]


@pytest.mark.parametrize(
    "reason",
    [
        "再審査レセプト1件当たりの査定額が16,893円となったため。",
        "再審査レセプト1件当たりの査定額が目標を上回ったため。",
        "再審査レセプト1件当たりの査定額は目標を6,770円上回ったため。",
        "再審査レセプト1件当たりの査定額の目標10,123円を大きく上回ったため。",
        "再審査レセプト1件当たりの査定額は16,893円で、目標の10,123円に達したため。",
        "査定率は0.149％で、目標の0.185％に達していないものの、査定額が上回ったため。",
        "外来の査定は 50 円で、目標の 40 円に達したため。",
        "高額な査定が続き、目標の1.5倍を超えたため。",
        "高額な査定が続き、1件当たり16,893円と目標の10,123円を大きく上回った。",
    ],
)
def test_a_right_reason_is_silent(reason: str) -> None:
    assert _said_of_reason(reason) == []
