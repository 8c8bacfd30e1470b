"""Brackets that do not pair, in the cell of their line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, findings, places, said_of

HERE = "1-3!D9"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・改善依頼書を送付。（令和 6 年度 31 件", True),
        ("・改善依頼書を送付。令和 6 年度 31 件）", True),
        ("・改善依頼書を送付。（令和 6 年度 31 件)", False),
        ("・「職場の健康診断）に合わせて勧奨。", True),
        ("・｢職場の健康診断」に合わせて勧奨。", False),
        ("1） 健診機関を公募", False),
        ("ア）健診機関を公募、イ）委託先を公募", False),
        ("①）健診機関を公募", False),
        ("計 31）件", True),
        ("・上記1）及び2）を実施", False),
    ],
)
def test_a_bracket_without_its_counterpart_is_found(text: str, *, found: bool) -> None:
    assert said_of(text, "WO16") == [("WO16", HERE)] * found


def test_brackets_of_two_kinds_are_one_finding() -> None:
    (finding,) = findings(BENEFITS, {"1-2-3 D17": "「改善依頼書）を送付した。"}, codes=["WO16"])
    assert "「「」が「）」で閉じられています" in finding.message
    assert "改善依頼書" in finding.message


def test_a_sentence_may_go_over_lines_of_its_block() -> None:
    over = {"2-2-2 D31": "（参考：令和 5 年度実施市町村 13 市町村、", "2-2-2 D32": "受診者数 1,658 人）"}
    assert findings(HEALTH, over, codes=["WO16"]) == []
    alone = {"2-2-2 D31": "（参考：令和 5 年度実施市町村 13 市町村"}
    assert places(findings(HEALTH, alone, codes=["WO16"])) == [("WO16", "2-2-2!D31")]


def test_a_list_marker_does_not_close_the_bracket_of_another_line() -> None:
    lines = {"2-2-2 D31": "（参考：令和 5 年度実施市町村", "2-2-2 D32": "2）受診者数 1,658 人"}
    assert places(findings(HEALTH, lines, codes=["WO16"])) == [("WO16", "2-2-2!D31")]
