"""References to items, tables and annexes that are not there."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, places, said_of


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("1-9-9のとおりである。", True),
        ("詳細は1-9-9のとおりである。", True),
        ("詳細は1-2-2のとおりである。", False),
        ("１－９－９のとおりである。", True),
        ("4-2-1に記載した。", True),
        ("1-2-2に記載した。", False),
        ("1-2のとおり進めた。", False),
        ("1-9のとおり進めた。", True),
        ("表7のとおりである。", True),
        ("図３に示す。", True),
        ("実施結果（別紙2）を報告した。", True),
        ("（別添4参照）", True),
        ("別紙のとおりである。", False),
        ("支給要領の別紙2のとおり改めた。", False),
        ("「健診の手引き」の図3を参照するよう案内した。", False),
        ("様式1及び様式2を改めた。", False),
        ("10-12月のとおり進めた。", False),
        ("3-4人で討議した。", False),
        ("詳細は下表「債権回収率」のとおり。", True),
        ("回収の状況は「債権回収率」の表のとおり。", True),
        ("1-2-5の「債権回収率」の表を参照。", False),
        ("案内を「債権回収率」の表紙に付けた。", False),
        ("詳細は下表「返納の流れ」のとおり。", False),
    ],
)
def test_a_reference(text: str, is_wrong: bool) -> None:
    assert said_of(f"・{text}", "CO57") == [("CO57", "1-3!D9")] * is_wrong


def test_a_label_of_another_line() -> None:
    lines = {"1-3 D9": "・推移は図3のとおりである。", "1-3 D11": "図3　申請件数の推移"}
    assert findings(OFFICE, lines, codes=("CO57",)) == []


def test_the_label_is_named() -> None:
    (one,) = findings(OFFICE, {"1-3 D9": "・内訳は表7を参照。"}, codes=("CO57",))
    assert (
        one.message == "「表7」とありますが、その番号の表や図、別紙はありません（「・内訳は表7を参照。」）。"
    )
    assert places([one]) == [("CO57", "1-3!D9")]
