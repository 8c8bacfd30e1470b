"""Commas and points at the wrong digit of numbers in sentences."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places, said_of


@pytest.mark.parametrize(
    "number",
    [
        "609,91事業所",
        "６０９，９１事業所",
        "60991,000件",
        "2,,415人",
        "2,415,人",
        "13,7,98件",
        "12,3456 人",
        "1,234,56件",
        "43、089件",
        "43, 089件",
        "18.909 件",
        "1.234,567円",
        "0123件",
        "1２3社",
        "12.3.4％",
    ],
)
def test_a_wrong_place(number: str) -> None:
    found = findings(BENEFITS, {"1-2-3 D25": f"・通知書を{number}に送付した。"}, codes=("VA40",))
    assert places(found) == [("VA40", "1-2-3!D25")]


@pytest.mark.parametrize(
    "text",
    [
        "60,991事業所、1,234,567円、999件、1000件",
        "4,5月に12,13番の窓口で、第3,4,5回を行った。",
        "平均で18.909件であった。",
        "1人当たり1.234件であった。",
        "第1,2回の会議",
        "12,件数、1,415名",
        "0.149％、1.25倍",
        "12、345件の順に並ぶ。",
        "別紙1,2のとおり、10か所",
    ],
)
def test_a_right_place(text: str) -> None:
    assert findings(BENEFITS, {"1-2-3 D25": f"・{text}"}, codes=("VA40",)) == []


def test_one_mistake_is_one_finding() -> None:
    found = findings(
        HEALTH, {"2-2-3 D15": "初回面談実施者数：2,,415 人（令和 6 年 11 月末）"}, codes=("VA", "CO", "WO17")
    )
    assert [place for place in places(found) if place[1] == "2-2-3!D15"] == [("VA40", "2-2-3!D15")]


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("VA40",)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("説明会には 337 件が参加した。", True),
        ("説明会には 337 社、12 団体が参加した。", False),
        ("説明会には対象の 9 割が参加した。", False),
        ("案内チラシを 8,640 人配布した。", True),
        ("案内チラシを 8,640 部配布した。", False),
        ("案内チラシを 8,640 人に配布した。", False),
        ("窓口には 2,100 円の来訪者があった。", True),
        ("窓口には 2,100 人の来訪者があり、年収 130 円の表記を直した。", False),
        ("従業員数が 1,000 円以上の事業所に案内した。", True),
        ("従業員数が 1,000 人以上、年収が 1,000 円以上の事業所に案内した。", False),
        ("未宣言事業所（10,004 円）に対して勧奨を実施した。", True),
        ("未宣言事業所（80.5％）に対して勧奨を実施した。", False),
        ("123 円から申し込みがあった。", True),
        ("対象者の 20％に保健指導、40 歳に勧奨を実施した。", False),
        ("参加した職員は 64 円であった。", True),
        ("参加した職員は 64 人、参加費は 64 円であった。", False),
    ],
)
def test_a_unit_of_something_else(text: str, found: bool) -> None:
    assert said_of(f"・{text}", "WO83") == [("WO83", "1-3!D9")] * found
