"""Defined names, areas that they refer to, and formulas moved as Excel fills them down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kenpo_xl.domain.cell_reference import column_letters, column_number, is_cell, range_rectangle
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern

PREFIX = "kx_"
"""The prefix of every defined name of the product."""
DIGITS = 12
"""How many hexadecimal digits follow in the name of a part."""
_PART = LazyPattern(f"{PREFIX}[0-9a-f]{{{DIGITS}}}")
_REFERENCE = LazyPattern(r"""("[^"]*"|'[^']*'!)|(?<![\w.])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(!.])""")
_AREA_OF_SHEET = LazyPattern(
    r"(\"[^\"]*\")|(?:(?:'((?:[^']|'')+)'|([\w.]+))!)?"
    r"(?<![\w.])\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?(?![\w(.])"
)
# Names, whole rows and columns, tables, and functions that make references of texts.
_OTHER_REFERENCE = LazyPattern(
    r"[:\[!]|\b(?:INDIRECT|OFFSET)\(|\b(?!TRUE\b|FALSE\b)[^\W\d]\w*(?![\w(.])", re.IGNORECASE
)
_CELL = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_OWN_REFERENCE = LazyPattern(
    rf"""("[^"]*"|'(?:[^']|'')*'!{_CELL}(?::{_CELL})?|[\w.]+!{_CELL}(?::{_CELL})?)"""
    rf"""|(?<![\w.$])(?:{_CELL}:)?{_CELL}(?![\w(!.])"""
)
_AREA = LazyPattern(r"(?:'((?:[^']|'')+)'|([^'!]+))!([^!]+)")


@frozen
class Area:
    """A rectangle of a sheet, 1-based and inclusive."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@lru_cache(maxsize=4_096)
def parse_area(text: str) -> Area | None:
    """The rectangle of `'1-2-2'!$A$1:$C$3`, None for any other text (#REF!, a union) or beyond the sheet."""
    found = _AREA.fullmatch(text.strip())
    rectangle = range_rectangle(found[3]) if found else None
    if not found or not rectangle:
        return None
    top, left, bottom, right = rectangle
    sheet = (found[1] or found[2]).replace("''", "'")
    return Area(sheet, *rectangle) if is_cell(top, left) and is_cell(bottom, right) else None


def quoted_sheet(name: str) -> str:
    """The name of a sheet as it is written in a formula, in quotes."""
    return "'" + name.replace("'", "''") + "'"


def last_index_before_gap(used_indexes: set[int], first_index: int, gap: int) -> int:
    """The last number before more than `gap` unused ones, `first_index` or beyond."""
    last = first_index
    for number in sorted(used_indexes):
        if number > last + gap:
            break
        last = max(last, number)
    return last


def formula_with_sheet(formula: str, sheet: str) -> str:
    """A formula whose references without a sheet name one; texts and names stay."""
    prefix = quoted_sheet(sheet) + "!"

    def with_sheet(found: re.Match[str]) -> str:
        return found[0] if found[1] else prefix + found[0]

    return _OWN_REFERENCE.sub(with_sheet, formula)


def formula_without_sheet(formula: str, sheet: str) -> str:
    """The same formula as it is written on that sheet."""
    plain = formula.replace(quoted_sheet(sheet) + "!", "")
    return re.sub(rf"(?<![\w.'\]]){re.escape(sheet)}!", "", plain)


def shifted_formula(formula: str, rows: int, columns: int) -> str:
    """A formula moved by some rows and columns, as Excel fills it down ($ stays)."""

    def shifted_reference(found: re.Match[str]) -> str:
        if found[1] or not is_cell(int(found[5]), column_number(found[3])):
            return found[0]
        column = column_number(found[3]) + (0 if found[2] else columns)
        row = int(found[5]) + (0 if found[4] else rows)
        return f"{found[2]}{column_letters(column)}{found[4]}{row}" if is_cell(row, column) else "#REF!"

    return _REFERENCE.sub(shifted_reference, formula)


def referenced_areas(home: str, formula: str) -> Iterator[Area]:
    """The rectangles that a formula on the sheet `home` refers to by their cells."""
    for found in _AREA_OF_SHEET.finditer(formula):
        if found[1] is None:
            sheet = (found[2] or found[3] or home).replace("''", "'")
            left, top = column_number(found[4]), int(found[5])
            right, bottom = (column_number(found[6]), int(found[7])) if found[6] else (left, top)
            yield Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def has_references_without_address(formula: str) -> bool:
    """Whether a formula may refer to cells otherwise than by their addresses."""
    return bool(_OTHER_REFERENCE.search(_AREA_OF_SHEET.sub("", formula)))


def is_name_of_sheet_part(name: str) -> bool:
    """Whether a name is that of a part of a sheet, not one for the launcher."""
    return bool(_PART.fullmatch(name))
