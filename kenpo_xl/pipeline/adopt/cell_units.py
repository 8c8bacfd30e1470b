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


def guess_of_percent(cells: Sequence[SourceCell]) -> tuple[bool, str]:
    """Whether the numbers of rates are those of ％ (96.5), and whether they are shown as ％."""
    numbers = [abs(cell.number) for cell in cells if cell.number is not None]
    formulas = [cell for cell in cells if cell.formula]
    has_hundred = any("100" in cell.formula for cell in formulas)
    is_large = bool(numbers) and max(numbers) > LARGEST_FRACTION
    if has_hundred or is_large or not (numbers or formulas):
        return True, YES
    return False, YES if any(cell.format.is_general for cell in formulas) else NO


def unit_by_words(words: str, units: Sequence[str]) -> str:
    """The unit of a header by its words, among those of a caption."""
    money = next((one for one in units if one.endswith("円")), "")
    if money and any(word in words for word in _MONEY):
        return money
    return next((unit for word, unit in _UNITS_BY_WORD if word in words and unit in units), "")


def decimals_of(number: Decimal) -> int:
    """The decimals that a number has."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
