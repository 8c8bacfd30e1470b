"""Reads the lines whose cells quote figures by a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kenpo_xl.books.input.line_formulas import quoted_text
from kenpo_xl.domain.cell_reference import CellPosition, cell_position
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.submission.submission import LineEntry, TableEntry
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import Sheet


def lines_with_quoted_figures(
    plan: Plan, item: Item, sheet: Sheet, lines: Iterable[LineEntry], tables: Iterable[TableEntry]
) -> Iterator[LineEntry]:
    """The lines, with the names of figures in place of what a formula was last seen to show of them."""
    names_by_cell: dict[CellPosition, str] | None = None
    for line in lines:
        cell = sheet.get(*cell_position(line.source.cell)) if line.source else None
        if line.kind is LineKind.TEXT and cell and cell.formula:
            if names_by_cell is None:
                names_by_cell = dict(_names_by_cell(plan, item, tables))
            text = quoted_text(cell.formula, names_by_cell)
            yield replace(line, text=text_typed_by_user(text)) if text else line
        else:
            yield line


def _names_by_cell(
    plan: Plan, item: Item, tables: Iterable[TableEntry]
) -> Iterator[tuple[CellPosition, str]]:
    """The figures of a sheet as texts call them, by their cells; none of open lists."""
    for entry in tables:
        table = plan.tables[item.id, entry.table]
        for row in (row for row in entry.rows if row.row != table.repeating):
            for column, cell in enumerate(row.cells):
                if cell.source:
                    yield cell_position(cell.source.cell), "/".join(table.identity(row.row, column)[1:])
