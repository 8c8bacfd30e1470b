"""Reads the lines whose cells quote figures by a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kenpo_xl.books.input.sentence_formulas import quoted_text
from kenpo_xl.domain.cell_reference import CellPosition, cell_position
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.submission.submission import LineEntry, TableEntry
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import Sheet


def lines_with_names_of_figures(
    plan: Plan, item: Item, sheet: Sheet, lines: Iterable[LineEntry], tables: Iterable[TableEntry]
) -> Iterator[LineEntry]:
    """The lines, with the names of figures in place of what a formula was last seen to show of them."""
    cells: _FigureNames | None = None
    for line in lines:
        cell = sheet.get(*cell_position(line.source.cell)) if line.source else None
        if line.kind is LineKind.TEXT and cell and cell.formula:
            cells = cells or _FigureNames(plan, item, tables)
            text = quoted_text(cell.formula, cells.name_of_cells)
            yield replace(line, text=text_typed_by_user(text)) if text else line
        else:
            yield line


class _FigureNames:
    """The figures of a sheet as texts call them, by their present cells."""

    def __init__(self, plan: Plan, item: Item, tables: Iterable[TableEntry]) -> None:
        self._by_cell: dict[CellPosition, str] = {}
        self._lists: list[tuple[CellPosition, str]] = []
        for entry in tables:
            table = plan.tables[item.id, entry.table]
            self._by_cell |= _names_by_cell(table, entry)
            self._lists += _names_below_headers(table, entry)

    def name_of_cells(self, cells: str) -> str | None:
        """The figure of a cell (E5), or of a range (E5:E9): the open list whose header is above it."""
        first, is_range, _ = cells.partition(":")
        row, column = cell_position(first)
        if not is_range:
            return self._by_cell.get((row, column))
        above = [(at[0], name) for at, name in self._lists if at[1] == column and at[0] < row]
        return max(above)[1] if above else None


def _figure_name(table: Table, row: int, column: int) -> str:
    return "/".join(table.identity(row, column)[1:])


def _names_by_cell(table: Table, entry: TableEntry) -> Iterator[tuple[CellPosition, str]]:
    for row in (row for row in entry.rows if row.row != table.repeating):
        for column, cell in enumerate(row.cells):
            if cell.source:
                yield cell_position(cell.source.cell), _figure_name(table, row.row, column)


def _names_below_headers(table: Table, entry: TableEntry) -> Iterator[tuple[CellPosition, str]]:
    if table.repeating is not None:
        for column, header in enumerate(entry.column_headers):
            if header:
                yield cell_position(header.cell), _figure_name(table, table.repeating, column)
