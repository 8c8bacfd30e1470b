"""Lines that say the plan of another item in place of what was done."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, OFFICE, findings, places
from tests.sample import sample_plan


def plan_sentence(item: str) -> str:
    """The first sentence of an item's plan."""
    found = sample_plan().item(item)
    assert found is not None
    return found.blocks[0].sentences[0].strip("• ").partition("。")[0] + "。"


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        (plan_sentence("1-2-1"), True),
        (f"・{plan_sentence('1-2-1')}", True),
        (plan_sentence("3-4").replace("整備する。", "整備した。"), True),
        (plan_sentence("1-3"), False),
        (f"広報を行い、{plan_sentence('1-2-1')[:24]}こととし、冊子を配布したほか訪問も行った。", False),
        ("関係団体と連携し、周知を行った。", False),
    ],
)
def test_a_line_with_plan_text(text: str, is_wrong: bool) -> None:
    found = findings(OFFICE, {"1-3 D9": text}, codes=("CO58",))
    assert places(found) == [("CO58", "1-3!D9")] * is_wrong


def test_the_item_is_named() -> None:
    (one,) = findings(OFFICE, {"1-3 D9": plan_sentence("1-2-1")}, codes=("CO58",))
    assert one.message.endswith("は、1-2-1の計画の文です。")


@pytest.mark.parametrize(
    ("group", "place", "text", "is_wrong"),
    [
        (HEALTH, "2-2-2 D16", "3）新規健診機関の拡大を図る。", True),
        (HEALTH, "2-2-2 D16", "3）新規健診機関の拡大を図った。", False),
        (HEALTH, "2-2-3 D25", "・遠隔面談を活用した特定保健指導を実施する", True),
        (OFFICE, "2-1-2 D9", "・蓄積した分析手法に関するノウハウの活用を検討する。", True),
        (OFFICE, "2-1-2 D9", "・ノウハウの活用を検討する。", False),
    ],
)
def test_a_short_sentence_or_an_end_of_the_own_plan(
    group: str, place: str, text: str, is_wrong: bool
) -> None:
    found = findings(group, {place: text}, codes=("CO102",))
    assert places(found) == [("CO102", place.replace(" ", "!"))] * is_wrong
