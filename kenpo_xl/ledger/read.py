"""What is asked of the ledger, and how it is answered: in the same values that were kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from kenpo_xl.domain.outputs.ledger_records import KnownPeriod, Outcome, PeriodRecord, Sighting
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.ledger.mapping import FACTS_KEPT, LINES_KEPT, RATINGS_KEPT, Record, TableMapping
from kenpo_xl.ledger.schema import FACTS, PERIODS, RUNS

_KEY = (PERIODS.c.branch, PERIODS.c.fiscal_year, PERIODS.c.quarter)
# What a date can be made of; no earlier era is known.
_FIRST_YEAR, _LAST_YEAR, _QUARTERS = 1868, 9998, range(1, 5)
_OUTCOME = (PERIODS.c.input_digest, PERIODS.c.words, PERIODS.c.to_mend, PERIODS.c.until)


def periods(connection: Connection) -> tuple[KnownPeriod, ...]:
    """Every period, by branch and time."""
    first, last = RUNS.alias(), RUNS.alias()
    columns = (*_KEY, PERIODS.c.folder, first.c.day, last.c.day, *_OUTCOME)
    rows = connection.execute(
        select(*columns)
        .join(first, first.c.run == PERIODS.c.first_run)
        .join(last, last.c.run == PERIODS.c.seen_run)
        .order_by(*_KEY)
    )
    return tuple(
        KnownPeriod(
            _period_key(*key),
            folder,
            date.fromisoformat(begun),
            date.fromisoformat(seen),
            Outcome(input_digest, words, bool(to_mend), date.fromisoformat(until) if until else None),
        )
        for *key, folder, begun, seen, input_digest, words, to_mend, until in _verified(columns, rows)
    )


def _period_key(branch: str, fiscal_year: int, quarter: int) -> PeriodKey:
    if not (_FIRST_YEAR <= fiscal_year <= _LAST_YEAR and quarter in _QUARTERS):
        raise ValueError(f"no quarter: {fiscal_year} {quarter}")
    return PeriodKey(branch, fiscal_year, quarter)


def _verified(columns: Iterable[Any], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """The rows; ValueError for one with a value of another kind than its column holds."""
    kinds = [(column.type.python_type, column.nullable) for column in columns]
    for row in rows:
        for value, (kind, may_be_empty) in zip(row, kinds, strict=True):
            if not (type(value) is kind or (value is None and may_be_empty)):
                raise ValueError(f"no {kind.__name__}: {value!r}")
        yield row


def valid(connection: Connection, shelf: TableMapping[Record], key: PeriodKey) -> Iterator[Record]:
    """The records of a period that are valid now, in the order in which they were kept."""
    table = shelf.table
    rows = connection.execute(
        select(*shelf.columns)
        .join(PERIODS, PERIODS.c.period == table.c.period)
        .where(*_is(key), table.c.last_run.is_(None))
        .order_by(table.c.id)
    )
    return (shelf.read(*row) for row in _verified(shelf.columns, rows))


def sightings(
    connection: Connection, shelf: TableMapping[Record], *which: ColumnElement[bool]
) -> Iterator[Sighting[Record]]:
    """All that was ever kept, by branch, the newest period first, and in it what was seen last."""
    table, since, last = shelf.table, RUNS.alias(), RUNS.alias()
    seen = func.coalesce(table.c.last_run, PERIODS.c.seen_run)
    columns = (*_KEY, PERIODS.c.folder, since.c.day, last.c.day, table.c.last_run, *shelf.columns)
    rows = connection.execute(
        select(*columns)
        .join(PERIODS, PERIODS.c.period == table.c.period)
        .join(since, since.c.run == table.c.since_run)
        .join(last, last.c.run == seen)
        .where(*which)
        .order_by(_KEY[0], _KEY[1].desc(), _KEY[2].desc(), seen.desc(), table.c.id)
    )
    return (_sighting(shelf, *row) for row in _verified(columns, rows))


def _sighting(shelf: TableMapping[Record], *row: Any) -> Sighting[Record]:
    key, (folder, since, last, ended), content = row[:3], row[3:7], row[7:]
    return Sighting(
        _period_key(*key),
        folder,
        shelf.read(*content),
        date.fromisoformat(since),
        date.fromisoformat(last),
        stands=ended is None,
    )


def of_period(
    connection: Connection, shelf: TableMapping[Record], key: PeriodKey
) -> tuple[Sighting[Record], ...]:
    """All that was ever kept of a period, what was seen last first."""
    return tuple(sightings(connection, shelf, *_is(key)))


def _is(key: PeriodKey) -> Iterator[ColumnElement[bool]]:
    return (column == part for column, part in zip(_KEY, key, strict=True))


def history(connection: Connection, branch: str, since: int, *, until: PeriodKey | None = None) -> History:
    """The periods of a branch as they are known now, from a fiscal year on, those before `until`."""
    known = [one.key for one in periods(connection) if one.key.branch == branch]
    wanted = [key for key in known if key.fiscal_year >= since and (until is None or key < until)]
    return History.of(_past(connection, key) for key in wanted)


def _past(connection: Connection, key: PeriodKey) -> PastPeriod:
    return PeriodRecord(
        key,
        facts=tuple(valid(connection, FACTS_KEPT, key)),
        lines=tuple(valid(connection, LINES_KEPT, key)),
        ratings=tuple(valid(connection, RATINGS_KEPT, key)),
    ).past


def identities(connection: Connection, words: Iterable[str], most: int) -> tuple[str, ...]:
    """The identities that hold all of the words, no more than `most`; the shortest first, so the very one."""
    held = (FACTS.c.identity.contains(word, autoescape=True) for word in words)
    order = func.length(FACTS.c.identity), FACTS.c.identity
    asked = select(FACTS.c.identity).distinct().where(*held).order_by(*order).limit(most)
    return tuple(identity for (identity,) in _verified([FACTS.c.identity], connection.execute(asked)))
