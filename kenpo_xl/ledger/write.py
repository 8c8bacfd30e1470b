"""Records the state of a period: unchanged records add no row, missing ones end, new ones begin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_records import Outcome, PeriodRecord
from kenpo_xl.ledger.mapping import (
    FACTS_KEPT,
    FILES_SEEN,
    FINDINGS_KEPT,
    KPIS_KEPT,
    LATE_SEPARATOR,
    LINES_KEPT,
    OUTPUTS_WRITTEN,
    PARTS_NAMED,
    RATINGS_KEPT,
    Content,
    Record,
    TableMapping,
)
from kenpo_xl.ledger.schema import PERIODS


@frozen
class _PeriodVisit:
    """A period in this run; `last` is the run that examined it before."""

    period: int
    run: int
    last: int


def record_period(connection: Connection, run: int, record: PeriodRecord) -> None:
    """Replace the recorded state of a period by `record`; inside a transaction."""
    visit = _upsert_period(connection, run, record)
    _replace_records(connection, FILES_SEEN, visit, record.files)
    _replace_records(connection, FACTS_KEPT, visit, record.facts)
    _replace_records(connection, LINES_KEPT, visit, record.lines)
    _replace_records(connection, RATINGS_KEPT, visit, record.ratings)
    _replace_records(connection, FINDINGS_KEPT, visit, record.findings)
    _replace_records(connection, OUTPUTS_WRITTEN, visit, record.outputs)
    _replace_records(connection, PARTS_NAMED, visit, record.parts)
    _replace_records(connection, KPIS_KEPT, visit, record.kpis)


def _upsert_period(connection: Connection, run: int, record: PeriodRecord) -> _PeriodVisit:
    key = record.key._asdict()
    known = connection.execute(select(PERIODS.c.period, PERIODS.c.seen_run).filter_by(**key)).one_or_none()
    first_month = record.key.fiscal_year.first_month
    place = {"folder": record.folder, "root": record.root, "first_month": first_month}
    updated = {**_outcome_columns(record.outcome), **place, "seen_run": run}
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(PERIODS).values(**key, **updated, first_run=run)
    period = connection.execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=updated).returning(PERIODS.c.period)
    ).scalar_one()
    return _PeriodVisit(period, run, known.seen_run if known else run)


def _outcome_columns(outcome: Outcome) -> dict[str, Any]:
    return {
        "input_digest": outcome.input_digest,
        "summary": outcome.summary,
        "has_errors": int(outcome.has_errors),
        "until": outcome.until.isoformat() if outcome.until else None,
        "due": outcome.due.isoformat() if outcome.due else None,
        "late": LATE_SEPARATOR.join(outcome.late),
    }


def _replace_records(
    connection: Connection, mapping: TableMapping[Record], visit: _PeriodVisit, records: Iterable[Record]
) -> None:
    wanted = dict.fromkeys(map(mapping.content_of, records))
    known = _ids_and_first_runs_by_content(connection, mapping, visit)
    gone = [content for content in known if content not in wanted]
    _close_rows(connection, mapping, visit, [known[content][0] for content in gone])
    key_of = mapping.statement_key_function()
    since = {key_of(content): known[content][1] for content in gone}
    _insert_rows(
        connection,
        mapping,
        visit,
        {one: since.get(key_of(one), visit.run) for one in wanted if one not in known},
    )


def _ids_and_first_runs_by_content(
    connection: Connection, mapping: TableMapping[Any], visit: _PeriodVisit
) -> dict[Content, tuple[int, int]]:
    """The current rows by content, each with its id and the first run with the same statement."""
    table = mapping.table
    rows = connection.execute(
        select(table.c.id, table.c.since_run, *mapping.columns).where(
            table.c.period == visit.period, table.c.last_run.is_(None)
        )
    )
    return {tuple(content): (number, since) for number, since, *content in rows}


def _close_rows(
    connection: Connection, mapping: TableMapping[Any], visit: _PeriodVisit, ids: list[int]
) -> None:
    if ids:
        statement = mapping.table.update().where(mapping.table.c.id == bindparam("row"))
        connection.execute(statement.values(last_run=visit.last), [{"row": number} for number in ids])


def _insert_rows(
    connection: Connection,
    mapping: TableMapping[Any],
    visit: _PeriodVisit,
    first_run_by_content: dict[Content, int],
) -> None:
    if first_run_by_content:
        always = {"period": visit.period, "from_run": visit.run, "last_run": None}
        names = mapping.column_names
        connection.execute(
            mapping.table.insert(),
            [
                {**always, "since_run": since, **dict(zip(names, content, strict=True))}
                for content, since in first_run_by_content.items()
            ],
        )
