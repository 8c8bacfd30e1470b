"""Earlier periods of the sample, made of its own data so that they agree with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.plan.figure_span import LAST_YEAR, effective_year_role
from kenpo_xl.domain.plan.last_year import identity_in_last_years_report
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import FigureId, Table
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, Submission, TableEntry
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.tasks.carry.write_books import write_input_book
from scripts.sample import plan_book, submissions
from tests.drawn import write_drawn_book
from tests.made_once import made_once

Change = Callable[[TableEntry, Table], TableEntry]


@cache
def _submissions() -> dict[str, Submission]:
    return submissions()


def write_period(
    folder: Path, fiscal_year: int, quarter: int, change: Change, *, groups: tuple[str, ...] = ()
) -> Path:
    """A period folder of the sample's plan in another year and quarter, its tables changed.

    `groups` are those that handed in their books, all of them where none is named.
    """
    key = (write_period, fiscal_year, quarter, change, groups)
    return made_once(folder, key, lambda place: _write_period(place, fiscal_year, quarter, change, groups))


def _write_period(
    folder: Path, fiscal_year: int, quarter: int, change: Change, groups: tuple[str, ...]
) -> None:
    (folder / "提出").mkdir(parents=True)
    drawing = plan_book()
    basics = [
        (key, {"年度": fiscal_year, "四半期": quarter}.get(key, value)) for key, value in drawing.basics
    ]
    ends = ((6, 30), (9, 30), (12, 31), (3, 31))
    periods = [
        {"四半期": place, "基準日": date(FiscalYear(fiscal_year).month(month).year, month, day)}
        for place, (month, day) in enumerate(ends, start=1)
    ]
    write_drawn_book(folder / "計画.xlsx", replace(drawing, basics=basics, periods=periods))
    plan = read_plan(folder / "計画.xlsx")
    for group, submission in _submissions().items():
        if groups and group not in groups:
            continue
        items = tuple(_item(item, plan, change) for item in submission.items)
        path = folder / "提出" / f"{group}.xlsm"
        write_input_book(plan, group, path, replace(submission, items=items))


def _item(item: ItemEntry, plan: Plan, change: Change) -> ItemEntry:
    """The item with its tables changed, and without text: every line was written later."""
    tables = tuple(change(entry, plan.tables[item.item, entry.table]) for entry in item.tables)
    return replace(item, tables=tables, lines=tuple(one for one in item.lines if one.kind != LineKind.TEXT))


def up_to_september(entry: TableEntry, table: Table) -> TableEntry:
    """What could be known at the end of September: typed as-of months two months before, no later months.

    Figures of the as-of months are nine tenths of what they became.
    """
    months = tuple(_earlier(month) for month in entry.months)
    rows = tuple(
        replace(
            row,
            cells=tuple(_known(cell, table, row.row, place) for place, cell in enumerate(row.cells)),
        )
        for row in entry.rows
    )
    return replace(entry, months=months, rows=rows)


def _earlier(month: int | None) -> int | None:
    return None if month is None else FiscalYear(0).months[FiscalYear(0).place_of(month) - 2]


def _known(cell: Entry, table: Table, row: int, column: int) -> Entry:
    axes = (table.rows[row], table.columns[column])
    if {effective_year_role(axis) for axis in axes} & set(LAST_YEAR):
        return cell
    months = next((axis.months for axis in axes if axis.months), None)
    if months and FiscalYear(0).place_of(months[1]) > FiscalYear(0).place_of(9):
        return cell if cell.formula else replace(cell, value=None)
    if months is None and isinstance(cell.value, Decimal) and not cell.formula:
        whole = cell.value == cell.value.to_integral_value()
        return replace(cell, value=cell.value * 9 // 10 if whole else cell.value * 9 / 10)
    return cell


def a_year_ago(entry: TableEntry, table: Table) -> TableEntry:
    """Last year's report: this year's figures of the same months are those that now stand as last year's."""
    values = {
        table.identity(row.row, place): cell
        for row in entry.rows
        for place, cell in enumerate(row.cells)
        if not row.entity
    }
    then: dict[FigureId, Entry] = {}
    for row, column in table.positions.values():
        reported = identity_in_last_years_report(table, row, column)
        if reported is not None and table.identity(row, column) in values:
            then[reported] = values[table.identity(row, column)]
    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, value=_as(cell, then.get(table.identity(row.row, place))))
                for place, cell in enumerate(row.cells)
            ),
        )
        for row in entry.rows
    )
    return replace(entry, rows=rows)


def _as(cell: Entry, then: Entry | None) -> Decimal | str | None:
    return None if cell.formula or then is None else then.value
