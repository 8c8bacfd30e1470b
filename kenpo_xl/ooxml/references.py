"""References as Excel writes them: letters of columns, A1, areas, formulas moved when filled down."""

from __future__ import annotations

import re
from functools import lru_cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern

_REFERENCE = LazyPattern(r"""("[^"]*"|'[^']*'!)|(?<![\w.])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(!.])""")
_AREA = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?"
)
_KEPT = 4096
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The last cell of a sheet is XFD1048576."""


@frozen
class Area:
    """A rectangle of a sheet, 1-based and inclusive."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


def letters(column: int) -> str:
    """A for 1, AA for 27."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def number_of(column: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number


def a1(row: int, column: int) -> str:
    """B3 for row 3, column 2."""
    return f"{letters(column)}{row}"


@lru_cache(maxsize=_KEPT)
def parse_area(text: str) -> Area | None:
    """The rectangle that a defined name refers to, None where it is none of a sheet (#REF!, a union)."""
    found = _AREA.fullmatch(text.strip())
    if not found:
        return None
    sheet = (found[1] or found[2]).replace("''", "'")
    left, top = number_of(found[3]), int(found[4])
    right, bottom = (number_of(found[5]), int(found[6])) if found[5] else (left, top)
    (top, bottom), (left, right) = sorted((top, bottom)), sorted((left, right))
    return Area(sheet, top, left, bottom, right) if top and is_cell(bottom, right) else None


def is_cell(row: int, column: int) -> bool:
    """Whether a sheet has such a cell."""
    return 1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN


def last_before_gap(used: set[int], sure: int, gap: int) -> int:
    """The last number before more than `gap` unused ones, `sure` or beyond."""
    last = sure
    for number in sorted(used):
        if number > last + gap:
            break
        last = max(last, number)
    return last


def shifted(formula: str, rows: int, columns: int) -> str:
    """A formula moved by some rows and columns, as Excel fills it down ($ stays)."""

    def moved(found: re.Match[str]) -> str:
        if found[1] or not is_cell(int(found[5]), number_of(found[3])):
            return found[0]
        column = number_of(found[3]) + (0 if found[2] else columns)
        row = int(found[5]) + (0 if found[4] else rows)
        return f"{found[2]}{letters(column)}{found[4]}{row}" if is_cell(row, column) else "#REF!"

    return _REFERENCE.sub(moved, formula)
