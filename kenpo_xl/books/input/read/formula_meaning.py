"""Formulas that users typed into computed cells, and whether they mean what the plan computes there."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kenpo_xl.books.common.typed_values import cell_type_of
from kenpo_xl.books.input.evaluate_formulas import CellFormulas, is_guarded_formula
from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.formulas.evaluate import Address, FormulaError, parse_formula, with_mapped_keys
from kenpo_xl.domain.formulas.meaning import have_same_meaning
from kenpo_xl.domain.formulas.tree import Group, cells_in_range
from kenpo_xl.domain.numbers.exact import decimal_from_excel
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Entry, RowEntry
from kenpo_xl.ooxml.workbook import CellError, RawCell, text_of_value

if TYPE_CHECKING:
    from kenpo_xl.books.input.read.table_reader import TableReading


class ComputedCells:
    """The entries of the computed cells of one table that contain a formula."""

    def __init__(self, formulas: CellFormulas) -> None:
        self.formulas = formulas
        self._users: dict[Source, tuple[RawCell, CellPosition]] = {}

    def entry(self, cell: RawCell, source: Source, at: CellPosition) -> Entry:
        """The entry of a cell, with the error value if its formula has no result."""
        if not is_guarded_formula(cell.formula):
            self._users[source] = cell, at
        return self._entry_of_cell(cell, source, is_plan_formula=False)

    def entries_with_meaning_of_plan(
        self, reading: TableReading, rows: Iterable[RowEntry]
    ) -> tuple[RowEntry, ...]:
        """The rows, in which a user's formula that means what the plan's does counts as that one.

        A blank cell is then no 0, and a division by 0 no error.
        """
        read = tuple(rows)
        if not self._users:
            return read
        meanings = FormulaMeanings(reading)
        same = {
            source: self._entry_of_cell(cell, source, is_plan_formula=True)
            for source, (cell, at) in self._users.items()
            if meanings.is_of_plan(cell.formula, *at)
        }

        def with_meaning(entry: Entry) -> Entry:
            return same.get(entry.source, entry) if entry.source else entry

        return tuple(replace(row, cells=tuple(map(with_meaning, row.cells))) for row in read)

    def _entry_of_cell(self, cell: RawCell, source: Source, *, is_plan_formula: bool) -> Entry:
        given = self.formulas.computed_value(cell, is_plan_formula=is_plan_formula)
        if given is not None:
            value = float(given)
            return Entry(decimal_from_excel(value), True, source, cell_type_of(value), text_of_value(value))
        is_error = isinstance(cell.value, CellError) and not is_plan_formula
        error = cell.value if is_error else None
        return Entry(None, True, source, cell_type_of(error), text_of_value(error))


class FormulaMeanings:
    """The formulas of one table, compared with the plan's after all of its rows were found."""

    def __init__(self, reading: TableReading) -> None:
        self.reading, self.table = reading, reading.table
        self._rows: dict[int, list[int]] = {}
        for row, place in reading.plan_rows.items():
            self._rows.setdefault(place, []).append(row)

    def is_of_plan(self, formula: str, row: int, column: int) -> bool:
        """Whether a formula in a cell has the meaning of the plan's for that cell."""
        plan_column = next(one for one, at in self.reading.sheet_columns.items() if at == column)
        wanted = self.table.cells[self.reading.plan_rows[row]][plan_column].formula
        try:
            written = with_mapped_keys(parse_formula(formula), lambda key: key, _members_of_range)
        except FormulaError:
            return False
        return wanted is not None and have_same_meaning(
            wanted, lambda key: self._cells_of_figure(key, row), written, self._cells_of_address
        )

    def _cells_of_figure(self, key: Hashable, own_row: int) -> Sequence[Hashable]:
        """The cells of a figure of the plan; of an open list, the one in the row itself or all."""
        assert isinstance(key, FigureId)
        if key not in self.table.positions:
            return [key]
        place, column = self.table.positions[key]
        rows = [own_row] if self.reading.plan_rows[own_row] == place else self._rows.get(place, [])
        return [self._cell_or_none(row, self.reading.sheet_columns.get(column)) for row in rows]

    def _cells_of_address(self, key: Hashable) -> Sequence[Hashable]:
        assert isinstance(key, Address)
        is_own_sheet = key.sheet in ("", self.reading.sheet.name)
        return [self._cell_or_none(key.row, key.column) if is_own_sheet else key]

    def _cell_or_none(self, row: int, column: int | None) -> Hashable:
        """A cell; None for one that is blank and in no row of the plan, as between rows of a list."""
        is_blank = column is None or not self.reading.sheet.text(row, column)
        return None if is_blank and row not in self.reading.plan_rows else (row, column)


def _members_of_range(group: Group) -> Group:
    return Group(tuple(cells_in_range(group)))
