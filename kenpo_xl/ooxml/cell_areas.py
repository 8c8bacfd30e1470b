"""Cells of a sheet with their texts, and connected areas of cells and objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.ooxml.references import Area
from kenpo_xl.ooxml.workbook import Sheet

# The neighbours of a cell, also across one blank cell of its row or column.
_AROUND = [(r, c) for r in (-1, 0, 1) for c in (-1, 0, 1) if (r, c) != (0, 0)]
_NEIGHBOURS = (*_AROUND, (0, -2), (0, 2), (-2, 0), (2, 0))
# Of an object or a merged rectangle no more rows and columns are looked at.
_MOST_ROWS, _MOST_COLUMNS = 60, 30


def positions_and_texts(sheet: Sheet) -> Iterator[tuple[CellPosition, str]]:
    """Each non-empty cell and its text, row by row."""
    return (
        ((row, column), sheet.text(row, column))
        for row, columns in sheet.non_empty_columns_by_row.items()
        for column in columns
    )


@frozen
class ContentArea:
    """A rectangle (1-based, inclusive) with what it holds: a cell, a merged one, or an object."""

    top: int
    left: int
    bottom: int
    right: int
    text: str

    def begins_in(self, area: Area) -> bool:
        """Whether it begins in a rectangle."""
        return area.top <= self.top <= area.bottom and area.left <= self.left <= area.right

    @property
    def cell_positions(self) -> Iterator[CellPosition]:
        rows = range(self.top, min(self.bottom, self.top + _MOST_ROWS) + 1)
        columns = range(self.left, min(self.right, self.left + _MOST_COLUMNS) + 1)
        return ((row, column) for row in rows for column in columns)


def groups_of_connected_areas(content_areas: Iterable[ContentArea]) -> list[list[ContentArea]]:
    """The holders in groups that touch one another; groups and holders in the order of a reader."""
    ordered = sorted(content_areas, key=lambda one: (one.top, one.left))
    at: dict[CellPosition, list[int]] = {}
    for number, holder in enumerate(ordered):
        for place in holder.cell_positions:
            at.setdefault(place, []).append(number)
    seen = [False] * len(ordered)
    starts = (number for number in range(len(ordered)) if not seen[number])
    groups = (sorted(_connected_indexes(start, ordered, at, seen)) for start in starts)
    return [[ordered[number] for number in group] for group in groups]


def _connected_indexes(
    start: int,
    content_areas: list[ContentArea],
    indexes_by_position: dict[CellPosition, list[int]],
    seen: list[bool],
) -> Iterator[int]:
    """The numbers of all holders that hang together with one; each place is given up once it was met."""
    seen[start], waiting = True, [start]
    while waiting:
        number = waiting.pop()
        yield number
        for row, column in content_areas[number].cell_positions:
            for down, across in ((0, 0), *_NEIGHBOURS):
                for other in indexes_by_position.pop((row + down, column + across), ()):
                    if not seen[other]:
                        seen[other] = True
                        waiting.append(other)
