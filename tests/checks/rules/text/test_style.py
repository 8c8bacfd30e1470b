"""Another style than that of the other lines, and wrong numbers of lists."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, OFFICE, findings, places, rewritten, said_of, submissions

HERE = "1-3!D9"


def test_a_polite_line_among_plain_ones_is_found() -> None:
    assert said_of("・説明会を開催しました。", "WO23") == [("WO23", HERE)]
    assert said_of("・説明会を開催した。", "WO23") == []
    assert said_of("・「参加してよかったです」との声があった。", "WO23") == []
    assert said_of("・案内に「参加は無料です。お申し込みください。」と記載した。", "WO23") == []
    assert said_of("・案内に「参加は無料です。」と記載しました。", "WO23") == [("WO23", HERE)]


def test_a_plain_line_among_polite_ones_is_found() -> None:
    own = submissions()[OFFICE]
    polite = {
        f"{item.item} {line.source.cell}": "・制度を説明しました。事業所を訪問しました。"
        for item in own.items
        for line in item.lines
        if line.source and "。" in line.text and line.kind == "文"
    }
    book = rewritten(own, polite | {"1-3 D9": "・説明会を開催した。"})
    assert places(findings(OFFICE, book=book, codes=["WO23"])) == [("WO23", HERE)]


def test_numbers_of_a_list_follow_each_other() -> None:
    assert findings(HEALTH, codes=["WO24"]) == []
    twice = {"2-2-2 D16": "1） 新規健診実施機関を公募。"}
    (finding,) = findings(HEALTH, twice, codes=["WO24"])
    assert (finding.cell, finding.actual, finding.expected) == ("D16", "1", "3")
    skipped = {"2-2-2 D16": "４） 新規健診実施機関を公募。"}
    assert places(findings(HEALTH, skipped, codes=["WO24"])) == [("WO24", "2-2-2!D16")]


def test_a_list_may_begin_anew() -> None:
    assert findings(HEALTH, {"2-2-2 D16": "新規健診実施機関を公募。"}, codes=["WO24"]) == []


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("2-2-2 D10", "4） 健診・保健指導カルテ等から電話勧奨を実施。"),
        ("2-2-2 D20", "４）対象者が 10 人以上の事業所を対象とした。"),
        ("2-2-4 D9", "3）未治療者に対する受診勧奨"),
        ("2-2-3 D22", "5）集団健診で同日に実施した。"),
    ],
)
def test_a_list_begins_with_one(cell: str, text: str) -> None:
    (finding,) = findings(HEALTH, {cell: text}, codes=["WO24"])
    assert (f"{finding.sheet} {finding.cell}", finding.expected) == (cell, "1")
