"""Months and quarters that all hold one number."""

from __future__ import annotations

import pytest

from tests.checks.clerk import KIKAKU, new

ROWS = range(69, 77)
"""文書勧奨 from May to December: E 送付件数, F 登録者数."""


@pytest.mark.parametrize(
    ("column", "value", "other", "is_found"),
    [
        ("E", 1_107.0, 1_107.0, True),
        ("E", 1_107.0, 1_108.0, False),
        ("E", 1_100.0, 1_100.0, False),  # a round number
        ("F", 103.0, 103.0, False),  # who is registered is a level
    ],
)
def test_months_that_are_all_equal(column: str, value: float, other: float, is_found: bool) -> None:
    typed = {f"2-4!{column}{row}": value for row in ROWS}
    typed[f"2-4!{column}72"] = other
    assert new(KIKAKU, dict(typed), "TI25") == [("TI25", f"2-4!{column}69")] * is_found


def test_copies_may_be_the_same_in_all_months() -> None:
    typed = {f"2-4!I{row}": 2_210.0 for row in range(35, 52, 2)}
    assert new(KIKAKU, dict(typed), "TI25") == []
