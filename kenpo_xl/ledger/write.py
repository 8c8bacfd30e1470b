"""Keeps what a run saw of a period: what is as before adds no row, what is gone ends, what is new begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_records import PeriodRecord
from kenpo_xl.ledger.mapping import (
    FACTS_KEPT,
    FILES_SEEN,
    FINDINGS_KEPT,
    LINES_KEPT,
    OUTPUTS_WRITTEN,
    RATINGS_KEPT,
    Content,
    Record,
    TableMapping,
)
from kenpo_xl.ledger.schema import PERIODS


@frozen
class _Visit:
    """A period in this run; `last` is the run that looked at it before."""

    period: int
    run: int
    last: int


def keep(connection: Connection, run: int, record: PeriodRecord) -> None:
    """Make the ledger say of the period what the record says; inside a transaction."""
    visit = _visit(connection, run, record)
    _replace(connection, FILES_SEEN, visit, record.files)
    _replace(connection, FACTS_KEPT, visit, record.facts)
    _replace(connection, LINES_KEPT, visit, record.lines)
    _replace(connection, RATINGS_KEPT, visit, record.ratings)
    _replace(connection, FINDINGS_KEPT, visit, record.findings)
    _replace(connection, OUTPUTS_WRITTEN, visit, record.outputs)


def _visit(connection: Connection, run: int, record: PeriodRecord) -> _Visit:
    key = record.key._asdict()
    known = connection.execute(select(PERIODS.c.period, PERIODS.c.seen_run).filter_by(**key)).one_or_none()
    outcome = record.outcome
    until = outcome.until.isoformat() if outcome.until else None
    said = {
        "input_digest": outcome.input_digest,
        "words": outcome.words,
        "to_mend": outcome.to_mend,
        "until": until,
    }
    told = {**said, "folder": record.folder, "seen_run": run}
    statement = insert(PERIODS).values(**key, **told, first_run=run)
    period = connection.execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=told).returning(PERIODS.c.period)
    ).scalar_one()
    return _Visit(period, run, known.seen_run if known else run)


def _replace(
    connection: Connection, shelf: TableMapping[Record], visit: _Visit, records: Iterable[Record]
) -> None:
    wanted = dict.fromkeys(map(shelf.told, records))
    known = _known(connection, shelf, visit)
    gone = [content for content in known if content not in wanted]
    _end(connection, shelf, visit, [known[content][0] for content in gone])
    said = shelf.said()
    since = {said(content): known[content][1] for content in gone}
    _begin(
        connection, shelf, visit, {one: since.get(said(one), visit.run) for one in wanted if one not in known}
    )


def _known(connection: Connection, shelf: TableMapping[Any], visit: _Visit) -> dict[Content, tuple[int, int]]:
    """The rows that are valid, each with its id and the run since which it says so."""
    table = shelf.table
    rows = connection.execute(
        select(table.c.id, table.c.since_run, *shelf.columns).where(
            table.c.period == visit.period, table.c.last_run.is_(None)
        )
    )
    return {tuple(content): (number, since) for number, since, *content in rows}


def _end(connection: Connection, shelf: TableMapping[Any], visit: _Visit, ids: list[int]) -> None:
    if ids:
        statement = shelf.table.update().where(shelf.table.c.id == bindparam("row"))
        connection.execute(statement.values(last_run=visit.last), [{"row": number} for number in ids])


def _begin(connection: Connection, shelf: TableMapping[Any], visit: _Visit, rows: dict[Content, int]) -> None:
    if rows:
        always = {"period": visit.period, "from_run": visit.run, "last_run": None}
        names = shelf.names
        connection.execute(
            shelf.table.insert(),
            [
                {**always, "since_run": since, **dict(zip(names, content, strict=True))}
                for content, since in rows.items()
            ],
        )
