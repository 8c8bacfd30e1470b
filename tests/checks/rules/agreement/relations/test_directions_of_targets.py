"""Targets whose 以上 or 以下 is turned round in a sentence (CO46)."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, OFFICE, RECEIPTS, findings, places

RATE = RECEIPTS, "1-2-5 D18"
BIDS = OFFICE, "3-4 D9"
OFFICES = HEALTH, "2-2-5 D14"


@pytest.mark.parametrize(
    ("place", "text", "is_wrong"),
    [
        (RATE, "返納金債権の回収率は目標の63.53％以下に向けて取り組んでいる。", True),
        (RATE, "返納金債権の回収率は目標の63.53％以上に向けて取り組んでいる。", False),
        (RATE, "返納金債権の回収率の目標は63.53％以下である。", True),
        (RATE, "返納金債権の回収率が63.53％を下回ることを目標に取り組む。", True),
        (RATE, "返納金債権の回収率が63.53％を上回ることを目標に取り組む。", False),
        (RATE, "目標（返納金債権の回収率 63.53％以下）に対する進捗を毎月確認している。", True),
        (BIDS, "一者応札案件の割合は15％以上を目標としている。", True),
        (BIDS, "一者応札案件の割合は15％以下を目標としている。", False),
        (BIDS, "目標の15％以上を達成した。", True),
        (OFFICES, "健康宣言事業所数1,270事業所以内を目指した。", True),
        # the result, another number, another unit
        (RATE, "返納金債権の回収率は目標の63.53％以下となった。", False),
        (RATE, "返納金債権の回収率は目標の63.53％を下回ることとなった。", False),
        (RATE, "返納金債権の回収率は60.00％以下に向けて取り組んでいる。", False),
        (OFFICES, "被保険者1,270人以下の事業所を目標に訪問した。", False),
    ],
)
def test_a_direction_against_the_plan(place: tuple[str, str], text: str, is_wrong: bool) -> None:
    group, line = place
    found = findings(group, {line: f"・{text}"}, codes=("CO46",))
    assert places(found) == [("CO46", line.replace(" ", "!"))] * is_wrong


@pytest.mark.parametrize(("side", "is_wrong"), [("以上", True), ("以下", False)])
def test_a_result_below_its_target_is_no_claim(side: str, is_wrong: bool) -> None:
    text = f"返納金債権の回収率は目標の63.53％{side}となった。"
    assert len(findings(RECEIPTS, {"1-2-5 D18": text}, codes=("CO56",))) == is_wrong


@pytest.mark.parametrize(
    ("group", "place", "text", "found"),
    [
        (RECEIPTS, "1-2-4 D11", "・査定率を前年度以下とするため、点検を徹底した。", True),
        (RECEIPTS, "1-2-4 D11", "・査定率を前年度以上とするため、点検を徹底した。", False),
        (RECEIPTS, "1-2-4 D11", "・残業時間を前年度以下とするため、分担を見直した。", False),
        (OFFICE, "3-4 D9", "・一者応札案件の割合を前年度以上とする目標に向け、周知した。", True),
    ],
)
def test_a_direction_without_a_number(group: str, place: str, text: str, found: bool) -> None:
    got = findings(group, {place: text}, codes=("CO46",))
    assert places(got) == [("CO46", place.replace(" ", "!"))] * found
