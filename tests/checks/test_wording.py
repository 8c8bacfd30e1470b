"""Words that are not preferred and sentences left half written, in the cell of their line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenpo_xl.domain.crosschecks import Term
from tests.checks.planted import sample_plan
from tests.checks.text_cases import BENEFITS, OFFICE, findings, places, said_of

HERE = "1-3!D11"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("・メルマガで周知した。", True),
        ("・メールマガジンで周知した。", False),
        ("・ＨＰに掲載した。", True),
        ("・HPVワクチンを勧めた。", False),
        ("・ホームページに掲載した。", False),
        ("・前年度の 4 半期ごとに実施。", True),
        ("・第14半期", False),
        ("・特定検診を実施。", True),
    ],
)
def test_a_variant_is_a_word_of_its_own(text: str, told: bool) -> None:
    assert said_of(text, "WO08") == [("WO08", HERE)] * told


@pytest.mark.parametrize(("text", "told"), [("扶養者の確認", True), ("被扶養者の確認", False)])
def test_a_variant_within_a_preferred_word_is_fine(text: str, told: bool) -> None:
    plan = replace(sample_plan(), terms=(Term("被扶養者", ("扶養者",)),))
    found = findings(OFFICE, {"1-3 D11": text}, codes=("WO08",), plan=plan)
    assert places(found) == [("WO08", HERE)] * told


def test_one_finding_a_sheet_names_the_other_cells() -> None:
    found = [one for one in findings(OFFICE, codes=("WO08",)) if one.sheet == "3-3"]
    assert [(one.cell, one.actual, one.expected) for one in found] == [
        ("D12", "コンプライアンス保護委員会", "コンプライアンス委員会"),
        ("D16", "リスク管理員会", "リスク管理委員会"),
    ]
    assert "（ほかに D13、D14、D15）" in found[0].message


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("・令和5年下期の自主点検", "WO09", True),
        ("・令和5年度下期の自主点検", "WO09", False),
        ("・令和６年第２四半期", "WO09", True),
        ("・５月 28 日に協議会を 7 月 24 日に、部会を開催した。", "WO10", True),
        ("・5月28日に協議会を、7月24日に部会を開催した。", "WO10", False),
        ("・今月下旬に勧奨を予定。", "WO11", True),
        ("・毎月、今月号を送付。", "WO11", False),
        ("・1月下旬に勧奨を予定。", "WO11", False),
        ("・事業所向け対し、案内した。", "WO12", True),
        ("・事業所向けに案内し、事業所に対し説明した。", "WO12", False),
        ("・電話勧奨件数：　　　事業所", "WO13", True),
        ("・電話勧奨件数：　12 事業所", "WO13", False),
        ("・勧奨文書を（　　）件送付", "WO13", True),
        ("・勧奨文書を（再送）件数の多い順に送付", "WO13", False),
        ("・勧奨文書を○○件送付", "WO13", True),
        ("・勧奨文書を〇件送付", "WO13", False),
    ],
)
def test_what_was_left_half_written(text: str, code: str, told: bool) -> None:
    assert said_of(text, code) == [(code, HERE)] * told


def test_a_quote_is_short() -> None:
    text = "・" + "長い話" * 20 + "を健康保険委員向け対し、説明した。"
    found = [one for one in findings(OFFICE, {"1-3 D11": text}, codes=("WO",)) if one.cell == "D11"]
    assert found
    assert all(len(one.message) < 100 for one in found)


def test_the_sample() -> None:
    assert places(findings(BENEFITS, codes=("WO",))) == [
        ("WO08", "1-2-2!D11"),
        ("WO08", "1-2-2!D14"),
        ("WO08", "1-2-2!D17"),
        ("WO11", "1-2-3!D24"),
    ]
