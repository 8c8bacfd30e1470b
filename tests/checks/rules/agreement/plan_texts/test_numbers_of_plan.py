"""Numbers that a line gives as those of the plan, and sentences of the plan told as what was done."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings

CODES = ("CO41", "CO101", "CO102")


@pytest.mark.parametrize(
    ("group", "cell", "text", "codes"),
    [
        (BENEFITS, "1-2-2 D9", "受付日から7営業日以内の支払いを全件で守った。", ["CO101"]),
        (BENEFITS, "1-2-2 D9", "受付日から10営業日以内の支払いを全件で守った。", []),
        (BENEFITS, "1-2-2 D9", "計画では10営業日以内の支払いのところ、7営業日以内で支払った。", []),
        (BENEFITS, "1-2-2 D9", "7営業日以内に支払った件数が増えた。", []),
        (OFFICE, "3-3 D9", "計画では自主点検を年1回としている。", ["CO101"]),
        (OFFICE, "3-3 D9", "計画に掲げた自主点検（年4回）のうち、2回目までを終えた。", ["CO101"]),
        (OFFICE, "3-3 D9", "計画に掲げた自主点検（年2回）のうち、1回目を終えた。", []),
        (OFFICE, "3-3 D9", "計画のとおり、研修を年3回開催した。", []),
        (OFFICE, "3-3 D9", "計画どおり、法令等遵守の研修を年3回行うこととした。", []),
        (OFFICE, "2-4 D9", "計画に掲げた20歳代をターゲットとした広報を行った。", ["CO101"]),
        (OFFICE, "2-4 D9", "計画に基づき、40歳代に加え50歳代にも広報を行った。", []),
        (OFFICE, "2-4 D9", "計画に基づき、年12回のメールマガジンを配信した。", []),
        (BENEFITS, "1-2-2 D9", "サービススタンダード（5営業日以内）を守った。", ["CO101"]),
        (BENEFITS, "1-2-2 D9", "サービススタンダードを守り、平均6営業日以内で支払った。", []),
        (OFFICE, "3-4 D9", "計画のとおり、公告期間を10日以上確保した。", []),
        (OFFICE, "3-3 D9", "計画の年2回に加え、3回目の自主点検を行った。", []),
        (OFFICE, "2-1-2 D9", "プロジェクト対象5支部の手法を参考とした。", ["CO101"]),
        (OFFICE, "2-1-2 D9", "プロジェクト対象3支部の手法を参考とした。", []),
        (RECEIPTS, "1-2-5 D21", "計画に掲げた資格喪失後2か月以内の回収率の向上に努めた。", ["CO101"]),
        (RECEIPTS, "1-2-5 D21", "資格喪失後3か月以内に返納されたものが増えた。", []),
        (OFFICE, "3-3 D9", "自主点検（年2回）を確実に行い、法令等遵守を組織内に浸透させる。", ["CO102"]),
        (OFFICE, "3-3 D9", "自主点検（年2回）を確実に行い、法令等遵守を組織内に浸透させた。", []),
        (
            OFFICE,
            "3-3 D9",
            "「自主点検（年2回）を確実に行い、法令等遵守を組織内に浸透させる。」を目標とした。",
            [],
        ),
    ],
)
def test_what_is_said_of_the_plan(group: str, cell: str, text: str, codes: list[str]) -> None:
    item, _, at = cell.partition(" ")
    found = findings(group, {cell: f"・{text}"}, codes=CODES)
    assert [one.code for one in found if (one.sheet, one.cell) == (item, at)] == codes


@pytest.mark.parametrize("group", [BENEFITS, HEALTH, OFFICE, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("CO102", "CO101")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・第 2 期保健事業実施計画に基づき、勧奨した。", True),
        ("・第 3 期保健事業実施計画に基づき、勧奨した。", False),
        ("・第 2 期保健事業実施計画の評価を行い、勧奨の方法を改めた。", False),
    ],
)
def test_the_term_of_a_plan(text: str, found: bool) -> None:
    got = findings(HEALTH, {"2-2-5 D15": text}, codes=("CO101",))
    assert [(one.cell, one.expected) for one in got] == [("D15", "第3期")] * found
