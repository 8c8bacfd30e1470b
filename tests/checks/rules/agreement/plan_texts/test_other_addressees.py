"""A line with the words of its plan, but for who they are about."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places


@pytest.mark.parametrize(
    ("group", "place", "text", "found"),
    [
        (OFFICE, "2-3-1 D11", "・６月から、高齢者を扶養する親世代に冊子を配付した。", True),
        (OFFICE, "2-3-1 D11", "・６月から、乳幼児を扶養する親世代に冊子を配付した。", False),
        (OFFICE, "2-3-1 D11", "・６月から、高齢者の世帯に冊子を配付した。", False),
        (HEALTH, "2-2-4 D9", "1）受診者に対する受診勧奨", True),
        (HEALTH, "2-2-4 D9", "1）未治療者に対する受診勧奨", False),
    ],
)
def test_another_of_the_same_kind(group: str, place: str, text: str, found: bool) -> None:
    got = findings(group, {place: text}, codes=("CO132",))
    assert places(got) == [("CO132", place.replace(" ", "!"))] * found


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("CO132",)) == []
