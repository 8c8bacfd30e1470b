"""Differences of two numbers as a reader computes them: of what is displayed, percents in points."""

from __future__ import annotations

from decimal import Decimal

from kenpo_xl.domain.numbers.exact import NumberFormat, rounded

POINTS = "ポイント"
_PLACES_OF_GENERAL = 4


def displayed_difference(value: Decimal | None, other: Decimal | None, style: NumberFormat) -> Decimal | None:
    """How far `value` is above `other` as both are displayed: percents in points, else in its unit.

    25.8 less 22.1 is 3.7 for a reader, whatever further places they have.
    """
    if value is None or other is None:
        return None
    difference = rounded_as_displayed(value, style) - rounded_as_displayed(other, style)
    return difference * (100 if style.is_percent else 1)


def difference_unit(style: NumberFormat) -> str:
    """The unit of a difference: ポイント for percents."""
    return POINTS if style.is_percent else style.unit


def rounded_as_displayed(value: Decimal, style: NumberFormat) -> Decimal:
    """`value` at the places that the format prints, a few where it prints all."""
    if style.is_general:
        return rounded(value, _PLACES_OF_GENERAL)
    return rounded(value, style.decimals + (2 if style.is_percent else 0) - 3 * style.scaling_comma_count)
