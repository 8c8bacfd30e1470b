"""Numbers that were typed as text: read where all of the text is sign, number and unit."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from kenpo_xl.domain.language.normalize import REVERSING, UNSEEN, half_width, without_outer_blanks
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import has_plausible_magnitude

# Longer texts are no numbers; no number of Excel has more digits.
_LONGEST, _MOST_DIGITS = 100, 30
_SIGN = r"[-△▲‐–—ーｰ+]"
_GROUPS = r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:[ \u00a0\u2009\u202f][0-9]{3})+)"
_DIGITS = rf"(?:(?:{_GROUPS}|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)"
# A unit is a word: 件, 千円, か所, ㎡, 件/日; squared abbreviations are symbols.
_UNIT = r"%|(?:[^\W\d_ー々]|[\u3371-\u33df℃‰°])(?:[^\W\d_]|[\u3371-\u33df℃‰°/・])*"
_TYPED = LazyPattern(rf"(?P<sign>{_SIGN})?\s*(?P<digits>{_DIGITS})\s*(?P<unit>{_UNIT})?")
# Brackets around the number, with its unit or before it, or around the unit alone.
_BRACKETED = LazyPattern(rf"(?P<before>{_SIGN}?)\((?P<inner>[^()]*)\)(?P<behind>[^()0-9.,]*)")
_UNIT_IN_BRACKETS = LazyPattern(r"(?P<before>[^()]*[0-9]\s*)\((?P<inner>[^()0-9]*)\)")


def _match_of_number(text: str) -> re.Match[str] | None:
    """The sign, digits and unit of a text that is a number of a length that may be meant."""
    if len(text) > _LONGEST or REVERSING in text:
        return None
    plain = without_outer_blanks(UNSEEN.sub("", half_width(text)))
    found = _TYPED.fullmatch(_without_brackets(plain))
    return found if found and sum(map(str.isdigit, found["digits"])) <= _MOST_DIGITS else None


def typed_number_and_unit(text: str) -> tuple[Decimal, str] | None:
    """The number and the unit that a clerk typed as text, None where it is no number.

    Full-width digits, thousands separators (also a space, before three digits), brackets, △ or ▲ for minus
    and unseen characters are read; `96.5％` is 0.965. Anything else (約5, 31 35, 5-, ①5, 5 ※)
    makes it none.
    """
    found = _match_of_number(text)
    if not found:
        return None
    unit = found["unit"] or ""
    number = Decimal(re.sub(r"[^0-9.]", "", found["digits"])) / (100 if unit == "%" else 1)
    if not has_plausible_magnitude(number) or any(
        unicodedata.category(letter) in ("Nl", "No") for letter in unit
    ):
        return None
    signed = -number if found["sign"] not in (None, "+") else number
    return signed, "％" if unit == "%" else unicodedata.normalize("NFKC", unit)


def _without_brackets(text: str) -> str:
    found = _BRACKETED.fullmatch(text)
    if found:
        return found["before"] + found["inner"].strip() + found["behind"]
    found = _UNIT_IN_BRACKETS.fullmatch(text)
    return found["before"] + found["inner"] if found else text
