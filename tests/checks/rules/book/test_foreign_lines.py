"""A line that is about another item of the plan."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places


@pytest.mark.parametrize(
    ("group", "place", "text", "other"),
    [
        (HEALTH, "2-2-5 D15", "・多部位、頻回傾向の強い施術所に対し、改善依頼書を送付した。", "1-2-3"),
        (RECEIPTS, "1-2-4 D13", "・健康宣言事業所を対象に、セミナーを開始した。", "2-2-5"),
        (BENEFITS, "1-2-3 D12", "・一般競争入札の公告期間を十分確保するよう、周知した。", "3-4"),
        (OFFICE, "3-1 D12", "・返納金債権の回収のため、支払督促を実施した。", "1-2-5"),
    ],
)
def test_the_other_item_is_named(group: str, place: str, text: str, other: str) -> None:
    (found,) = findings(group, {place: text}, codes=("ST35",))
    assert f"{found.sheet} {found.cell}" == place
    assert f"{other} の計画の文に合います" in found.message


@pytest.mark.parametrize(
    ("group", "place", "text"),
    [
        (BENEFITS, "1-2-3 D20", "・多部位、頻回傾向の強い施術所に対し、改善依頼書を送付した。"),
        (OFFICE, "1-3 D9", "・関係団体と連携し、説明会を開催した。"),
        (HEALTH, "2-2-5 D15", "・事業所カルテを発送した。"),
    ],
)
def test_a_line_of_its_own_item(group: str, place: str, text: str) -> None:
    assert findings(group, {place: text}, codes=("ST35",)) == []


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert places(findings(group, codes=("ST35", "ST36", "WO131"))) == []
