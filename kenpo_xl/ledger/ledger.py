"""The ledger as the rest of the program uses it: runs record periods, tasks query them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, insert, update

from kenpo_xl import __version__
from kenpo_xl.domain.outputs.ledger_records import (
    FileRecord,
    FindingRecord,
    KnownPeriod,
    OutputRecord,
    PeriodRecord,
    RecordVersion,
)
from kenpo_xl.domain.plan.named_parts import NamedPart
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.privacy.search_terms import SearchTerms
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.history import YEARS, History
from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger import erase, read
from kenpo_xl.ledger.connection import PATIENCE, close, read_only_connection, transaction, writable_connection
from kenpo_xl.ledger.errors import DAMAGED, sqlite_errors_reported
from kenpo_xl.ledger.mapping import FACTS_KEPT, FILES_SEEN, FINDINGS_KEPT, OUTPUTS_WRITTEN
from kenpo_xl.ledger.schema import FACTS, PERIODS, RUNS
from kenpo_xl.ledger.write import record_period


class Run:
    """One run by its number. Each period is one transaction, which is rolled back if the run is killed."""

    def __init__(self, connection: Connection, path: Path, number: int) -> None:
        self._connection, self._path, self.number = connection, path, number

    def mark_incomplete(self, key: PeriodKey) -> None:
        """Record that the outputs of a period may differ from the recorded ones from now on."""
        with transaction(self._connection, self._path, writes=True):
            self._connection.execute(update(PERIODS).filter_by(**key._asdict()).values(input_digest=""))

    def record_period(self, record: PeriodRecord) -> None:
        """Replace the recorded state of a period by what this run saw."""
        with transaction(self._connection, self._path, writes=True):
            record_period(self._connection, self.number, record)

    def mark_unchanged(self, keys: Iterable[PeriodKey]) -> None:
        """Record that these periods were examined and are unchanged."""
        with transaction(self._connection, self._path, writes=True):
            for key in keys:
                seen = update(PERIODS).filter_by(**key._asdict()).values(seen_run=self.number)
                self._connection.execute(seen)


class Ledger:
    """An open ledger. Each method raises KenpoError if the file is damaged, locked or the disk full."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    @classmethod
    def open_for_writing(cls, path: Path, *, patience: float = PATIENCE) -> Self:
        """The ledger at `path` for writing, created if missing.

        Each method waits up to `patience` seconds for another program that writes.
        """
        return cls(writable_connection(path, patience=patience), path)

    @classmethod
    def open_read_only(cls, path: Path) -> Self:
        """The ledger at `path`, read-only; KenpoError without one."""
        return cls(read_only_connection(path), path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        close(self._connection)

    @contextmanager
    def begin_run(self, today: date) -> Iterator[Run]:
        """A new run, recorded as ended when the block ends without an error."""
        with transaction(self._connection, self._path, writes=True):
            begun = insert(RUNS).values(day=today.isoformat(), program=__version__, ended=0)
            number = self._connection.execute(begun.returning(RUNS.c.run)).scalar_one()
        yield Run(self._connection, self._path, number)
        with transaction(self._connection, self._path, writes=True):
            self._connection.execute(update(RUNS).where(RUNS.c.run == number).values(ended=1))

    @contextmanager
    def _reading_connection(self) -> Iterator[Connection]:
        try:
            with transaction(self._connection, self._path):
                yield self._connection
        except (ValueError, ArithmeticError) as error:  # a value that this program never writes
            raise KenpoError(DAMAGED.format(path=self._path)) from error

    def history(self, branch: str, *, since: int = 0) -> History:
        """Every recorded period of a branch from fiscal year `since` on."""
        with self._reading_connection() as connection:
            return read.recorded_history(connection, branch, since)

    def earlier_periods(self, key: PeriodKey) -> History:
        """The earlier periods of the same branch that are recent enough for comparisons."""
        with self._reading_connection() as connection:
            return read.recorded_history(connection, key.branch, key.fiscal_year - YEARS, until=key)

    def versions_of_figure(
        self, identity: str, *, branch: str = "", entity: str | None = None
    ) -> tuple[RecordVersion[Fact], ...]:
        """Every recorded state of a figure, by branch, the newest period first."""
        which = [FACTS.c.identity == identity]
        which += [PERIODS.c.branch == branch] if branch else []
        which += [] if entity is None else [FACTS.c.entity == entity]
        with self._reading_connection() as connection:
            return tuple(read.record_versions(connection, FACTS_KEPT, *which))

    def matching_figures(
        self, words: Iterable[str], *, most: int = 2_000
    ) -> tuple[tuple[PeriodKey, str], ...]:
        """The identities that contain all of these words, by key or by number, each with its periods."""
        with self._reading_connection() as connection:
            return read.matching_figures(connection, words, most)

    def recorded_items(self) -> dict[PeriodKey, tuple[NamedPart, ...]]:
        """The items of every period, as last recorded."""
        with self._reading_connection() as connection:
            return read.recorded_items(connection)

    def recorded_keys(self, branch: str) -> frozenset[str]:
        """The keys that items and blocks of a branch ever had; without keys their numbers and names."""
        with self._reading_connection() as connection:
            return read.recorded_keys(connection, branch)

    def periods(self) -> tuple[KnownPeriod, ...]:
        """Every recorded period, by branch and time."""
        with self._reading_connection() as connection:
            return read.recorded_periods(connection)

    def recorded_files(self, key: PeriodKey) -> tuple[FileRecord, ...]:
        """The files of a period as last recorded."""
        with self._reading_connection() as connection:
            return tuple(read.current_records(connection, FILES_SEEN, key))

    def recorded_outputs(self, key: PeriodKey) -> tuple[OutputRecord, ...]:
        """The outputs written for a period, with the digest of their inputs."""
        with self._reading_connection() as connection:
            return tuple(read.current_records(connection, OUTPUTS_WRITTEN, key))

    def versions_of_findings(self, key: PeriodKey) -> tuple[RecordVersion[FindingRecord], ...]:
        """Every finding that a period ever had, the most recent first."""
        with self._reading_connection() as connection:
            return read.record_versions_of_period(connection, FINDINGS_KEPT, key)

    def private_values(self) -> frozenset[str]:
        """All that the privacy rules find in the ledger and no group accepted."""
        with self._reading_connection() as connection:
            return erase.private_values_in(connection)

    def count_rows_with(self, sought: SearchTerms) -> int:
        """The number of rows with a sought value, current and past."""
        with self._reading_connection() as connection:
            return sum(map(len, erase.masked_rows_by_table(connection, sought).values()))

    def mask(self, sought: SearchTerms) -> int:
        """Mask the sought values in every row and purge them from the file; the number of rows masked."""
        with sqlite_errors_reported(self._path):
            self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
        with transaction(self._connection, self._path, writes=True):
            rows = erase.masked_rows_by_table(self._connection, sought)
            erase.overwrite_rows(self._connection, rows)
        with sqlite_errors_reported(self._path):
            self._connection.exec_driver_sql("VACUUM")
        return sum(map(len, rows.values()))
