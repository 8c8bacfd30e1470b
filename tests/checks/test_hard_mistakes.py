"""The mistakes of the published report that are hard to see, without their words in 用語 of the plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, RECEIPTS, findings, places
from tests.sample import sample_plan

HARD = {
    BENEFITS: [("WO39", "1-2-2!D9")],
    RECEIPTS: [("CA02", "1-2-4!I29"), ("CA02", "1-2-4!I30")],
    HEALTH: [("WO10", "2-2-5!D11"), ("WO02", "2-2-5!D15")],
    OFFICE: [
        ("WO01", "2-3-3!D10"),
        ("WO12", "2-4!D24"),
        ("WO66", "2-4!D25"),
        ("CO12", "2-4!G47"),
        ("CA03", "2-4!G68"),
        ("CO11", "3-1!D10"),
        ("WO39", "3-3!D12"),
        ("WO39", "3-3!D16"),
    ],
}
"""日時で管理; two totals; two dates, 12 月 20; 令和 7 月, 向け対し, 健康保険だより, no copies, cut off,
3-1 and 3-2, コンプライアンス保護委員会, リスク管理員会."""


@pytest.mark.parametrize("group", HARD)
def test_each_is_found_in_its_cell(group: str) -> None:
    plan = replace(sample_plan(), terms=())
    found = places(findings(group, codes=("CA", "CO", "WO"), plan=plan))
    assert [one for one in HARD[group] if one not in found] == []
