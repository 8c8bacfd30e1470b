"""The values that users mean by their input in a cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kenpo_xl.domain.language.normalize import invisible_character_codes, normalized
from kenpo_xl.domain.language.numbers_in_text import is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import decimal_from_excel, has_plausible_magnitude
from kenpo_xl.domain.numbers.typed import typed_number_and_unit
from kenpo_xl.domain.plan.table import CellDefinition
from kenpo_xl.domain.submission.submission import CellType
from kenpo_xl.domain.time.fiscal_calendar import date_text
from kenpo_xl.ooxml.workbook import CellError, Value, text_of_value

# The value of a formula that can neither be computed nor be read from the book.
UNKNOWN = CellError("")
_MONTH = LazyPattern(r"(?:.*年)?(1[0-2]|[1-9])月?(?:末|分)?(?:\d+日)?")


def codes_of_invisible_characters(value: Value) -> str:
    """The codes of the invisible characters in a text, '' for none."""
    return invisible_character_codes(value) if isinstance(value, str) and not value.isascii() else ""


def cell_type_of(value: Value) -> CellType:
    """The type of a value in Excel; blank text is EMPTY."""
    match value:
        case bool():
            return CellType.BOOLEAN
        case CellError():
            return CellType.ERROR
        case float():
            return CellType.NUMBER
        case date():
            return CellType.DATE
    return CellType.TEXT if text_of_value(value) else CellType.EMPTY


def as_number(value: Value) -> Decimal | None:
    """The number in a cell, also one typed as text with a unit; None for anything else."""
    if isinstance(value, float):
        number = decimal_from_excel(value)
        return number if has_plausible_magnitude(number) else None
    read = typed_number_and_unit(value) if isinstance(value, str) else None
    return read[0] if read else None


def intended_value(
    value: Value, definition: CellDefinition, unit: str, *, points: bool
) -> Decimal | str | None:
    """The value that a user means: a number also if typed as text, full-width or with its unit.

    A number of impossible size is returned as text.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return text_of_value(value)
    if isinstance(value, float):
        number = None if definition.format.is_text else as_number(value)
        return text_of_value(value) if number is None else number
    if isinstance(value, date):
        return date_text(value)
    return _intended_value_of_text(value.strip(), definition, unit, points=points)


def _intended_value_of_text(
    text: str, definition: CellDefinition, unit: str, *, points: bool
) -> Decimal | str | None:
    read = None if definition.format.is_text else typed_number_and_unit(text)
    if read is None or not (read[1] == "" or is_same_unit(read[1], normalized(unit).replace("%", "％"))):
        return text or None
    number, typed_unit = read
    if points:
        return number * 100 if typed_unit == "％" else number
    return number / 100 if definition.format.is_percent and typed_unit == "" else number


def intended_month(value: Value) -> int | None:
    """The month (1 to 12) that was typed as the as-of month: 10, 10月, 令和6年10月末, or a date."""
    if isinstance(value, date):
        return value.month
    found = _MONTH.fullmatch(normalized(text_of_value(value)))
    return int(found[1]) if found else None
