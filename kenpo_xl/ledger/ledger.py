"""The ledger as the rest of the program sees it: runs keep periods, anybody asks."""

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
    Sighting,
)
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.privacy.search_terms import SearchTerms
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.history import YEARS, History
from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger import erase, read
from kenpo_xl.ledger.connection import PATIENCE, close, opened_for_reading, opened_for_writing, transaction
from kenpo_xl.ledger.errors import DAMAGED, told
from kenpo_xl.ledger.mapping import FACTS_KEPT, FILES_SEEN, FINDINGS_KEPT, OUTPUTS_WRITTEN
from kenpo_xl.ledger.schema import FACTS, PERIODS, RUNS
from kenpo_xl.ledger.write import keep


class Run:
    """One run, known by its number. Each period is one transaction, which a kill undoes whole."""

    def __init__(self, connection: Connection, path: Path, number: int) -> None:
        self._connection, self._path, self.number = connection, path, number

    def begin(self, key: PeriodKey) -> None:
        """Keep that outputs of a period may be other ones from now on than those that are known."""
        with transaction(self._connection, self._path, writes=True):
            self._connection.execute(update(PERIODS).filter_by(**key._asdict()).values(input_digest=""))

    def record(self, record: PeriodRecord) -> None:
        """Keep what this run saw of a period, in the place of what was known of it."""
        with transaction(self._connection, self._path, writes=True):
            keep(self._connection, self.number, record)

    def confirm(self, keys: Iterable[PeriodKey]) -> None:
        """Keep that these periods were looked at and are as they were."""
        with transaction(self._connection, self._path, writes=True):
            for key in keys:
                seen = update(PERIODS).filter_by(**key._asdict()).values(seen_run=self.number)
                self._connection.execute(seen)


class Ledger:
    """An open ledger. KenpoError from any of its methods where its file is damaged, locked or full."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    @classmethod
    def open(cls, path: Path, *, patience: float = PATIENCE) -> Self:
        """The ledger at `path` to be written, made where there is none.

        `patience` is how many seconds each method waits for another program that writes.
        """
        return cls(opened_for_writing(path, patience=patience), path)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The ledger at `path`, of which nothing can be changed; KenpoError where there is none."""
        return cls(opened_for_reading(path), path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        close(self._connection)

    @contextmanager
    def run(self, today: date) -> Iterator[Run]:
        """A new run; it counts as ended when what is inside came to its end."""
        with transaction(self._connection, self._path, writes=True):
            begun = insert(RUNS).values(day=today.isoformat(), program=__version__, ended=0)
            number = self._connection.execute(begun.returning(RUNS.c.run)).scalar_one()
        yield Run(self._connection, self._path, number)
        with transaction(self._connection, self._path, writes=True):
            self._connection.execute(update(RUNS).where(RUNS.c.run == number).values(ended=1))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with transaction(self._connection, self._path):
                yield self._connection
        except (
            ValueError,
            ArithmeticError,
        ) as error:  # what stands there is none of our values
            raise KenpoError(DAMAGED.format(path=self._path)) from error

    def history(self, branch: str, *, since: int = 0) -> History:
        """Every period of a branch as it is known now, from fiscal year `since` on."""
        with self._reading() as connection:
            return read.history(connection, branch, since)

    def before(self, key: PeriodKey) -> History:
        """The earlier periods of the same branch, but for those that nothing is compared with any more."""
        with self._reading() as connection:
            return read.history(connection, key.branch, key.fiscal_year - YEARS, until=key)

    def trace(
        self, identity: str, *, branch: str = "", entity: str | None = None
    ) -> tuple[Sighting[Fact], ...]:
        """All that reports ever said of a figure, by branch, the newest period first."""
        which = [FACTS.c.identity == identity]
        which += [PERIODS.c.branch == branch] if branch else []
        which += [] if entity is None else [FACTS.c.entity == entity]
        with self._reading() as connection:
            return tuple(read.sightings(connection, FACTS_KEPT, *which))

    def identities(self, words: Iterable[str], *, most: int = 50) -> tuple[str, ...]:
        """The identities that hold all of these words, the shortest first, no more than `most`."""
        with self._reading() as connection:
            return read.identities(connection, words, most)

    def periods(self) -> tuple[KnownPeriod, ...]:
        """Every period that was ever seen, by branch and time."""
        with self._reading() as connection:
            return read.periods(connection)

    def files(self, key: PeriodKey) -> tuple[FileRecord, ...]:
        """The files of a period as they were seen last."""
        with self._reading() as connection:
            return tuple(read.valid(connection, FILES_SEEN, key))

    def outputs(self, key: PeriodKey) -> tuple[OutputRecord, ...]:
        """What was written of a period, and what it was made of."""
        with self._reading() as connection:
            return tuple(read.valid(connection, OUTPUTS_WRITTEN, key))

    def findings(self, key: PeriodKey) -> tuple[Sighting[FindingRecord], ...]:
        """Every finding that a period ever had, what was seen last first."""
        with self._reading() as connection:
            return read.of_period(connection, FINDINGS_KEPT, key)

    def secrets(self) -> frozenset[str]:
        """All that the privacy rules find in it and no group accepted."""
        with self._reading() as connection:
            return erase.secrets_in(connection)

    def holding(self, sought: SearchTerms) -> int:
        """How many rows hold what is sought, of now and of the past."""
        with self._reading() as connection:
            return sum(map(len, erase.rows_to_mask(connection, sought).values()))

    def erase(self, sought: SearchTerms) -> int:
        """Mask what is sought in every row, and leave nothing of it in the file; how many rows held it."""
        with told(self._path):
            self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
        with transaction(self._connection, self._path, writes=True):
            rows = erase.rows_to_mask(self._connection, sought)
            erase.put_rows(self._connection, rows)
        with told(self._path):
            self._connection.exec_driver_sql("VACUUM")
        return sum(map(len, rows.values()))
