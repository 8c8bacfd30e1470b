"""A layout sheet (様式図) as values: what each cell is, and the tables that are drawn on it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from kenpo_xl.domain.frozen import frozen

FIRST_COLUMN = 2
"""Drawings begin in column C (counted from 0)."""


class DrawnKind(Enum):
    """What a cell of a layout sheet is."""

    MARK = auto()
    FRAME = auto()
    WORDS = auto()
    EMPTY = auto()
    HEADER = auto()
    TYPED = auto()
    COMPUTED = auto()
    NOT_APPLICABLE = auto()
    GIVEN = auto()


Place = tuple[int, int]
"""The row and column of a cell, counted from 0."""

BODY = frozenset({DrawnKind.TYPED, DrawnKind.COMPUTED, DrawnKind.NOT_APPLICABLE, DrawnKind.GIVEN})


@frozen
class LayoutCell:
    """One cell: its kind, its text (formula, number or words) and its Excel number format ('' where none)."""

    kind: DrawnKind
    text: str = ""
    number_format: str = ""


@frozen
class MergedCells:
    """The cells (row, column), counted from 0, both ends included, that are merged into the first."""

    top: int
    left: int
    bottom: int
    right: int


@frozen
class DrawnPart:
    """One table of a layout sheet. Rows and columns are those of the sheet, counted from 0.

    `rows` and `columns` map short names to body rows and columns, in order; `marks` are its option marks.
    """

    name: str
    caption: str
    marks: Mapping[str, str]
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    repeated: bool
    cells: Mapping[Place, LayoutCell]

    def body(self) -> list[list[LayoutCell]]:
        """The body's cells, row by row."""
        return [[self.cells[row, column] for column in self.columns.values()] for row in self.rows.values()]


@frozen
class DrawnLayout:
    """A layout sheet: its cells by (row, column), its merged areas and its tables."""

    cells: Mapping[Place, LayoutCell]
    areas: tuple[MergedCells, ...]
    drawings: Mapping[str, DrawnPart]
    height: int
    width: int
