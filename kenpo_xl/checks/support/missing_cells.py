"""Cells that are due in this period and empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.number_cells import NumberCell, cells_of_table
from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.plan.placeholders import YearRole
from kenpo_xl.domain.plan.table import AsOf, Axis
from kenpo_xl.domain.results.figures import TableFigures
from kenpo_xl.domain.time.fiscal_calendar import Month


def groups_of_missing_cells(context: CheckContext, table: TableFigures) -> Iterator[list[NumberCell]]:
    """The due but empty cells of a table, grouped by wholly empty column or row.

    Of a table with fixed rows: the numbers whose months have ended by the as-of month and those of last year,
    where another number of the row or the column is filled. Not a single month as late as the period's as-of
    month while the whole table has nothing of that month yet: such figures often come a month later. With
    記入した行まで only up to the last filled row.
    Of an open list: texts that all other rows have, and numbers that all other rows have, except rows with
    only dates after the as-of month, or 予定; rows without a date in a list of dates are skipped.
    """
    cells = list(cells_of_table(context, table))
    if table.table.repeating is not None:
        yield from _missing_cells_of_list(context, table, cells)
        return
    filled = [cell for cell in cells if cell.is_input_cell and cell.is_filled]
    rows, columns = set(map(_row_index, filled)), set(map(_column_index, filled))
    missing = (cell for cell in _due_number_cells(context, table, cells) if not cell.is_filled)
    empty = [cell for cell in missing if _row_index(cell) in rows or cell.column in columns]
    yield from _grouped_by_empty_line(empty, filled)


def _due_number_cells(
    context: CheckContext, table: TableFigures, cells: Sequence[NumberCell]
) -> list[NumberCell]:
    """The cells of a table with fixed rows whose numbers are due."""
    due = [
        cell for cell in cells if cell.is_input_cell and cell.expects_number and _is_due(context, table, cell)
    ]
    printed = {row.index for row in table.printed_rows()}
    return [
        cell for cell in due if _row_index(cell) in printed and not _may_still_be_empty(context, cell, due)
    ]


def _grouped_by_empty_line(
    empty: Sequence[NumberCell], filled: Sequence[NumberCell]
) -> Iterator[list[NumberCell]]:
    """The empty cells of a column or row without a filled one together, others alone."""
    for line in (_column_index, _row_index):
        filled_lines = set(map(line, filled))
        for number in dict.fromkeys(map(line, empty)):
            together = [cell for cell in empty if line(cell) == number]
            if len(together) > 1 and number not in filled_lines:
                empty = [cell for cell in empty if cell not in together]
                yield together
    yield from ([cell] for cell in empty)


def is_blank_table(context: CheckContext, table: TableFigures) -> bool:
    """Whether nothing was typed into a table with fixed rows although numbers are due."""
    if table.table.repeating is not None:
        return False
    cells = [cell for cell in cells_of_table(context, table) if cell.is_input_cell]
    due = any(cell.expects_number and _is_due(context, table, cell) for cell in cells)
    return due and not any(cell.is_filled for cell in cells)


def _column_index(cell: NumberCell) -> int:
    return cell.column


def _row_index(cell: NumberCell) -> int:
    return cell.table.table.positions[cell.figure.id][0]


def _axes_of_cell(cell: NumberCell) -> tuple[Axis, Axis]:
    return cell.table.table.rows[_row_index(cell)], cell.table.table.columns[cell.column]


def _as_of_month(context: CheckContext, table: TableFigures, column: int) -> Month:
    month = table.as_of_month(column)
    return context.plan.fiscal_year.month(month) if month else context.plan.as_of_month


def _is_due(context: CheckContext, table: TableFigures, cell: NumberCell) -> bool:
    """Whether the months of a cell have ended, or would have for last year's, a year later."""
    span = context.figures.span_of_figure(cell.figure.id)
    years = context.plan.fiscal_year - context.plan.fiscal_year.of(span.last)
    if years < 0:
        return False
    if years > 0 and not any(axis.year_role is YearRole.SAME_PERIOD for axis in _axes_of_cell(cell)):
        return True
    return span.last.years_earlier(-years) <= _as_of_month(context, table, cell.column)


def _may_still_be_empty(context: CheckContext, cell: NumberCell, wanted: Sequence[NumberCell]) -> bool:
    """Whether a cell is of the period's last month, for which the table is still empty."""
    if cell.table.table.as_of is not AsOf.PERIOD or not any(
        _is_one_month(axis) for axis in _axes_of_cell(cell)
    ):
        return False
    span = context.figures.span_of_figure(cell.figure.id)
    if span.last != context.plan.as_of_month:
        return False
    return not any(
        one.is_filled and context.figures.span_of_figure(one.figure.id).last == span.last for one in wanted
    )


def _is_one_month(axis: Axis) -> bool:
    return axis.months is not None and axis.months[0] == axis.months[1]


def _missing_cells_of_list(
    context: CheckContext, table: TableFigures, cells: Sequence[NumberCell]
) -> Iterator[list[NumberCell]]:
    rows = _cells_by_row_of_list(table, cells)
    over = _rows_not_in_future(context, rows)
    for row in rows:
        for cell in (cell for cell in row if not cell.is_filled):
            alike = over if cell.expects_number else rows
            others = _others_in_column(alike, row, cell.column)
            if row in alike and others and all(one.is_filled for one in others):
                yield [cell]


def _cells_by_row_of_list(table: TableFigures, cells: Sequence[NumberCell]) -> list[list[NumberCell]]:
    """The typed cells of an open list, by row of the sheet."""
    rows: dict[int, list[NumberCell]] = {}
    for cell in cells:
        if _row_index(cell) == table.table.repeating and cell.is_input_cell:
            rows.setdefault(cell_position(cell.source.cell)[0], []).append(cell)
    return list(rows.values())


def _rows_not_in_future(context: CheckContext, rows: list[list[NumberCell]]) -> list[list[NumberCell]]:
    """The rows without only future days; in a list with dates only those with a date."""
    dated = [row for row in rows if _months_named_in_row(context, row)]
    return [row for row in dated or rows if not _is_row_of_another_time(context, row)]


def _others_in_column(rows: list[list[NumberCell]], row: list[NumberCell], column: int) -> list[NumberCell]:
    return [one for other in rows if other is not row for one in other if one.column == column]


def _months_named_in_row(context: CheckContext, row: Sequence[NumberCell]) -> list[Month]:
    """The months that the texts of a row name."""
    dates = (named for cell in row for named in dates_in(cell.entry.written))
    return [named.month_in(context.plan.fiscal_year) for named in dates]


def _is_row_of_another_time(context: CheckContext, row: Sequence[NumberCell]) -> bool:
    """Whether a row of an open list has only days after the as-of month, or of other years."""
    if any("予定" in cell.entry.written for cell in row):
        return True
    months = _months_named_in_row(context, row)
    year = context.plan.fiscal_year
    is_of_year = any(map(year.contains, months))
    return bool(months) and (min(months) > context.plan.as_of_month or not is_of_year)
