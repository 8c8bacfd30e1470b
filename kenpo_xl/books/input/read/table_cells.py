"""Records the cells of a table that are read or that `build` writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kenpo_xl.books.common import names
from kenpo_xl.books.input.read.read_cells import ReadCells, part_name_of_table
from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import SIGNS, decimal_from_excel
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan.table import Axis, CellDefinition, CellKind
from kenpo_xl.ooxml.workbook import RawCell, text_of_value

if TYPE_CHECKING:
    from kenpo_xl.books.input.read.table_reader import TableReading

# Allowed content of a cell that is not applicable.
_NO_VALUE = {"", normalized("／"), *map(normalized, SIGNS)}


def record_table_cells_as_read(reading: TableReading, read_cells: ReadCells) -> None:
    """Record the cells of a table that was read."""
    table = reading.table
    part = part_name_of_table(table)
    if reading.title_cell:
        read_cells.extend_rectangle_of_part(reading.sheet, part, *reading.title_cell)
    for row, column in (
        *_header_cells(reading),
        *_body_cells(reading),
        *_cells_that_close_list(reading),
        *reading.month_cells,
    ):
        read_cells.record_cell(reading.sheet, part, row, column)
    for row, place in reading.plan_rows.items():
        for column, at in reading.sheet_columns.items():
            cell = reading.sheet.get(row, at)
            if cell and cell.formula and table.cells[place][column].kind is CellKind.TYPED:
                read_cells.record_formula(reading.sheet, cell.formula)


def _header_cells(reading: TableReading) -> Iterator[CellPosition]:
    """The title, the corner and the column headers."""
    table, sheet = reading.table, reading.sheet
    title = normalized(names.TABLE_TITLE + table.name)
    titles = (title, title + normalized(names.NOT_PRINTED))
    if reading.title_cell and normalized(sheet.text(*reading.title_cell)) in titles:
        yield reading.title_cell
    for row in reading.header_rows:
        for place, column in reading.sheet_columns.items():
            if _is_header(reading, table.columns[place], row, column):
                yield row, column
        for column in reading.header_columns:
            if _is_corner(reading, normalized(sheet.text(row, column))):
                yield row, column


def _is_corner(reading: TableReading, text: str) -> bool:
    """Whether a normalized text is the corner of the table, or contains it."""
    labels = [header.text for header in reading.table.corner if header.text]
    return bool(text) and any(
        reading.matches_label(label, text) or normalized(label) in text for label in labels
    )


def _body_cells(reading: TableReading) -> Iterator[CellPosition]:
    """The row headers and cells of every row of the plan; of duplicate rows the first."""
    table, seen = reading.table, set[int]()
    for row, place in reading.plan_rows.items():
        if place in seen and place != table.repeating:
            continue
        seen.add(place)
        for column in reading.header_columns:
            if _is_header(reading, table.rows[place], row, column):
                yield row, column
        for index, column in reading.sheet_columns.items():
            if _is_read_or_from_plan(table.cells[place][index], reading.sheet.get(row, column)):
                yield row, column


def _cells_that_close_list(reading: TableReading) -> Iterator[CellPosition]:
    """The cells with the text that closes an open list."""
    for row in reading.body_rows:
        if row not in reading.plan_rows:
            yield from (
                (row, c) for c in reading.used_columns if _closes_open_list(reading.sheet.text(row, c))
            )


def _is_header(reading: TableReading, axis: Axis, row: int, column: int) -> bool:
    """Whether a cell is a header of an axis, or the formula for its month."""
    cell, text = reading.sheet.get(row, column), normalized(reading.sheet.text(row, column))
    if cell and cell.formula and any(map(PLACEHOLDER.search, axis.labels)):
        return True
    return any(reading.matches_label(label, text) for label in axis.labels)


def _is_read_or_from_plan(definition: CellDefinition, cell: RawCell | None) -> bool:
    """Whether a cell is read, or contains only what the plan writes into it."""
    value = None if cell is None else cell.value
    if definition.kind is CellKind.NOT_APPLICABLE:
        return normalized(text_of_value(value)) in _NO_VALUE
    if definition.kind is not CellKind.FIXED or value is None:
        return True
    if isinstance(value, float) and not isinstance(definition.value, str):
        return definition.value is not None and decimal_from_excel(value) == definition.value
    return normalized(text_of_value(value)) == normalized(str(definition.value))


def _closes_open_list(text: str) -> bool:
    return normalized(text) == normalized(names.MORE_LINES)
