"""Targets that follow from final values of earlier years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.targets.relative_targets import Basis, RelativeTarget

PAST = {2021: Decimal(120), 2022: Decimal(90), 2023: Decimal(100), 2024: Decimal(80), 2025: Decimal(999)}
LAST_YEAR = RelativeTarget(Basis.LAST_YEAR)


@pytest.mark.parametrize(
    ("target", "at_least", "at_most"),
    [
        (LAST_YEAR, "80", "80"),
        (RelativeTarget(Basis.LAST_YEAR, factor=Decimal("1.03")), "82.40", "82.40"),
        (RelativeTarget(Basis.LAST_YEAR, addend=Decimal(-5)), "75", "75"),
        (RelativeTarget(Basis.BETTER_OF_LAST_AND_MEAN), "90", "80"),
        (RelativeTarget(Basis.MEAN), "90", "90"),
        (RelativeTarget(Basis.BEST), "120", "80"),
    ],
)
def test_values(target: RelativeTarget, at_least: str, at_most: str) -> None:
    assert target.value(PAST, 2025, Direction.AT_LEAST) == Decimal(at_least)
    assert target.value(PAST, 2025, Direction.AT_MOST) == Decimal(at_most)


@pytest.mark.parametrize(
    ("basis", "missing", "is_known"),
    [
        (Basis.LAST_YEAR, 2023, True),
        (Basis.LAST_YEAR, 2024, False),
        (Basis.MEAN, 2022, False),
        (Basis.MEAN, 2021, True),
        (Basis.BEST, 2024, True),
    ],
)
def test_a_year_that_is_needed(basis: Basis, missing: int, is_known: bool) -> None:
    past = {year: value for year, value in PAST.items() if year != missing}
    value = RelativeTarget(basis).value(past, 2025, Direction.AT_LEAST)
    assert (value is not None) is is_known


def test_the_best_of_no_year_is_unknown() -> None:
    assert RelativeTarget(Basis.BEST).value({2025: Decimal(1)}, 2025, Direction.AT_LEAST) is None


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (LAST_YEAR, "前年度"),
        (RelativeTarget(Basis.LAST_YEAR, factor=Decimal("1.03")), "前年度の103％"),
        (RelativeTarget(Basis.LAST_YEAR, addend=Decimal(5)), "前年度+5"),
        (RelativeTarget(Basis.LAST_YEAR, addend=Decimal("-0.015")), "前年度-0.015"),
    ],
)
def test_in_words(target: RelativeTarget, words: str) -> None:
    assert str(target) == words
