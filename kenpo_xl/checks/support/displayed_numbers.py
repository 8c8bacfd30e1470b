"""Whether what a cell shows under a number format is what the report prints of it."""

from __future__ import annotations

import re
from decimal import Decimal

from kenpo_xl.checks.support.number_cells import NumberCell
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.display import LONGEST, Display, displayed_number
from kenpo_xl.domain.numbers.exact import SIGNS
from kenpo_xl.domain.numbers.typed import typed_number_and_unit

_MULTIPLES = {"": 1, "千": 10**3, "百万": 10**6, "十億": 10**9, "万": 10**4, "億": 10**8}
_UNIT = LazyPattern(r"(百万|十億|千|万|億)?(.+)")
_YEN = LazyPattern(r"^[-(（]?\s*[¥￥\\]\s*")
_BRACKETED = LazyPattern(r"\s*[（(].*[）)]\s*")
_TOO_LONG = "（表示形式が長すぎます）"
_A_DAY = "日付や時刻"


def displayed_text_if_misleading(cell: NumberCell, code: str) -> str | None:
    """The displayed text if it is another quantity than the printed one, else None; '' if blank."""
    value = cell.number
    assert value is not None
    if len(code) > LONGEST:
        return _TOO_LONG
    shown = displayed_number(code, value)
    if shown.is_day:
        return _A_DAY
    text = shown.text.strip().rstrip(".")
    if not text:
        return ""
    if value == 0 and text in SIGNS:
        return None
    return None if _displays_same_quantity(cell, value, Display(text, shown.is_red)) else text


def _has_other_sign(cell: NumberCell, value: Decimal, shown: Display, number: Decimal) -> bool:
    """Whether the displayed sign differs from the value's; red and brackets count as minus."""
    in_brackets = _BRACKETED.fullmatch(shown.text) is not None and not cell.figure.cell.format.has_brackets
    may_be_below = shown.is_red or in_brackets
    return number < 0 <= value or (value < 0 <= number and not may_be_below)


def _displays_same_quantity(cell: NumberCell, value: Decimal, shown: Display) -> bool:
    """Whether a text shows the value, but for rounding."""
    read = _read_displayed(shown.text)
    if read is None:
        return False
    number, unit = read
    style = cell.figure.cell.format
    if number and _has_other_sign(cell, value, shown, number):
        return False
    factor = _unit_factor(unit, cell)
    if factor is None:
        return False
    exact = abs(value).scaleb(-3 * style.scaling_comma_count) / (100 if _holds_percentage_points(cell) else 1)
    step = Decimal(1).scaleb(int(number.as_tuple().exponent)) * factor
    if style.is_percent and unit != "％":
        # 0.97 for 96.5 ％ is no rounding that a reader expects.
        step = min(step, Decimal(1).scaleb(-style.decimals - 2))
    is_lost = number == 0 and exact >= Decimal(1).scaleb(-style.decimals)
    return abs(abs(number) * factor - exact) <= step / 2 and not is_lost


def _read_displayed(text: str) -> tuple[Decimal, str] | None:
    plainly = _YEN.sub("", text)
    read = typed_number_and_unit(plainly)
    return (read[0], read[1] or "円") if read and plainly != text else read


def _holds_percentage_points(cell: NumberCell) -> bool:
    return cell.unit == "％" and not cell.figure.cell.format.is_percent


def _factor_to_share(unit: str, cell: NumberCell) -> Decimal | None:
    if unit == "％" or (unit == "" and cell.figure.cell.format.is_percent):
        return Decimal(1)
    return Decimal("0.01") if unit == "" else None


def _unit_factor(unit: str, cell: NumberCell) -> Decimal | None:
    """The factor from the displayed unit to the cell's; None for an unrelated unit."""
    if cell.unit == "％":
        return _factor_to_share(unit, cell)
    if unit == "" or cell.unit == "" or is_same_unit(unit, normalized(cell.unit)):
        return None if unit == "％" else Decimal(1)
    one, own = _UNIT.fullmatch(normalized(unit)), _UNIT.fullmatch(normalized(cell.unit))
    if not one or not own or not is_same_unit(one[2], own[2]):
        return None
    return Decimal(_multiple_of_unit(one)) / _multiple_of_unit(own)


def _multiple_of_unit(unit: re.Match[str]) -> int:
    return _MULTIPLES[unit[1] or ""]
