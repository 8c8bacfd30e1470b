"""Differences that sentences state, against the numbers that they are of."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("照会件数は前年同期より3,395件減少した。", True),
        ("照会件数は前年同期より3,359件減少した。", False),
        ("照会件数は前年同期と比べ３，３９５件の減少となった。", True),
        ("照会件数は前年同期より約3,400件減少した。", False),
        ("照会件数は前年同期より22％減少した。", False),
        ("電話の照会件数は前年同期より3,395件減少した。", False),
        ("照会件数は前回より3,395件減少した。", False),
    ],
)
def test_a_difference_to_last_year(text: str, is_wrong: bool) -> None:
    """12,377 after 15,736."""
    found = findings(BENEFITS, {"1-2-3 D25": f"・{text}"}, codes=("CO65",))
    assert places(found) == [("CO65", "1-2-3!D25")] * is_wrong


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("照会件数は前年同期比3,359件増となった。", True),
        ("照会件数は前年同期比3,359件減となった。", False),
        ("照会件数は前年同期比+3,359件であった。", True),
        ("照会件数は前年同期比▲3,359件であった。", False),
        ("照会件数は前年同期比▲3,395件であった。", True),
        ("照会件数は前年同期比78.7％であった。", False),
        ("照会件数は、前年同期より 3,395 件少ない 12,377 件であった。", True),
        ("照会件数は、前年同期より 3,359 件多い 12,377 件であった。", True),
        ("照会件数は、前年同期より 3,359 件少ない 12,377 件であった。", False),
    ],
)
def test_a_difference_with_its_direction(text: str, is_wrong: bool) -> None:
    """12,377 after 15,736."""
    found = findings(BENEFITS, {"1-2-3 D25": f"・{text}"}, codes=("CO65",))
    assert places(found) == [("CO65", "1-2-3!D25")] * is_wrong


@pytest.mark.parametrize(
    ("cell", "text", "is_wrong"),
    [
        ("2-4 D25", "被保険者数割合は前年度末から1.1ポイント増加した。", True),
        ("2-4 D25", "被保険者数割合は前年度末から2.1ポイント増加した。", False),
        ("2-4 D25", "被保険者数割合は前年度末比+2.1ポイントとなった。", False),
    ],
)
def test_a_difference_to_the_end_of_last_year(cell: str, text: str, is_wrong: bool) -> None:
    """46.5 % after 44.4 %."""
    found = findings(OFFICE, {cell: f"・{text}"}, codes=("CO65",))
    assert places(found) == [("CO65", cell.replace(" ", "!"))] * is_wrong


def test_a_difference_of_the_result_of_a_kpi() -> None:
    """1.65 points in November; the KPI reads the table, whose own name is shorter."""
    lines = {"1-2-5 D22": "・返納金債権の回収率は前年同月を9.2ポイント上回った。"}
    assert places(findings(RECEIPTS, lines, codes=("CO65",))) == [("CO65", "1-2-5!D22")]


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("CO65",)) == []
