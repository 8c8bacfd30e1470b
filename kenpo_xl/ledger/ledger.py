"""The ledger as the rest of the program uses it: runs record periods, tasks query them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Table, insert, update

from kenpo_xl import __version__
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace, LedgerUrl
from kenpo_xl.domain.outputs.ledger_records import (
    FileRecord,
    FindingRecord,
    KnownPeriod,
    KpiRecord,
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
from kenpo_xl.ledger import copy, erase, read
from kenpo_xl.ledger.database import PATIENCE, Database, Made, Work
from kenpo_xl.ledger.errors import damaged_sentence
from kenpo_xl.ledger.mapping import FACTS_KEPT, FILES_SEEN, FINDINGS_KEPT, KPIS_KEPT, OUTPUTS_WRITTEN
from kenpo_xl.ledger.schema import FACTS, PERIODS, RUNS
from kenpo_xl.ledger.write import record_period


class Run:
    """One run by its number. Each period is one transaction, which is rolled back if the run is killed."""

    def __init__(self, database: Database, number: int) -> None:
        self._database, self.number = database, number

    def mark_incomplete(self, key: PeriodKey) -> None:
        """Record that the outputs of a period may differ from the recorded ones from now on."""
        incomplete = update(PERIODS).filter_by(**key._asdict()).values(input_digest="")
        self._database.write(lambda connection: connection.execute(incomplete))

    def record_period(self, record: PeriodRecord) -> None:
        """Replace the recorded state of a period by what this run saw."""
        self._database.write(lambda connection: record_period(connection, self.number, record))

    def mark_unchanged(self, keys: Iterable[PeriodKey]) -> None:
        """Record that these periods were examined and are unchanged."""
        seen = [update(PERIODS).filter_by(**key._asdict()).values(seen_run=self.number) for key in keys]

        def mark(connection: Connection) -> None:
            for statement in seen:
                connection.execute(statement)

        if seen:
            self._database.write(mark)


class Ledger:
    """An open ledger.

    Each method raises KenpoError if file or server cannot be used: damaged, locked, not to be reached, full.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open_for_writing(cls, place: LedgerPlace, *, patience: float = PATIENCE) -> Self:
        """The ledger at `place` for writing, created if missing.

        Each method waits up to `patience` seconds for another program that writes.
        """
        return cls(_database_at(place, writes=True, patience=patience))

    @classmethod
    def open_read_only(cls, place: LedgerPlace) -> Self:
        """The ledger at `place`, read-only; KenpoError without one."""
        return cls(_database_at(place, writes=False, patience=PATIENCE))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def begin_run(self, today: date) -> Iterator[Run]:
        """A new run, recorded as ended when the block ends without an error."""
        begun = insert(RUNS).values(day=today.isoformat(), program=__version__, ended=0).returning(RUNS.c.run)
        number = self._database.write(lambda connection: connection.execute(begun).scalar_one())
        yield Run(self._database, number)
        ended = update(RUNS).where(RUNS.c.run == number).values(ended=1)
        self._database.write(lambda connection: connection.execute(ended))

    def _read(self, work: Work[Made]) -> Made:
        try:
            return self._database.read(work)
        except (ValueError, ArithmeticError) as error:  # a value that this program never writes
            raise KenpoError(damaged_sentence(self._database.place)) from error

    def history(self, branch: str, *, since: int = 0) -> History:
        """Every recorded period of a branch from fiscal year `since` on."""
        return self._read(lambda connection: read.recorded_history(connection, branch, since))

    def earlier_periods(self, key: PeriodKey) -> History:
        """The earlier periods of the same branch that are recent enough for comparisons."""
        since = key.fiscal_year - YEARS
        return self._read(lambda connection: read.recorded_history(connection, key.branch, since, until=key))

    def versions_of_figure(
        self, identity: str, *, branch: str = "", entity: str | None = None
    ) -> tuple[RecordVersion[Fact], ...]:
        """Every recorded state of a figure, by branch, the newest period first."""
        which = [*read.conditions_of_figure(identity)]
        which += read.conditions_of_branch(branch or None)
        which += [] if entity is None else [FACTS.c.entity == entity]
        return self._read(lambda connection: tuple(read.record_versions(connection, FACTS_KEPT, *which)))

    def matching_figures(
        self, words: Iterable[str], *, most: int = 2_000, branch: str = ""
    ) -> tuple[tuple[PeriodKey, str], ...]:
        """The identities that contain all of these words, by key or by number, each with its periods.

        Those of all branches without `branch`.
        """
        sought = tuple(words)
        return self._read(lambda connection: read.matching_figures(connection, sought, most, branch or None))

    def recorded_items(self, branch: str = "") -> dict[PeriodKey, tuple[NamedPart, ...]]:
        """The items of every period, or of those of a branch, as last recorded."""
        return self._read(lambda connection: read.recorded_items(connection, branch or None))

    def recorded_keys(self, branch: str) -> frozenset[str]:
        """The keys that items and blocks of a branch ever had; without keys their numbers and names."""
        return self._read(lambda connection: read.recorded_keys(connection, branch))

    def recorded_plans(self, root: str, kind: str) -> dict[tuple[str, str], PeriodKey]:
        """The period of each plan book of a root (files of this kind), by path and content."""
        return self._read(lambda connection: read.recorded_plans(connection, root, kind))

    def periods(self, branch: str | None = None) -> tuple[KnownPeriod, ...]:
        """Every recorded period, or those of a branch, by branch and time."""
        return self._read(lambda connection: read.recorded_periods(connection, branch))

    def files_of_branch(self, branch: str) -> dict[PeriodKey, tuple[FileRecord, ...]]:
        """The files of every period of a branch as last recorded."""
        return self._read(lambda connection: read.current_records_of_branch(connection, FILES_SEEN, branch))

    def kpis(self) -> dict[PeriodKey, tuple[KpiRecord, ...]]:
        """The KPIs of every period of all branches, as last recorded."""
        return self._read(lambda connection: read.current_records_of_branch(connection, KPIS_KEPT, None))

    def recorded_files(self, key: PeriodKey) -> tuple[FileRecord, ...]:
        """The files of a period as last recorded."""
        return self._read(lambda connection: tuple(read.current_records(connection, FILES_SEEN, key)))

    def recorded_outputs(self, key: PeriodKey) -> tuple[OutputRecord, ...]:
        """The outputs written for a period, with the digest of their inputs."""
        return self._read(lambda connection: tuple(read.current_records(connection, OUTPUTS_WRITTEN, key)))

    def versions_of_findings(self, key: PeriodKey) -> tuple[RecordVersion[FindingRecord], ...]:
        """Every finding that a period ever had, the most recent first."""
        return self._read(lambda connection: read.record_versions_of_period(connection, FINDINGS_KEPT, key))

    def periods_also_in(self, other: Ledger) -> tuple[PeriodKey, ...]:
        """The periods that another ledger knows as well."""
        return self._read(lambda own: other._read(lambda connection: copy.periods_in_both(connection, own)))

    def copy_from(self, other: Ledger, root: str) -> int:
        """Copy all rows of another ledger, all or nothing; the number of its periods.

        `root` names the root of the periods of a ledger in its root.
        """
        return other._read(lambda source: self._database.write(lambda own: copy.copy_rows(source, own, root)))

    def private_values(self) -> frozenset[str]:
        """All that the privacy rules find in the ledger and no group accepted."""
        return self._read(erase.private_values_in)

    def count_rows_with(self, sought: SearchTerms) -> int:
        """The number of rows with a sought value, current and past."""
        return self._read(
            lambda connection: sum(map(len, erase.masked_rows_by_table(connection, sought).values()))
        )

    def mask(self, sought: SearchTerms) -> int:
        """Mask the sought values in every row and purge them from the files; the number of rows masked."""
        self._database.prepare_to_erase()

        def masked(connection: Connection) -> dict[Table, int]:
            rows = erase.masked_rows_by_table(connection, sought)
            erase.overwrite_rows(connection, rows)
            return {table: len(of_table) for table, of_table in rows.items()}

        counts = self._database.write(masked)
        self._database.purge(counts)
        return sum(counts.values())


def _database_at(place: LedgerPlace, *, writes: bool, patience: float) -> Database:
    if isinstance(place, LedgerUrl):
        from kenpo_xl.ledger.server import Server

        return Server(place, writes=writes, patience=patience)
    from kenpo_xl.ledger.sqlite_file import SqliteFile

    return SqliteFile(place, writes=writes, patience=patience)
