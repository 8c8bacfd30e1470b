"""Days in cells that a sentence quotes as done, before they have come."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, findings, places, with_figure


@pytest.mark.parametrize(
    ("item", "row", "day", "cell"),
    [
        ("2-2-5", 0, "1 月 22 日", "E22"),
        ("2-2-5", 0, "令和 7 年 3 月 2 日", "E22"),
        ("2-2-4", 7, "2 月", "E30"),
        ("2-2-2", 5, "1 月 9 日から 1 月 31 日", "E86"),
        ("2-2-5", 0, "12 月 31 日", ""),
        ("2-2-2", 5, "12 月 9 日から 1 月 31 日", ""),
        ("2-2-5", 0, "随時", ""),
    ],
)
def test_a_day_to_come_is_found_in_its_cell(item: str, row: int, day: str, cell: str) -> None:
    book = with_figure(HEALTH, item, "文中の数値", row, 0, day)
    found = findings(HEALTH, codes=("TI27",), book=book)
    assert places(found) == [("TI27", f"{item}!{cell}")] * bool(cell)
