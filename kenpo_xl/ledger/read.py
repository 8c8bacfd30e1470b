"""Queries of the ledger, which return the recorded values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from kenpo_xl.domain.outputs.ledger_records import KnownPeriod, Outcome, PeriodRecord, RecordVersion
from kenpo_xl.domain.plan.named_parts import NamedPart
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.ledger.mapping import (
    FACTS_KEPT,
    LATE_SEPARATOR,
    LINES_KEPT,
    PARTS_NAMED,
    RATINGS_KEPT,
    Record,
    TableMapping,
)
from kenpo_xl.ledger.schema import FACTS, FIGURE_LETTERS, FILES, PARTS, PERIODS, RUNS

_IDENTITY = (PERIODS.c.branch, PERIODS.c.fiscal_year, PERIODS.c.number, PERIODS.c.cycle)
_KEY = (*_IDENTITY, PERIODS.c.first_month)
# Valid for a date; no earlier era is known.
_FIRST_YEAR, _LAST_YEAR = 1868, 9998
_OUTCOME = (
    *(PERIODS.c.input_digest, PERIODS.c.summary, PERIODS.c.has_errors, PERIODS.c.until),
    *(PERIODS.c.due, PERIODS.c.late),
)


def recorded_periods(connection: Connection, branch: str | None = None) -> tuple[KnownPeriod, ...]:
    """Every recorded period, or those of a branch, by branch and time."""
    first, last = RUNS.alias(), RUNS.alias()
    columns = (*_KEY, PERIODS.c.folder, PERIODS.c.root, first.c.day, last.c.day, *_OUTCOME)
    rows = connection.execute(
        select(*columns)
        .join(first, first.c.run == PERIODS.c.first_run)
        .join(last, last.c.run == PERIODS.c.seen_run)
        .where(*_branch_conditions(branch))
        .order_by(*_IDENTITY)
    )
    return tuple(
        KnownPeriod(
            _period_key(*key),
            folder,
            date.fromisoformat(first_day),
            date.fromisoformat(last_day),
            _outcome_of_run(*outcome),
            root,
        )
        for *key, folder, root, first_day, last_day, outcome in (
            (*row[: -len(_OUTCOME)], row[-len(_OUTCOME) :]) for row in _verified_rows(columns, rows)
        )
    )


def _branch_conditions(branch: str | None) -> list[ColumnElement[bool]]:
    return [] if branch is None else [PERIODS.c.branch == branch]


def _outcome_of_run(
    input_digest: str, summary: str, has_errors: int, until: str | None, due: str | None, late: str
) -> Outcome:
    last, due_day = (date.fromisoformat(day) if day else None for day in (until, due))
    groups = tuple(late.split(LATE_SEPARATOR)) if late else ()
    return Outcome(input_digest, summary, bool(has_errors), last, due_day, groups)


def recorded_plans(connection: Connection, root: str, kind: str) -> dict[tuple[str, str], PeriodKey]:
    """The period of each plan book of a root (files of this kind), by path and content."""
    columns = (*_KEY, FILES.c.path, FILES.c.content)
    rows = connection.execute(
        select(*columns)
        .join(PERIODS, PERIODS.c.period == FILES.c.period)
        .where(FILES.c.last_run.is_(None), FILES.c.kind == kind, PERIODS.c.root == root)
    )
    return {
        (path, content): _period_key(*key) for *key, path, content in _verified_rows(columns, rows) if content
    }


def current_records_of_branch(
    connection: Connection, mapping: TableMapping[Record], branch: str | None
) -> dict[PeriodKey, tuple[Record, ...]]:
    """The current records of every period of a branch, or of all."""
    table, found = mapping.table, dict[PeriodKey, list[Record]]()
    columns = (*_KEY, *mapping.columns)
    rows = connection.execute(
        select(*columns)
        .join(PERIODS, PERIODS.c.period == table.c.period)
        .where(table.c.last_run.is_(None), *_branch_conditions(branch))
        .order_by(table.c.id)
    )
    for row in _verified_rows(columns, rows):
        found.setdefault(_period_key(*row[: len(_KEY)]), []).append(mapping.record_from(*row[len(_KEY) :]))
    return {key: tuple(records) for key, records in found.items()}


def _period_key(branch: str, fiscal_year: int, number: int, cycle: str, first_month: int) -> PeriodKey:
    key = PeriodKey(branch, FiscalYear(fiscal_year, first_month), number, Cycle(cycle))
    is_year = _FIRST_YEAR <= fiscal_year <= _LAST_YEAR and first_month in key.fiscal_year.months
    if not (is_year and number in key.cycle.numbers):
        raise ValueError(f"no period: {fiscal_year} {cycle} {number}")
    return key


def _verified_rows(columns: Iterable[Any], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """The rows; ValueError for a value of another type than its column."""
    kinds = [(column.type.python_type, column.nullable) for column in columns]
    for row in rows:
        for value, (kind, may_be_empty) in zip(row, kinds, strict=True):
            if not (type(value) is kind or (value is None and may_be_empty)):
                raise ValueError(f"no {kind.__name__}: {value!r}")
        yield row


def current_records(
    connection: Connection, mapping: TableMapping[Record], key: PeriodKey
) -> Iterator[Record]:
    """The current records of a period, in the order in which they were recorded."""
    table = mapping.table
    rows = connection.execute(
        select(*mapping.columns)
        .join(PERIODS, PERIODS.c.period == table.c.period)
        .where(*_period_conditions(key), table.c.last_run.is_(None))
        .order_by(table.c.id)
    )
    return (mapping.record_from(*row) for row in _verified_rows(mapping.columns, rows))


def record_versions(
    connection: Connection, mapping: TableMapping[Record], *which: ColumnElement[bool]
) -> Iterator[RecordVersion[Record]]:
    """Every record, by branch, the newest period first, in it the most recent first."""
    table, since, last = mapping.table, RUNS.alias(), RUNS.alias()
    seen = func.coalesce(table.c.last_run, PERIODS.c.seen_run)
    columns = (*_KEY, PERIODS.c.folder, since.c.day, last.c.day, table.c.last_run, *mapping.columns)
    rows = connection.execute(
        select(*columns)
        .join(PERIODS, PERIODS.c.period == table.c.period)
        .join(since, since.c.run == table.c.since_run)
        .join(last, last.c.run == seen)
        .where(*which)
        .order_by(_KEY[0], _KEY[1].desc(), _KEY[2].desc(), seen.desc(), table.c.id)
    )
    return (_record_version(mapping, *row) for row in _verified_rows(columns, rows))


def _record_version(mapping: TableMapping[Record], *row: Any) -> RecordVersion[Record]:
    row_of_period, content = row[: len(_KEY) + 4], row[len(_KEY) + 4 :]
    *key, folder, since, last, ended = row_of_period
    return RecordVersion(
        _period_key(*key),
        folder,
        mapping.record_from(*content),
        date.fromisoformat(since),
        date.fromisoformat(last),
        is_current=ended is None,
    )


def conditions_of_branch(branch: str | None) -> list[ColumnElement[bool]]:
    """The conditions for the facts of a branch: its periods are found first, and no others are read."""
    if branch is None:
        return []
    return [FACTS.c.period.in_(select(PERIODS.c.period).where(PERIODS.c.branch == branch))]


def conditions_of_figure(identity: str) -> Iterator[ColumnElement[bool]]:
    """The conditions for the facts of an identity, in the words of their index."""
    yield func.substr(FACTS.c.identity, 1, FIGURE_LETTERS) == identity[:FIGURE_LETTERS]
    yield FACTS.c.identity == identity


def record_versions_of_period(
    connection: Connection, mapping: TableMapping[Record], key: PeriodKey
) -> tuple[RecordVersion[Record], ...]:
    """Every record of a period, the most recent first."""
    return tuple(record_versions(connection, mapping, *_period_conditions(key)))


def _period_conditions(key: PeriodKey) -> Iterator[ColumnElement[bool]]:
    return (column == part for column, part in zip(_IDENTITY, key, strict=True))


def recorded_history(
    connection: Connection, branch: str, since: int, *, until: PeriodKey | None = None
) -> History:
    """The recorded periods of a branch from fiscal year `since` on, those before `until`."""
    known = [one.key for one in recorded_periods(connection, branch)]
    wanted = [
        key
        for key in known
        if key.fiscal_year >= since and (until is None or key.year_and_months < until.year_and_months)
    ]
    return History.of(_past_period(connection, key) for key in wanted)


def _past_period(connection: Connection, key: PeriodKey) -> PastPeriod:
    return PeriodRecord(
        key,
        facts=tuple(current_records(connection, FACTS_KEPT, key)),
        lines=tuple(current_records(connection, LINES_KEPT, key)),
        ratings=tuple(current_records(connection, RATINGS_KEPT, key)),
        parts=tuple(current_records(connection, PARTS_NAMED, key)),
    ).past_period


def recorded_keys(connection: Connection, branch: str) -> frozenset[str]:
    """The keys that items and blocks of a branch ever had; without keys their numbers and names."""
    asked = select(PARTS.c.item, PARTS.c.block).distinct()
    rows = connection.execute(
        asked.join(PERIODS, PERIODS.c.period == PARTS.c.period).filter_by(branch=branch)
    )
    return frozenset(key for row in _verified_rows([PARTS.c.item, PARTS.c.block], rows) for key in row if key)


def matching_figures(
    connection: Connection, words: Iterable[str], most: int, branch: str | None = None
) -> tuple[tuple[PeriodKey, str], ...]:
    """The identities that contain all of the words, each with its periods, at most `most`, shortest first.

    An identity counts as stored and with the number of its item in the period.
    """
    beside = and_(PARTS.c.period == FACTS.c.period, PARTS.c.item == FACTS.c.item, PARTS.c.block == "")
    begins = func.substr(FACTS.c.identity, 1, func.length(FACTS.c.item) + 1) == FACTS.c.item + "/"
    rest = func.substr(FACTS.c.identity, func.length(FACTS.c.item) + 1)
    shown = case((and_(PARTS.c.number.is_not(None), begins), PARTS.c.number + rest), else_=FACTS.c.identity)
    held = (
        or_(*(text.icontains(word, autoescape=True) for text in (FACTS.c.identity, shown))) for word in words
    )
    columns = (*_KEY, FACTS.c.identity)
    asked = (
        select(*columns)
        .join(PERIODS, PERIODS.c.period == FACTS.c.period)
        .outerjoin(PARTS, beside)
        .where(*held, *conditions_of_branch(branch))
        .group_by(*columns)
        .order_by(func.length(FACTS.c.identity), FACTS.c.identity, *_IDENTITY)
        .limit(most)
    )
    rows = _verified_rows(columns, connection.execute(asked))
    return tuple((_period_key(*key), identity) for *key, identity in rows)


def recorded_items(connection: Connection, branch: str | None) -> dict[PeriodKey, tuple[NamedPart, ...]]:
    """The items of every period, or of those of a branch, as last recorded."""
    found = current_records_of_branch(connection, PARTS_NAMED, branch)
    return {
        one.key: tuple(part for part in found.get(one.key, ()) if not part.block)
        for one in recorded_periods(connection, branch)
    }
