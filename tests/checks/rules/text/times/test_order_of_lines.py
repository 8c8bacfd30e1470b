"""Lines that begin with dates, and one that is out of order."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, places

COMMITTEE = "個人情報保護委員会、コンプライアンス保護委員会を実施"


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("令和６年 6 月 12 日", True),
        ("令和６年 11 月 12 日", False),
        ("令和６年 10 月", False),
        ("令和６年 9 月", False),
        ("令和６年 7 月 1 日", True),
    ],
)
def test_one_line_out_of_order(date: str, found: bool) -> None:
    got = findings(OFFICE, {"3-3 D14": f"{date} {COMMITTEE}"}, codes=("WO131",))
    assert places(got) == [("WO131", "3-3!D14")] * found


def test_several_out_of_order_are_meant() -> None:
    lines = {"3-3 D10": f"令和６年 12 月 3 日 {COMMITTEE}", "3-3 D14": f"令和６年 5 月 1 日 {COMMITTEE}"}
    assert findings(OFFICE, lines, codes=("WO131",)) == []
