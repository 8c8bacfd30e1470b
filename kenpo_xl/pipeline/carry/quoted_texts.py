"""Texts in tables that lines of the plan quote: the days and months of what was done earlier in the year."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import CellKind, FigureId, Table
from kenpo_xl.domain.results.carried import CarriedValue, CellKey
from kenpo_xl.domain.submission.submission import Entry, TableEntry
from kenpo_xl.pipeline.carry.moved_tables import MovedTables


def known_quoted_texts(plan: Plan, before: MovedTables, origin: str) -> dict[CellKey, CarriedValue]:
    """The quoted texts as the books before have them, each with its `origin`; none of open lists.

    They are right as long as nothing new was done. Words to choose from (ratings) are asked for again.
    """
    found: dict[CellKey, CarriedValue] = {}
    for item in plan.items:
        quoted = set(_quoted_names(item))
        entries = before.tables_of_item(item.id) if quoted else ()
        for entry in entries:
            for identity, cell in _text_cells_before(plan.tables[item.id, entry.table], entry):
                if f"{identity.table}/{identity.row}/{identity.column}" in quoted:
                    found[identity, ""] = CarriedValue(str(cell.value), origin, cell.source)
    return found


def _text_cells_before(table: Table, entry: TableEntry) -> Iterator[tuple[FigureId, Entry]]:
    """The cells of a table of the books before that hold a text where the plan takes one."""
    for row in (one for one in entry.rows if one.row != table.repeating):
        for column, cell in enumerate(row.cells):
            if isinstance(cell.value, str) and _is_cell_for_typed_text(table, row.row, column):
                yield table.identity(row.row, column), cell


def _quoted_names(item: Item) -> Iterator[str]:
    for block in item.blocks:
        for line in block.lines:
            yield from PLACEHOLDER.findall(line.text)


def _is_cell_for_typed_text(table: Table, row: int, column: int) -> bool:
    cell = table.cells[row][column]
    return cell.kind is CellKind.TYPED and cell.format.is_text and not cell.choices
