"""The sheet 数値: every number of the report as one row that a program can read, with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.books.common.links import to_source
from kenpo_xl.books.common.text_metrics import clean, measure, widest
from kenpo_xl.books.report.list_sheet import Column, ListCell, ListSheet
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.results.fact_columns import CELL_HEADER, COLUMNS, Datum, FactColumn
from kenpo_xl.domain.results.facts import Fact

# In half-width characters: what the filter's button takes beside a header, and the widest column.
_BUTTON, _WIDEST = 4, 60


def figure_columns(facts: Sequence[Fact]) -> tuple[Column, ...]:
    """The columns of the sheet, each as wide as what stands in it."""
    return tuple(Column(column.header, _width(column, facts)) for column in COLUMNS)


def write_figures(sheet: ListSheet, report: Report) -> None:
    """Write a row for each fact of the report, in their order."""
    for fact in report.facts:
        sheet.add(*_values(fact, report))
    sheet.finish()


def _values(fact: Fact, report: Report) -> Iterator[Datum | ListCell]:
    link = to_source(fact.source, report.books) if fact.source else ""
    for column in COLUMNS:
        value = column.of(fact)
        yield ListCell(value, link=link) if column.header == CELL_HEADER else value


def _width(column: FactColumn, facts: Sequence[Fact]) -> int:
    needed = max((widest(_shown(column.of(fact))) for fact in facts), default=0)
    return min(max(measure(column.header) + _BUTTON, needed + 2), _WIDEST)


def _shown(value: Datum) -> str:
    return clean(value) if isinstance(value, str) else "" if value is None else f"{value:.15g}"
