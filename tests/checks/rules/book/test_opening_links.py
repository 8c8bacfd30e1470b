"""A first line that joins words that are not there."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, OFFICE, RECEIPTS, findings, places


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・しかし、打合せを実施。", True),
        ("1) また、打合せを実施。", True),
        ("そのため、打合せを実施。", True),
        ("・また一部の会場で実施。", False),
        ("・毎月、打合せを実施。また、勉強会を開催。", False),
    ],
)
def test_a_link_at_the_head_of_a_block(text: str, found: bool) -> None:
    got = findings(RECEIPTS, {"1-2-4 D13": text}, codes=("ST36",))
    assert places(got) == [("ST36", "1-2-4!D13")] * found


def test_a_later_line_and_a_block_that_goes_on_may_begin_so() -> None:
    assert findings(HEALTH, {"2-2-2 D32": "また、県の会議で呼びかけた。"}, codes=("ST36",)) == []
    assert findings(OFFICE, {"1-3 D11": "・また、事業所に送付した。"}, codes=("ST36",)) == []
