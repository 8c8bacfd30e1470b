"""A number as a sentence shows it: without its unit or ％, which the sentence itself has."""

from __future__ import annotations

from decimal import Decimal

from kenpo_xl.domain.numbers.exact import NumberFormat, decimal_text, number_format

_LEFT_OUT = str.maketrans("", "", '"%％')


def number_in_text(shown_as: NumberFormat, value: Decimal) -> str:
    """A value for use within a text: `-5` or `▲5` for what the cell shows as `-5 件` or `▲5 件`."""
    code = number_code_in_text(shown_as)
    return number_format(code).displayed_text(value).replace("％", "") if code else decimal_text(value)


def number_code_in_text(shown_as: NumberFormat) -> str:
    """Its number format: digits, comma, point, %, signs in quotes; '' for one that shows every digit."""
    first, *others = shown_as.sections
    if first.is_text or first.is_general:
        return ""
    codes = [_code_of_section(first, first)]
    for section, sign in zip(others, ("-", ""), strict=False):
        codes.append(_code_of_section(section, first) or _literal_in_quotes(sign) + codes[0])
    return ";".join(codes)


def _code_of_section(section: NumberFormat, first: NumberFormat) -> str:
    """The code without the unit of the first section; '' for a section that shows nothing."""
    if not section.has_digits:
        return _literal_in_quotes(section.literal_text.strip())
    (before, after), (prefix, unit) = section.affixes, first.affixes
    return (
        _literal_in_quotes(_literal_without_unit(before, prefix))
        + section.digits_code
        + _literal_in_quotes(_literal_without_unit(after, unit))
    )


def _literal_without_unit(literal: str, unit: str) -> str:
    return (literal.replace(unit, "", 1) if unit.strip() else literal).strip()


def _literal_in_quotes(literal: str) -> str:
    """The literal as part of a code; of ％ a sentence has its own, and a quote cannot be in quotes."""
    return f'"{literal.translate(_LEFT_OUT)}"' if literal else ""
