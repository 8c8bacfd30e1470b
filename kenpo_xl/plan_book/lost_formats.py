"""Number formats of a drawn table that got lost, as when a cell was cleared or pasted over."""

from __future__ import annotations

from collections.abc import Mapping

from kenpo_xl.domain.plan import Cell, CellKind, Table

# In a table of so few cells one without a number format is no exception.
_FEW = 2

Place = tuple[int, int]


def lost_format(table: Table, body: Mapping[Place, Place]) -> Place | None:
    """The one worksheet cell without a number format where every other has one; None where none stands out.

    `body` maps worksheet cells to the rows and columns of the table.
    """
    cells = {place: table.cells[i][j] for place, (i, j) in body.items()}
    numbers = [place for place, cell in cells.items() if _is_number(cell)]
    lost = [place for place in numbers if cells[place].format.is_general]
    return lost[0] if len(lost) == 1 and len(numbers) > _FEW else None


def _is_number(cell: Cell) -> bool:
    is_word = isinstance(cell.value, str) or cell.format.is_text
    return not is_word and cell.kind is not CellKind.NOT_APPLICABLE
