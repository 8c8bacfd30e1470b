"""Units by the words of headers, and what shows that numbers are percentages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kenpo_xl.pipeline.adopt.grid import SourceCell
from kenpo_xl.pipeline.adopt.shape import NO, YES

LARGEST_FRACTION = Decimal("1.5")
"""A larger rate is a number of ％."""

_UNITS_BY_WORD = (("率", "％"), ("割合", "％"), ("件", "件"), ("人", "人"), ("者", "人"), ("回", "回"))
_MONEY = ("金額", "額", "費", "料", "予算", "決算", "収入", "支出")


def are_hundredths_and_is_shown_as_percent(cells: Sequence[SourceCell]) -> tuple[bool, str]:
    """Whether the numbers of rates are those of ％ (96.5), and whether they are shown as ％."""
    if _are_hundredfold(cells):
        return True, YES
    has_general_formula = any(cell.formula and cell.format.is_general for cell in cells)
    return False, YES if has_general_formula else NO


def _are_hundredfold(cells: Sequence[SourceCell]) -> bool:
    """Whether the numbers of rates are those of ％; they will be where there are none yet."""
    numbers = [abs(cell.number) for cell in cells if cell.number is not None]
    if not numbers and not any(cell.formula for cell in cells):
        return True
    return max(numbers, default=0) > LARGEST_FRACTION or has_factor_of_hundred(cells)


def has_factor_of_hundred(cells: Sequence[SourceCell]) -> bool:
    """Whether a formula multiplies by 100 to give ％."""
    return any("100" in cell.formula for cell in cells)


def unit_of_header_words(words: str, units: Sequence[str]) -> str:
    """The unit of a header by its words, among those of a caption."""
    money = next((one for one in units if one.endswith("円")), "")
    if money and any(word in words for word in _MONEY):
        return money
    return next((unit for word, unit in _UNITS_BY_WORD if word in words and unit in units), "")


def number_of_decimals(number: Decimal) -> int:
    """The decimals that a number has."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
