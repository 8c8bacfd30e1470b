"""One night: which periods have to be made anew, in which order, and what is kept of them in the ledger.

The ledger is told that a period is begun, then outputs are written, then all is kept in one transaction:
killed at any moment, a run leaves whole outputs and a ledger that takes none of them for granted, and the
next one makes them again to the same bytes.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from kenpo_xl.books.plan.reader import read_period_key
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_records import Outcome, OutputRecord
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.results.history import History
from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.run_lock import LockHolder, locked
from kenpo_xl.storage.temp_files import clear
from kenpo_xl.tasks.nightly.discovery import Discovery, find_periods
from kenpo_xl.tasks.nightly.fingerprint import PLAN, hash_of, scan
from kenpo_xl.tasks.nightly.period_job import Job, PeriodDone
from kenpo_xl.tasks.nightly.scheduler import Scheduler
from kenpo_xl.tasks.period.book_error import BUG
from kenpo_xl.tasks.period.folder import LEDGER_NAME, PeriodFolder

if TYPE_CHECKING:
    from kenpo_xl.ledger import Ledger, Run


@dataclass
class NightResult:
    """What became of every period, by folder; `taken_over` is a run that was killed before this one."""

    periods: list[PeriodDone] = field(default_factory=list)
    taken_over: LockHolder | None = None

    @property
    def failed(self) -> int:
        """How many periods could not be done, or not wholly."""
        return sum(bool(one.failures) for one in self.periods)

    @property
    def to_mend(self) -> int:
        """In how many periods errors stand."""
        return sum(one.outcome.to_mend for one in self.periods)

    @property
    def unchanged(self) -> int:
        """How many periods are as they were."""
        return sum(one.unchanged for one in self.periods)


Watch = Callable[[PeriodDone, int], None]
"""Told of each period when it is done, and of how many there are."""


def nightly(
    root: Path,
    executor: Executor,
    *,
    today: date,
    user: str,
    since: str,
    watch: Watch,
    ahead: int = 8,
    another: Callable[[], Executor] | None = None,
) -> NightResult:
    """Consolidate every period folder below `root` that changed; KenpoError where that cannot begin.

    `executor` runs one task a period, `ahead` of them are handed to it at a time. `another` makes a new one:
    where a worker died, each period that was under work gets its own, so that only the culprit is left out.
    `user` and `since` name this run to another one that finds the root locked.
    """
    from kenpo_xl.ledger import Ledger

    root = root.absolute()
    found = find_periods(root)
    with (
        locked(root, user=user, since=since) as before,
        Ledger.open(root / LEDGER_NAME) as ledger,
        Scheduler(executor, ahead, another) as crew,
    ):
        night = _Night(root, crew, ledger, today)
        result = NightResult(taken_over=before)
        total = len(found.folders) + len(found.closed) + len(found.deep)
        with ledger.run(today) as run:
            for done in night.all(found, run):
                watch(done, total)
                done.record = None  # kept by now: a night of many periods holds few of them
                result.periods.append(done)
    result.periods.sort(key=lambda one: one.folder)
    return result


@frozen
class _Due:
    """A period folder with its period."""

    folder: PeriodFolder
    key: PeriodKey


class _Night:
    """The periods of one run."""

    def __init__(self, root: Path, crew: Scheduler, ledger: Ledger, today: date) -> None:
        self.root, self.crew, self.ledger, self.today = root, crew, ledger, today
        self.outcomes = {one.key: one.outcome for one in ledger.periods()}
        self.files = {key: ledger.files(key) for key in self.outcomes}

    def all(self, found: Discovery, run: Run) -> Iterator[PeriodDone]:
        """Every period as it is done, and kept in the ledger: of a branch the earlier ones first."""
        for path in found.deep:
            sentence = f"{path} は深すぎる場所にあるため処理していません。3 段以内に移してください。"
            yield self._failure(path, sentence)
        for path in found.closed:
            yield self._failure(path, f"フォルダー {path} を開けません。名前と権限を確かめてください。")
        due: list[_Due] = []
        for folder, key in self._identified(found.folders):
            if isinstance(key, PeriodKey):
                due.append(_Due(folder, key))
            else:
                yield key
        single, duplicates = _parted(due)
        for one, others in duplicates:
            yield self._duplicates(one, others)
        for wave in _waves(single):
            yield from self._wave(wave, run)

    def _identified(
        self, folders: Iterable[PeriodFolder]
    ) -> Iterator[tuple[PeriodFolder, PeriodKey | PeriodDone]]:
        """The period of each folder, read from the plan where the ledger does not know these very bytes."""
        known = {
            (file.path, file.content): key
            for key, files in self.files.items()
            for file in files
            if file.kind == PLAN and file.content
        }
        for folder in folders:
            key = known.get((self._way(folder.plan), hash_of(folder.plan)))
            yield folder, key or self._read_plan(folder)

    def _read_plan(self, folder: PeriodFolder) -> PeriodKey | PeriodDone:
        done = PeriodDone(self._way(folder.root))
        return done.attempt(lambda: read_period_key(folder.plan)) or done

    def _duplicates(self, one: _Due, others: Iterable[_Due]) -> PeriodDone:
        names = "、".join(self._way(other.folder.root) for other in others)
        sentence = (
            f"同じ期のフォルダーがほかにもあるため（{names}）、どれにも書いていません。"
            "1 つだけを残し、ほかは別の場所へ移してください。"
        )
        done = self._failure(one.folder.root, sentence)
        done.key = one.key
        return done

    def _wave(self, wave: Sequence[_Due], run: Run) -> Iterator[PeriodDone]:
        """The periods of which none is earlier than another of its branch."""
        keys = {one.folder.root: one.key for one in wave}
        unchanged = []
        for one in wave:
            done = PeriodDone(self._way(one.folder.root), one.key)
            found = done.attempt(partial(self._looked_at, one))
            if isinstance(found, Job):
                self._begun(one.key, run)
                for ended in self.crew.begin(found):
                    yield self._kept(ended, keys, run)
                continue
            if found:
                unchanged.append(one.key)
                done = replace(done, outcome=found, unchanged=True)
            yield done
        for done in self.crew.rest():
            yield self._kept(done, keys, run)
        run.confirm(unchanged)

    def _looked_at(self, one: _Due) -> Job | Outcome:
        """What is known of a period that is as it was, else what is to be done."""
        for outputs in (one.folder.reports, one.folder.returned):
            clear(outputs)
        before = self._before(one.key)
        known = self._assessment(one, before)
        return known or Job(self.root, one.folder.root, self.today, before, self._history(one.key))

    def _begun(self, key: PeriodKey, run: Run) -> None:
        """Outputs may be written from now on: until all is kept, nobody may take them for what is known."""
        outcome = self.outcomes.get(key)
        if outcome and outcome.input_digest:
            run.begin(key)
            self.outcomes[key] = replace(outcome, input_digest="")

    def _kept(self, done: PeriodDone, keys: Mapping[Path, PeriodKey], run: Run) -> PeriodDone:
        """What was done, after it was kept: nobody is told before.

        KenpoError where the ledger cannot be written; a bug in keeping one period is that period's failure.
        """
        done.key = keys[self.root / done.folder]
        if done.record:
            try:
                run.record(done.record)
            except KenpoError:
                raise
            except Exception:
                done.failures.append(BUG)
                done.traces.append(traceback.format_exc())
            else:
                self.outcomes[done.key], self.files[done.key] = done.record.outcome, done.record.files
        return done

    def _before(self, key: PeriodKey) -> str:
        """A hash of what is known of the earlier periods of a branch, also where they were not made whole."""
        earlier = sorted(
            (
                other,
                outcome.input_digest,
                sorted((file.path, file.content) for file in self.files.get(other, ())),
            )
            for other, outcome in self.outcomes.items()
            if _is_earlier(other, key)
        )
        return hashlib.sha256(repr(earlier).encode()).hexdigest() if earlier else ""

    def _history(self, key: PeriodKey) -> History | None:
        if not any(_is_earlier(other, key) for other in self.outcomes):
            return None
        return self.ledger.before(key)

    def _assessment(self, one: _Due, before: str) -> Outcome | None:
        """What is known of a period that is as it was, with its outputs as they were made; else None."""
        outcome = self.outcomes.get(one.key)
        if outcome is None or not outcome.input_digest or (outcome.until and self.today >= outcome.until):
            return None
        try:
            is_as_made = all(map(self._is_as_made, self.ledger.outputs(one.key)))
            is_as_seen = scan(one.folder, self.root, before).input_digest == outcome.input_digest
        except (KenpoError, OSError):  # told by whoever makes it anew
            return None
        return outcome if is_as_made and is_as_seen else None

    def _is_as_made(self, output: OutputRecord) -> bool:
        """Whether an output holds what was made, and not what took its place since."""
        way = PureWindowsPath(output.path)
        # A ledger is a file too: what it names on a share, or outside of the root, is not looked at.
        is_below = not way.anchor and ".." not in way.parts
        return is_below and bool(output.content) and hash_of(self.root / output.path) == output.content

    def _failure(self, folder: Path, sentence: str) -> PeriodDone:
        return PeriodDone(self._way(folder), failures=[sentence])

    def _way(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _is_earlier(one: PeriodKey, other: PeriodKey) -> bool:
    return one.branch == other.branch and one < other


def _parted(due: Iterable[_Due]) -> tuple[list[_Due], list[tuple[_Due, list[_Due]]]]:
    """The periods that are there once, and those in several folders, each with the others."""
    by_key: dict[PeriodKey, list[_Due]] = {}
    for one in due:
        by_key.setdefault(one.key, []).append(one)
    single = [same[0] for same in by_key.values() if len(same) == 1]
    duplicates = [
        (one, [other for other in same if other is not one])
        for same in by_key.values()
        if len(same) > 1
        for one in same
    ]
    return single, duplicates


def _waves(due: Iterable[_Due]) -> list[list[_Due]]:
    """The periods so that the earlier ones of a branch come in an earlier list."""
    waves: list[list[_Due]] = []
    ranks: dict[str, int] = {}
    for one in sorted(due, key=lambda each: each.key):
        rank = ranks.get(one.key.branch, 0)
        ranks[one.key.branch] = rank + 1
        waves += [[]] if rank == len(waves) else []
        waves[rank].append(one)
    return waves
