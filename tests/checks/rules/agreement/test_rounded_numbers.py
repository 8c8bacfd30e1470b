"""Rounded numbers of sentences against the figures that they are said to be."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("返納対象は約9,100件である。", True),
        ("返納対象は約900件である。", False),
        ("返納対象はおよそ 90 件であった。", True),
        ("返納対象はおおむね 90 件であった。", True),
        ("返納対象はおおむね 900 件であった。", False),
        ("返納対象は約1,000件である。", False),
        ("返納対象は約1,300件である。", True),
        ("返納対象は約1千件である。", False),
        ("返納対象は約1万件である。", True),
        ("返納対象は約 1 万件である。", True),
        ("返納対象の1万件以上を確認する。", False),
        ("返納対象は約90件増加した。", False),
        ("返納対象の目標は約9,100件である。", False),
        ("返納対象の差は約9,100件である。", False),
        ("返納対象のほかに約9,100件を点検した。", False),
        ("県内の返納対象は約9,100件である。", False),
    ],
)
def test_a_number_behind_about(text: str, is_wrong: bool) -> None:
    found = findings(BENEFITS, {"1-2-3 D9": f"・{text}"}, codes=("CO62",))
    assert places(found) == [("CO62", "1-2-3!D9")] * is_wrong


@pytest.mark.parametrize("group", [OFFICE, HEALTH, BENEFITS, RECEIPTS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=("CO62",)) == []
