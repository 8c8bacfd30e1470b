"""Cells as (row, column), 1-based, and as written in a part."""

from __future__ import annotations

import re
from functools import lru_cache

from kenpo_xl.ooxml.references import letters, number_of

Place = tuple[int, int]
_KEPT = 4096
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


@lru_cache(maxsize=_KEPT)
def place_of(cell: str) -> Place:
    """The place of `F7`; (0, 0) where that is no cell."""
    found = _CELL.fullmatch(cell.strip())
    return (int(found[2]), number_of(found[1].upper())) if found else (0, 0)


def cell_name(place: Place) -> str:
    """`F7` for row 7, column 6."""
    return f"{letters(place[1])}{place[0]}"


def rectangle(reference: str) -> tuple[int, int, int, int]:
    """Top, left, bottom, right of `A1:C3` or `A1`."""
    first, _, last = reference.partition(":")
    top, left = place_of(first)
    bottom, right = place_of(last or first)
    return top, left, bottom, right


def quoted(sheet: str) -> str:
    """The name of a sheet as it stands in a formula."""
    return "'" + sheet.replace("'", "''") + "'"
