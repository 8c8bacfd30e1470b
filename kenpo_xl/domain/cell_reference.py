"""Cell references in A1 notation (ECMA-376 part 1, 18.18.62): rows and columns count from 1."""

from __future__ import annotations

from functools import lru_cache

from kenpo_xl.domain.lazy_patterns import LazyPattern

CellPosition = tuple[int, int]
"""Row and column of a cell."""
Rectangle = tuple[int, int, int, int]
"""Top, left, bottom and right of a range of cells, inclusive."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The last cell of a sheet is XFD1048576."""

_CACHED = 4096
_CELL = r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
_RANGE = LazyPattern(f"{_CELL}(?::{_CELL})?")


def column_letters(column: int) -> str:
    """The letters of a column: A for 1, AA for 27."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_number(letters: str) -> int:
    """The number of a column by its letters in upper case: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def a1(row: int, column: int) -> str:
    """The reference of a cell: B3 for row 3, column 2."""
    return f"{column_letters(column)}{row}"


@lru_cache(maxsize=_CACHED)
def range_rectangle(reference: str) -> Rectangle | None:
    """The rectangle of `A1:C3`, `$A$1` or `a1`; None for any other text."""
    found = _RANGE.fullmatch(reference.strip())
    if not found:
        return None
    left, top = column_number(found[1].upper()), int(found[2])
    right, bottom = (column_number(found[3].upper()), int(found[4])) if found[3] else (left, top)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def cell_position(reference: str) -> CellPosition:
    """Row and column of `F7`, `$F$7` or `f7`; (0, 0) for any other text, also for a range."""
    rectangle = None if ":" in reference else range_rectangle(reference)
    return rectangle[:2] if rectangle else (0, 0)


def is_cell(row: int, column: int) -> bool:
    """Whether a sheet has a cell at this row and column."""
    return 1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN
