"""How many there are of all, in one line and in several."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, places, said_of


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("・全46支部で実施した。", True),
        ("・全国47支部で実施した。", False),
        ("・12支部で実施した。", False),
        ("・48都道府県のデータを用いた。", True),
    ],
)
def test_all_branches_and_prefectures(text: str, is_wrong: bool) -> None:
    assert said_of(text, "CO44") == [("CO44", "1-3!D9")] * is_wrong


@pytest.mark.parametrize(("count", "is_wrong"), [(62, True), (63, False)])
def test_the_rarer_number_of_the_book(count: int, is_wrong: bool) -> None:
    lines = {
        "1-3 D9": "・県内63市町村に送付した。",
        "2-3-1 D9": "・県内63市町村へ案内した。",
        "2-3-1 D10": f"・県内{count}市町村を訪問した。",
    }
    found = findings(OFFICE, lines, codes=["CO44"], neighbours=False)
    assert places(found) == [("CO44", "2-3-1!D10")] * is_wrong
