"""Running totals where the number of one month or quarter belongs."""

from __future__ import annotations

import pytest

from tests.checks.clerk import KIKAKU, REZEPT, new

CODE = "TI18"


@pytest.mark.parametrize(
    ("value", "is_total"),
    [
        (13_798.0, True),
        (9_728.0 + 2_432.0 * 2, True),
        (9_728.0, False),
        (5_600.0, False),
        (30_000.0, False),
    ],
)
def test_a_quarter_with_the_total_so_far(value: float, is_total: bool) -> None:
    assert new(REZEPT, {"1-2-5!G39": value}, CODE) == [(CODE, "1-2-5!G39")] * is_total


def test_a_month_with_the_total_so_far() -> None:
    assert new(KIKAKU, {"2-4!E76": 9_127.0}, CODE) == [(CODE, "2-4!E76")]
    assert new(KIKAKU, {"2-4!E76": 2_800.0}, CODE) == []


def test_the_sample_has_none() -> None:
    assert new(REZEPT, {}, CODE) == []
