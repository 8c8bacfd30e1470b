"""Copies everything that a ledger holds into another one, beside what that one holds already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, insert, select, tuple_

from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.ledger.schema import PERIODS, RUNS, SCHEMA, VALIDITY

# Rows that are held in memory at a time.
_BATCH = 5_000
_PERIOD = ("branch", "fiscal_year", "number", "cycle")


def periods_in_both(source: Connection, target: Connection) -> tuple[PeriodKey, ...]:
    """The periods that two ledgers know."""
    columns = [PERIODS.c[name] for name in _PERIOD]
    known = [tuple(row) for row in source.execute(select(*columns))]
    shown = (*columns, PERIODS.c.first_month)
    found = target.execute(select(*shown).where(tuple_(*columns).in_(known)).order_by(*columns))
    return tuple(
        PeriodKey(branch, FiscalYear(year, first_month), number, Cycle(cycle))
        for branch, year, number, cycle, first_month in found
    )


def copy_rows(source: Connection, target: Connection, root: str) -> int:
    """Copy all rows under new numbers; the number of periods. `root` names the root of those without one.

    Inside a transaction of each; of a period that both know nothing may be there.
    """
    runs = _copied_with_numbers(source, target, RUNS, lambda row: row)

    def placed(row: dict[str, Any]) -> dict[str, Any]:
        return {
            **row,
            "root": row["root"] or root,
            "first_run": runs[row["first_run"]],
            "seen_run": runs[row["seen_run"]],
        }

    periods = _copied_with_numbers(source, target, PERIODS, placed)
    numbers: dict[str, dict[Any, Any]] = {"period": periods, "from_run": runs, "since_run": runs}
    numbers["last_run"] = dict[int | None, int | None](runs.items()) | {None: None}
    for table in SCHEMA.sorted_tables:
        if table not in (RUNS, PERIODS):
            for rows in _batches_of_rows(source, table):
                target.execute(table.insert(), [_renumbered_row(row, numbers) for row in rows])
    return len(periods)


def _copied_with_numbers(source: Connection, target: Connection, table: Table, change: Any) -> dict[int, int]:
    """The new number of each row of a table by its old one, after they were copied."""
    (key,) = table.primary_key.columns
    found: dict[int, int] = {}
    statement = insert(table).returning(key, sort_by_parameter_order=True)
    for rows in _batches_of_rows(source, table):
        content = [{name: value for name, value in change(row).items() if name != key.name} for row in rows]
        new = target.execute(statement, content).scalars()
        found |= zip((row[key.name] for row in rows), new, strict=True)
    return found


def _renumbered_row(row: dict[str, Any], numbers: dict[str, dict[Any, Any]]) -> dict[str, Any]:
    changed = {name: known[row[name]] for name, known in numbers.items()}
    return {name: value for name, value in {**row, **changed}.items() if name != VALIDITY[0]}


def _batches_of_rows(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table in their order, some at a time."""
    (key,) = table.primary_key.columns
    last = 0
    while True:
        asked = select(table).where(key > last).order_by(key).limit(_BATCH)
        rows = [dict(row) for row in source.execute(asked).mappings()]
        if not rows:
            return
        last = rows[-1][key.name]
        yield rows
