"""Another office's name where the own one's work is written, in the cell of its line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places
from tests.sample import sample_plan

CODE = "WO94"
CITY, SOCIETY, BRANCH = "緑川市", "青葉健康保険組合", "埼玉支部"


@pytest.mark.parametrize(
    ("branch", "text", "is_wrong"),
    [
        (BRANCH, "千葉支部では、引き続き職員への周知を図る。", True),
        (BRANCH, "・今後も京都支部として、健診の受診勧奨に取り組んでいく", True),
        (BRANCH, "今後も千葉支部の加入者の声を踏まえて取り組む。", True),
        (BRANCH, "今後も千葉支部のチラシを使って周知を図る。", False),
        (BRANCH, "今後も千葉支部の職員と連携して周知を図る。", False),
        (BRANCH, "埼玉支部では、引き続き職員への周知を図る。", False),
        (BRANCH, "当支部では、引き続き職員への周知を図る。", False),
        (BRANCH, "全国の支部では、引き続き職員への周知を図る。", False),
        (BRANCH, "全国支部では、引き続き職員への周知を図る。", False),
        (BRANCH, "医師会支部では、引き続き会員への周知を図る。", False),
        (BRANCH, "千葉支部では、職員への周知を図った。", False),
        (BRANCH, "千葉支部では、SNSで周知しており、引き続き参考とする。", False),
        (BRANCH, "千葉支部とは、引き続き共同で事業を進める。", False),
        (SOCIETY, "双葉健康保険組合では、引き続き事業所への周知を図る。", True),
        (SOCIETY, "青葉健康保険組合では、引き続き事業所への周知を図る。", False),
        (SOCIETY, "他健康保険組合では、引き続き事業所への周知を図る。", False),
        (CITY, "今後も緑山市の高齢者の声を踏まえて取り組む。", True),
        (CITY, "緑山市では、引き続き市民への周知を図る。", True),
        (CITY, "今後も緑川市の高齢者の声を踏まえて取り組む。", False),
        # a neighbour, whose name is not nearly the own
        (CITY, "桜台市では、引き続き市民への周知を図る。", False),
        (CITY, "今後も隣の緑山市と連携して取り組む。", False),
        (BRANCH, "これらの取組は、群馬支部のすべての職員が分担して進めている。", True),
        (BRANCH, "案内の文面は、千葉支部の担当者全員で見直した。", True),
        (BRANCH, "この取組は、千葉支部の事業計画に基づき進めている。", True),
        (BRANCH, "千葉支部の加入者に向けた案内文書を見直した。", True),
        (BRANCH, "群馬支部として、今後も取組を続けていく。", True),
        (BRANCH, "千葉支部の職員が講師を務めた。", False),
        (BRANCH, "千葉支部の職員全員に講師として出席いただいた。", False),
        (BRANCH, "千葉支部の加入者に向けた案内を参考に見直した。", False),
        (BRANCH, "埼玉支部のすべての職員が分担して進めている。", False),
        (BRANCH, "各支部の加入者に向けた案内文書を見直した。", False),
        (BRANCH, "県薬剤師会の川越支部の職員全員で配った。", False),
        (SOCIETY, "この取組は、双葉健康保険組合の事業計画に基づき進めている。", True),
        (SOCIETY, "案内は、青葉健康保険組合の担当者全員で見直した。", False),
        (CITY, "この取組は、緑山市の事業計画に基づき進めている。", True),
        (CITY, "この取組は、桜台市の事業計画に基づき進めている。", False),
        ("協会本部", "千葉支部では、引き続き職員への周知を図る。", False),
    ],
)
def test_another_office_is_found_in_its_cell(branch: str, text: str, is_wrong: bool) -> None:
    plan = replace(sample_plan(), branch=branch)
    found = findings(OFFICE, {"1-3 D9": text}, codes=(CODE,), plan=plan)
    assert places(found) == [(CODE, "1-3!D9")] * is_wrong


def test_the_finding_names_both() -> None:
    (found,) = findings(OFFICE, {"1-3 D9": "千葉支部では、引き続き職員への周知を図る。"}, codes=(CODE,))
    assert (found.actual, found.expected) == ("千葉支部", "埼玉支部")
    assert found.hint == "「埼玉支部」のことなら、名前を直すか消してください。"


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=(CODE,)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("・「千葉だより」で案内した。", ("千葉だより", "埼玉だより")),
        ("・千葉県内年金事務所に設置を依頼した。", ("千葉県内年金事", "埼玉県内年金事")),
        ("・健康経営群馬推進協議会に出席した。", ("群馬推進協", "埼玉推進協")),
        ("・「埼玉だより」で案内した。", None),
        ("・千葉県内の健診機関とも契約した。", None),
        ("・埼玉労働局と東京労働局に協力を求めた。", None),
        ("・近隣の「千葉だより」を参考にした。", None),
        ("・東京都内の事業所に勤める加入者に案内した。", None),
        ("・群馬県太田市の会場で開いた。", None),
        ("・千葉支部長と話し合った。", None),
    ],
)
def test_a_name_that_differs_by_the_prefecture_alone(text: str, names: tuple[str, str] | None) -> None:
    found = findings(OFFICE, {"1-3 D9": text}, codes=("WO95",))
    assert [(one.actual, one.expected) for one in found] == [names] * (names is not None)
