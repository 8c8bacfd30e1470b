"""What rounded numbers can stand for, and which typed values agree with it."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from kenpo_xl.domain.formulas.evaluate import Address, Group, cells_in_range, parse_formula, with_mapped_keys
from kenpo_xl.domain.formulas.intervals import (
    Interval,
    decimal_places,
    exact_interval,
    formula_interval,
    is_rounding_of_interval,
    rounding_interval,
    rounding_modes_that_give,
)
from kenpo_xl.domain.numbers.exact import DOWN, HALF_UP, UP


def between(low: str, high: str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


def given(formula: str, *row: Interval | None) -> Interval | None:
    """The formula over the cells A1, B1, C1 …"""

    def lookup(key: object) -> Sequence[Interval | None]:
        assert isinstance(key, Address)
        return [row[key.column - 1]]

    tree = with_mapped_keys(
        parse_formula(formula), lambda key: key, lambda group: Group(tuple(cells_in_range(group)))
    )
    return formula_interval(tree, lookup)


@pytest.mark.parametrize(
    ("value", "decimals", "low", "high"),
    [("24.45", 2, "24.445", "24.455"), ("7", 0, "6.5", "7.5"), ("1200", -2, "1150", "1250")],
)
def test_a_rounded_number_stands_for_half_a_unit_on_either_side(
    value: str, decimals: int, low: str, high: str
) -> None:
    assert rounding_interval(Decimal(value), decimals) == between(low, high)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("A1+B1", between("11", "23")),
        ("A1-B1", between("-19", "-7")),
        ("A1*B1", between("10", "60")),
        ("B1/A1", between(str(Decimal(10) / 3), "20")),
        ("-A1", between("-3", "-1")),
        ("SUM(A1:B1)", between("11", "23")),
        ("AVERAGE(A1:B1)", between("5.5", "11.5")),
        ("MAX(A1:B1)", between("10", "20")),
        ("MIN(A1:B1)", between("1", "3")),
        ("COUNT(A1:B1)", between("2", "2")),
        ("RANK(A1,A1:B1)", between("2", "2")),
        ("RANK(A1,A1:B1,1)", between("1", "1")),
        ("IF(A1>B1,A1,B1)", between("1", "20")),
        ('IF(A1>B1,"",B1)', between("10", "20")),
        ("IFERROR(A1,B1)", between("1", "20")),
        ("ROUND(B1/4,0)", between("3", "5")),
        ("ROUNDDOWN(B1/4,0)", between("2", "5")),
        ("ROUNDUP(B1/4,0)", between("3", "5")),
    ],
)
def test_a_formula_gives_all_that_it_can_give(formula: str, expected: Interval) -> None:
    found = given(formula, between("1", "3"), between("10", "20"))
    assert found is not None
    assert abs(found.low - expected.low) < Decimal("1e-20")
    assert found.high == expected.high


def test_rounded_values_that_overlap_can_have_either_place() -> None:
    assert given("RANK(A1,A1:B1)", between("1", "3"), between("2", "4")) == between("1", "2")
    assert given("RANK(A1,A1:B1)", between("2", "2"), between("2", "2")) == between("1", "1")


def test_counted_numbers_stay_exact() -> None:
    found = given("A1/B1", exact_interval(Decimal(1)), exact_interval(Decimal(8)))
    assert found == exact_interval(Decimal("0.125"))


def test_an_empty_operand_gives_nothing_and_a_total_takes_what_is_filled() -> None:
    assert given("A1+B1", exact_interval(Decimal(1)), None) is None
    assert given("SUM(A1:B1)", exact_interval(Decimal(1)), None) == exact_interval(Decimal(1))
    assert given("SUM(A1:B1)", None, None) is None


@pytest.mark.parametrize(("low", "gives"), [("0", False), ("0.001", True)])
def test_a_divisor_that_may_be_0_gives_nothing(low: str, *, gives: bool) -> None:
    assert (given("1/A1", between(low, "1")) is not None) is gives


EXACT = Decimal(205) / 2307  # 0.08886…


@pytest.mark.parametrize(
    ("typed", "roundings"),
    [
        ("0.089", {HALF_UP, UP}),
        ("0.088", {DOWN}),
        ("0.0889", {HALF_UP, UP}),
        ("0.0888", {HALF_UP, DOWN, UP}),
        ("0.09", set()),
        ("0.087", set()),
    ],
)
def test_which_roundings_give_a_typed_rate(typed: str, roundings: set[str]) -> None:
    """0.0888 is cut off at four places, and shown as 8.9 ％ as the exact value is."""
    assert rounding_modes_that_give(Decimal(typed), EXACT, 3) == roundings


@pytest.mark.parametrize(
    ("typed", "agrees"), [("54.70", False), ("54.71", True), ("54.73", True), ("54.74", False)]
)
def test_a_total_of_rounded_parts_may_be_off_by_their_rounding(typed: str, *, agrees: bool) -> None:
    total = given("A1+B1", rounding_interval(Decimal("24.45"), 2), rounding_interval(Decimal("30.27"), 2))
    assert total == between("54.71", "54.73")
    assert is_rounding_of_interval(Decimal(typed), total, 2) is agrees


@pytest.mark.parametrize(("typed", "agrees"), [("54.71", False), ("54.72", True), ("54.73", False)])
def test_a_total_of_counted_parts_is_exact(typed: str, *, agrees: bool) -> None:
    assert is_rounding_of_interval(Decimal(typed), exact_interval(Decimal("54.72")), 2) is agrees


@pytest.mark.parametrize(("written", "places"), [("100", 0), ("0.50", 1), ("0.965", 3), ("1E+2", 0)])
def test_places_behind_the_point(written: str, places: int) -> None:
    assert decimal_places(Decimal(written)) == places
