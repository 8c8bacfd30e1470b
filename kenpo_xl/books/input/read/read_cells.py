"""Records the cells read from an input book, so that others can be reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from kenpo_xl.books.input.read.alike_headers import GuessedHeader
from kenpo_xl.domain.cell_reference import LAST_ROW, CellPosition, Rectangle
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.submission.submission import UnreadNear
from kenpo_xl.ooxml.workbook import Sheet

# Rows below the last part of a sheet whose content may be meant for it.
_BELOW = 20


class PartName(NamedTuple):
    """A part of an item's sheet: its kind, its identity, and its name for users."""

    near: UnreadNear
    identity: str
    words: str


def part_name_of_table(table: Table) -> PartName:
    """A table as a part of its sheet."""
    near = UnreadNear.TABLE if table.repeating is None else UnreadNear.LIST
    return PartName(near, f"{table.item}/{table.name}", f"表「{table.name}」")


@frozen
class Frame:
    """The rectangle (1-based, inclusive) around all cells that were read of a part.

    Cells below it up to `last_row` belong to it: no other part begins there.
    """

    part: PartName
    top: int
    left: int
    bottom: int
    right: int
    last_row: int

    def distance_in_cells(self, row: int, column: int) -> int:
        """The distance of a cell from the rectangle in rows or columns, 0 inside."""
        down = max(self.top - row, row - self.bottom, 0)
        across = max(self.left - column, column - self.right, 0)
        return max(down, across)


class ReadCells:
    """Cells by sheet name, frames of parts, and users' formulas that were read.

    With `guesses` headers that are like those of the plan count too, and are added to it.
    """

    def __init__(self, guesses: list[GuessedHeader] | None = None) -> None:
        self.guesses = guesses
        self.cells: dict[str, set[CellPosition]] = defaultdict(set)
        self.formulas: list[tuple[str, str]] = []
        self._frames: dict[tuple[str, PartName], Rectangle] = {}

    def record_cell(self, sheet: Sheet, part: PartName, row: int, column: int) -> None:
        """Record a cell, or the anchor of the merged cell that covers it, for a part."""
        self.cells[sheet.name].add(self.extend_rectangle_of_part(sheet, part, row, column))

    def record_cells(self, sheet: Sheet, part: PartName, places: Iterable[CellPosition]) -> None:
        """Record cells (row, column) of a part."""
        for row, column in places:
            self.record_cell(sheet, part, row, column)

    def extend_rectangle_of_part(self, sheet: Sheet, part: PartName, row: int, column: int) -> CellPosition:
        """Extend the frame of a part to a cell, whether that is read or not; the cell or its anchor."""
        at = top, left = sheet.merge_anchors.get((row, column), (row, column))
        bottom, right = sheet.merge_end_by_anchor.get(at, at)
        key = sheet.name, part
        found = self._frames.get(key)
        if found is None:
            self._frames[key] = top, left, bottom, right
        elif top < found[0] or left < found[1] or bottom > found[2] or right > found[3]:
            self._frames[key] = (
                min(found[0], top), min(found[1], left), max(found[2], bottom), max(found[3], right)
            )  # fmt: skip
        return at

    def record_formula(self, sheet: Sheet, formula: str) -> None:
        """Record a user's formula (without =) in a cell: its operands are read too."""
        self.formulas.append((sheet.name, formula))

    def add_sheet(self, other: ReadCells, sheet: str) -> None:
        """Add what another reading recorded of a sheet."""
        self.cells[sheet] |= other.cells[sheet]
        self.formulas += [one for one in other.formulas if one[0] == sheet]
        self._frames |= {key: sides for key, sides in other._frames.items() if key[0] == sheet}

    def frames_of(self, sheet: str) -> list[Frame]:
        """The parts of a sheet, in the order in which their first cells were read."""
        found = [(part, sides) for (name, part), sides in self._frames.items() if name == sheet]
        tops = [top for _, (top, *_) in found]
        return [
            Frame(part, top, left, bottom, right, _last_row_of_part(bottom, tops))
            for part, (top, left, bottom, right) in found
        ]


def _last_row_of_part(bottom: int, tops: list[int]) -> int:
    return min(bottom + _BELOW, *(top - 1 for top in tops if top > bottom), LAST_ROW)
