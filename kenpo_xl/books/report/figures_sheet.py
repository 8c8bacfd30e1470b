"""The sheet 数値: every number of the report as one row that a program can read, with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kenpo_xl.books.common.links import link_to_source
from kenpo_xl.books.common.text_metrics import (
    line_width,
    printable_text,
    widest_line_width,
)
from kenpo_xl.books.report.list_sheet import Column, ListCell, ListSheet
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.results.fact_columns import CELL_HEADER, COLUMNS, Datum

# In half-width characters: the filter's button beside a header, and the widest column.
_BUTTON, _WIDEST = 4, 60


FigureRows = Sequence[Sequence[Datum]]


def fact_rows(report: Report) -> FigureRows:
    """The values of each fact, in the order of the columns."""
    return [[column.of(fact, report.fiscal_year) for column in COLUMNS] for fact in report.facts]


def columns_fitting_rows(rows: FigureRows) -> tuple[Column, ...]:
    """The columns of the sheet, each as wide as its values."""
    values = zip(*rows, strict=True) if rows else [()] * len(COLUMNS)
    return tuple(
        Column(one.header, _column_width(one.header, found))
        for one, found in zip(COLUMNS, values, strict=True)
    )


def write_fact_rows(sheet: ListSheet, rows: FigureRows, report: Report) -> None:
    """Write the row of each fact of the report; its cell links to the book."""
    place = next(number for number, column in enumerate(COLUMNS) if column.header == CELL_HEADER)
    for fact, row in zip(report.facts, rows, strict=True):
        link = link_to_source(fact.source, report.books) if fact.source else ""
        sheet.add_row(*row[:place], ListCell(row[place], link=link), *row[place + 1 :])
    sheet.add_filter()


def _column_width(header: str, values: Iterable[Datum]) -> int:
    needed = max(map(widest_line_width, {_displayed_text(value) for value in set(values)}), default=0)
    return min(max(line_width(header) + _BUTTON, needed + 2), _WIDEST)


def _displayed_text(value: Datum) -> str:
    return printable_text(value) if isinstance(value, str) else "" if value is None else f"{value:.15g}"
