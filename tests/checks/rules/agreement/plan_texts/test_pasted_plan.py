"""Lines that say the plan of another item in place of what was done."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, places
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
