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


@pytest.mark.parametrize(
    ("cell", "value", "is_total"),
    [
        ("1-2-5!G34", 929.0, True),  # 288, 421 and 220 more: 2.2 times 421
        ("1-2-5!G34", 880.0, False),
        ("1-2-5!G35", 95_292.0, True),  # money
        ("1-2-5!F40", 265.0, True),  # behind 138 alone: 265 of last year's 559 in half a year
        ("1-2-5!F40", 205.0, False),  # 1.5 times 138
        ("1-2-5!F39", 9_728.0, False),  # with 4,285 before it 1.36 times what last year gives
    ],
)
def test_the_total_so_far_of_other_rows(cell: str, value: float, is_total: bool) -> None:
    assert new(REZEPT, {cell: value}, CODE) == [(CODE, cell)] * is_total


def test_the_sample_has_none() -> None:
    assert new(REZEPT, {}, CODE) == []


@pytest.mark.parametrize(
    ("value", "is_more"),
    [
        (8_363.0, True),  # 4,343 and 3,882 before it, and 138 of its own
        (8_225.0, True),
        (8_224.0, False),
        (4_343.0 + 3_882.0 + 6_169.0, False),
    ],
)
def test_a_quarter_that_is_more_than_all_before(value: float, is_more: bool) -> None:
    assert new(REZEPT, {"1-2-5!H46": value}, "TI28") == [("TI28", "1-2-5!H46")] * is_more


def test_a_second_quarter_may_be_more_than_the_first() -> None:
    assert new(REZEPT, {"1-2-5!G46": 8_363.0}, "TI28") == []
