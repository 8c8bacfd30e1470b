"""Rebuilds plan formulas with the current cells of a book with moved rows."""

from __future__ import annotations

from functools import cached_property

from kenpo_xl.books.common import names
from kenpo_xl.books.input.cell_places import FigureCells, TablePosition
from kenpo_xl.books.input.result_formulas import blank_safe_formula
from kenpo_xl.domain.cell_reference import CellPosition, cell_position
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.figures import TableFigures, TableRow
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import TableEntry
from kenpo_xl.ooxml.workbook import Sheet


@frozen
class TableFormulas:
    """One table as read from a sheet, with the sheet's rows and columns of the plan's."""

    sheet: Sheet
    figures: TableFigures
    entry: TableEntry

    def formula_of(self, identity: FigureId, source: Source) -> str | None:
        """The formula (without =) of a computed figure in its cell.

        None if the book lacks an operand, or its cell is uncertain.
        """
        row, column = self.figures.table.positions[identity]
        tree, own = self.figures.table.cells[row][column].formula, cell_position(source.cell)
        if tree is None or not all(self._has_known_cells(key, own) for key in formula_keys(tree)):
            return None
        places = FigureCells(identity.item)
        places.tables[identity.table] = self._table_position
        return blank_safe_formula(tree, places.reference_function(own[0] - 1)).removeprefix("=")

    def _has_known_cells(self, key: object, own: CellPosition) -> bool:
        """Whether all cells of a figure are known, unmerged and not `own`."""
        assert isinstance(key, FigureId)
        if key not in self.figures.table.positions:
            return False
        cells = self._cells_of_figure(key, own[0])
        covered = (cell for cell in cells if self.sheet.merge_anchors.get(cell, cell) != cell)
        return bool(cells) and own not in cells and not any(covered)

    def _cells_of_figure(self, key: FigureId, own_row: int) -> list[CellPosition]:
        """The cells of a figure, in an open list those of all its rows; none where one is not known."""
        row, column = self.figures.table.positions[key]
        at, rows = self._sheet_columns.get(column), self._sheet_rows.get(row, [])
        if rows and row == self.figures.table.repeating and own_row not in rows:
            rows = self._sheet_rows_of_open_list(row, own_row)
        return [(number, at) for number in rows if at is not None]

    def _sheet_rows_of_open_list(self, row: int, own_row: int) -> list[int]:
        """The sheet rows of an open list to its closing row; none if mixed with others."""
        rows = range(self._sheet_rows[row][0], self._row_below_open_list + 1)
        others = [number for one, found in self._sheet_rows.items() if one != row for number in found]
        return [] if any(number in rows for number in (*others, own_row)) else list(rows)

    @cached_property
    def _table_position(self) -> TablePosition:
        columns = [
            self._sheet_columns.get(column, 0) - 1 for column in range(len(self.figures.table.columns))
        ]
        rows = [
            (number - 1, TableRow(row, "", ())) for row, found in self._sheet_rows.items() for number in found
        ]
        return TablePosition(
            self.figures.table, self.figures, rows, columns, last_list_row=self._row_below_open_list - 1
        )

    @cached_property
    def _sheet_columns(self) -> dict[int, int]:
        """The sheet column of each column of the plan, by its entries, else its header."""
        headers = enumerate(self.entry.column_headers)
        found = {column: cell_position(source.cell)[1] for column, source in headers if source}
        for row in self.entry.rows:
            for column, cell in enumerate(row.cells):
                if cell.source:
                    found[column] = cell_position(cell.source.cell)[1]
        return found

    @cached_property
    def _sheet_rows(self) -> dict[int, list[int]]:
        """The sheet rows of each row of the plan; several for an open list."""
        found: dict[int, list[int]] = {}
        for row in self.entry.rows:
            place = next((cell_position(cell.source.cell) for cell in row.cells if cell.source), None)
            if place:
                found.setdefault(row.row, []).append(place[0])
        repeating = self.figures.table.repeating
        if repeating is not None and repeating in found:
            first = min(found[repeating])
            found[repeating] = sorted({self._first_list_row(first, found), *found[repeating]})
        return found

    def _first_list_row(self, first: int, found: dict[int, list[int]]) -> int:
        """The first row of an open list, including blank ones above the first filled one."""
        headers = [cell_position(source.cell)[0] for source in self.entry.column_headers if source]
        fixed = [
            number for row, rows in found.items() if row != self.figures.table.repeating for number in rows
        ]
        return max((number for number in (*headers, *fixed) if number < first), default=first - 1) + 1

    @cached_property
    def _row_below_open_list(self) -> int:
        """The row that ends an open list, 0 for none."""
        lists = self._sheet_rows.get(
            self.figures.table.repeating if self.figures.table.repeating is not None else -1
        )
        below = (row for row in self.sheet.non_empty_rows() if lists and row >= lists[0])
        return next((row for row in below if self._contains_end_of_list(row)), 0)

    def _contains_end_of_list(self, row: int) -> bool:
        columns = self.sheet.non_empty_columns_by_row[row]
        return any(self.sheet.text(row, column).startswith(names.MORE_LINES) for column in columns)
