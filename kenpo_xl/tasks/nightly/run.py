"""One nightly run: which periods changed, the order of processing, and their records in the ledger.

The ledger records that a period begins, then its outputs are written, then the result is recorded in one
transaction: a run that is killed leaves complete outputs and a ledger that does not trust them, and the next
one writes them again with the same bytes.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from kenpo_xl.domain.outputs.closing import ClosingEntry
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.outputs.ledger_records import Outcome, OutputRecord
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.errors import KenpoError
from kenpo_xl.storage.run_lock import LockHolder, hold_run_lock
from kenpo_xl.storage.temp_files import remove_abandoned_temp_files
from kenpo_xl.tasks.ledgers.move import root_name
from kenpo_xl.tasks.nightly.discovery import Discovery, find_periods
from kenpo_xl.tasks.nightly.fingerprint import may_have_changed, scan_period
from kenpo_xl.tasks.nightly.folder_states import FolderStates
from kenpo_xl.tasks.nightly.job import Job, PeriodDone
from kenpo_xl.tasks.nightly.order import Due, split_off_duplicates, waves_by_branch, with_later_periods
from kenpo_xl.tasks.nightly.recorded import RecordedPeriods
from kenpo_xl.tasks.nightly.scheduler import Scheduler, start_workers
from kenpo_xl.tasks.period.book_error import BUG
from kenpo_xl.tasks.period.closing import CHANGED_SINCE, UNTOUCHED, closing_of_period, is_as_closed
from kenpo_xl.tasks.period.folder import LEDGER_NAME, PeriodFolder, path_below
from kenpo_xl.tasks.period.hashes import file_hash

if TYPE_CHECKING:
    from kenpo_xl.ledger import Ledger, Run


@dataclass
class NightResult:
    """The results of all periods, by folder; `taken_over` is the holder of a killed earlier run."""

    periods: list[PeriodDone] = field(default_factory=list)
    taken_over: LockHolder | None = None

    @property
    def failed_count(self) -> int:
        """The number of periods with failures."""
        return sum(bool(one.failures) for one in self.periods)

    @property
    def count_with_errors(self) -> int:
        """The number of periods with errors to correct."""
        return sum(one.outcome.has_errors for one in self.periods)

    @property
    def unchanged_count(self) -> int:
        """The number of unchanged periods."""
        return sum(one.unchanged for one in self.periods)


_OTHER_ROOT = (
    "台帳では、この期を {other} の夜間処理が記録していました。同じ期を 2 か所で処理していないか、"
    "確かめてください。"
)
Watch = Callable[[PeriodDone, int], None]
"""Called with each period when it is done, and with the number of all."""


def run_nightly(
    root: Path,
    executor: Executor,
    *,
    today: date,
    user: str,
    since: str,
    watch: Watch,
    ahead: int = 8,
    another: Callable[[], Executor] | None = None,
    ledger: LedgerPlace | None = None,
    only: Collection[Path] | None = None,
) -> NightResult:
    """Consolidate every changed period folder below `root`; KenpoError if that cannot begin.

    `executor` runs one task for each period, with at most `ahead` tasks submitted at a time. `another`
    creates a new executor: if a worker died, each period in progress gets its own, so that only the culprit
    fails.
    `user` and `since` identify this run to another one that finds the root locked. `ledger` is the ledger
    that it writes, by default the file in the root. `only` are the folders of a short run for a watch, which
    waits for no other run: these periods, and the later ones of their branches, get no report.
    """
    found = find_periods(root := root.absolute())
    with (
        hold_run_lock(root, user=user, since=since, patient=only is None) as before,
        _opened_ledger(ledger or root / LEDGER_NAME, found, executor, ahead) as opened,
        Scheduler(executor, ahead, another) as scheduler,
    ):
        name = "" if ledger is None else root_name(root)
        night = _NightlyRun(root, scheduler, opened, today, name=name, only=only)
        result = NightResult(taken_over=before)
        with opened.begin_run(today) as run:
            for done in night.process_all_periods(found, run):
                watch(done, len(found.folders) + len(found.closed))
                done.record = None  # recorded already: a run over many periods keeps few in memory
                result.periods.append(done)
            if only is None:
                night.states.save()
    result.periods.sort(key=lambda one: one.folder)
    return result


def _opened_ledger(place: LedgerPlace, found: Discovery, executor: Executor, ahead: int) -> Ledger:
    """The ledger for writing; meanwhile workers start, if it seems that there is work for them."""
    since = place.stat().st_mtime_ns if isinstance(place, Path) and place.is_file() else 0
    changed = (folder for folder in found.folders if may_have_changed(folder, since))
    start_workers(executor, len(list(islice(changed, ahead))))
    from kenpo_xl.ledger import Ledger  # 0.2 s

    return Ledger.open_for_writing(place)


class _NightlyRun:
    """The periods of one run."""

    def __init__(
        self,
        root: Path,
        scheduler: Scheduler,
        ledger: Ledger,
        today: date,
        *,
        name: str,
        only: Collection[Path] | None,
    ) -> None:
        self.root, self.scheduler, self.today, self.name, self.only = root, scheduler, today, name, only
        self.recorded = RecordedPeriods(ledger, name)
        self.states = FolderStates(root, today)

    def process_all_periods(self, found: Discovery, run: Run) -> Iterator[PeriodDone]:
        """Every period when it is done and recorded; of a branch the earlier ones first."""
        for path in found.closed:
            yield self._failed_period(path, f"フォルダー {path} を開けません。名前と権限を確かめてください。")
        due: list[Due] = []
        for folder, key in self._folders_with_key(found.folders):
            if isinstance(key, PeriodKey):
                due.append(Due(folder, key))
            else:
                yield key
        single, duplicates = split_off_duplicates(due)
        for one, others in duplicates:
            yield self._duplicate_failure(one, others)
        for wave in waves_by_branch(single if self.only is None else with_later_periods(single, self.only)):
            yield from self._process_wave(wave, run)

    def _folders_with_key(
        self, folders: Iterable[PeriodFolder]
    ) -> Iterator[tuple[PeriodFolder, PeriodKey | PeriodDone]]:
        """The period of each folder, from the ledger if it knows the plan's bytes, else from the plan."""
        known = self.recorded.keys_of_plans()
        for folder in folders:
            key = known.get((path_below(self.root, folder.plan_path), self.states.plan_hash(folder)))
            yield folder, key or self._read_key(folder)

    def _read_key(self, folder: PeriodFolder) -> PeriodKey | PeriodDone:
        from kenpo_xl.books.plan.reader import read_period_key

        done = PeriodDone(path_below(self.root, folder.root))
        return done.result_of_step(lambda: read_period_key(folder.plan_path)) or done

    def _duplicate_failure(self, one: Due, others: Iterable[Due]) -> PeriodDone:
        names = "、".join(path_below(self.root, other.folder.root) for other in others)
        sentence = (
            f"同じ期のフォルダーがほかにもあるため（{names}）、どれにも書いていません。"
            "1 つだけを残し、ほかは別の場所へ移してください。"
        )
        done = self._failed_period(one.folder.root, sentence)
        done.key = one.key
        return done

    def _process_wave(self, wave: Sequence[Due], run: Run) -> Iterator[PeriodDone]:
        """Process periods of which no two are of the same branch."""
        keys = {one.folder.root: one.key for one in wave}
        unchanged = []
        for one in wave:
            done = PeriodDone(path_below(self.root, one.folder.root), one.key)
            found = done.result_of_step(partial(self._job_or_outcome, one, done))
            if isinstance(found, Job):
                self._record_begin(one.key, run)
                for ended in self.scheduler.submit(found):
                    yield self._record_result(ended, keys, run)
                continue
            if found:
                unchanged.append(one.key)
                done = replace(done, outcome=found, unchanged=True)
            yield done
        for done in self.scheduler.drain():
            yield self._record_result(done, keys, run)
        run.mark_unchanged(unchanged)

    def _job_or_outcome(self, one: Due, done: PeriodDone) -> Job | Outcome:
        """The recorded outcome of an unchanged or closed period, else the job to do."""
        closing = closing_of_period(one.folder)
        if closing:
            done.notes += self._closed_period_notes(one.folder, closing)
            return self._outcome_or_job_of_closed_period(one)
        for folder in (one.folder.report_folder, one.folder.returned_folder):
            remove_abandoned_temp_files(folder)
        other = self.recorded.other_root(one.key)
        before = self.recorded.digest_of_earlier_periods(one.key)
        known = self._unchanged_outcome(one, before)
        if known and not other:
            return known
        history, outputs = self.recorded.earlier_periods(one.key), self.recorded.outputs(one.key)
        notes = (_OTHER_ROOT.format(other=other),) if other else ()
        places = (self.root, one.folder.root)
        return Job(*places, self.today, before, history, outputs, self.only is None, notes=notes)

    def _closed_period_notes(self, folder: PeriodFolder, closing: ClosingEntry) -> tuple[str, ...]:
        """What is reported of a closed period."""
        is_same = self.states.is_verified(folder, repr(closing), lambda: is_as_closed(folder, closing))
        return (UNTOUCHED,) if is_same else (UNTOUCHED, CHANGED_SINCE)

    def _outcome_or_job_of_closed_period(self, one: Due) -> Job | Outcome:
        """What is recorded of a closed period, else a job that records it: a ledger may be a new one."""
        outcome = self.recorded.outcome(one.key)
        if outcome and outcome.input_digest:
            return outcome
        before = self.recorded.digest_of_earlier_periods(one.key)
        history = self.recorded.earlier_periods(one.key)
        return Job(self.root, one.folder.root, self.today, before, history, is_closed=True)

    def _record_begin(self, key: PeriodKey, run: Run) -> None:
        """Record that outputs may change from now on, so that a killed run is not trusted."""
        outcome = self.recorded.outcome(key)
        if outcome and outcome.input_digest:
            run.mark_incomplete(key)
            self.recorded.mark_incomplete(key)

    def _record_result(self, done: PeriodDone, keys: Mapping[Path, PeriodKey], run: Run) -> PeriodDone:
        """The result of a period after it was recorded.

        KenpoError if the ledger cannot be written; a bug in recording one period is a failure of that period.
        """
        done.key = keys[self.root / done.folder]
        if done.record:
            record = replace(done.record, root=self.name)
            try:
                run.record_period(record)
            except KenpoError:
                raise
            except Exception:
                done.failures.append(BUG)
                done.traces.append(traceback.format_exc())
            else:
                self.recorded.record(record)
        return done

    def _unchanged_outcome(self, one: Due, before: str) -> Outcome | None:
        """The recorded outcome of a period if its inputs and outputs are unchanged, else None."""
        outcome = self.recorded.outcome(one.key)
        if outcome is None or not outcome.input_digest or (outcome.until and self.today >= outcome.until):
            return None
        try:
            is_unchanged = (
                self._is_checked(one, before)
                if self.only is not None
                else self.states.is_verified(
                    one.folder,
                    f"{outcome} {before}",
                    lambda: self._has_recorded_content(one, outcome, before),
                )
            )
        except (KenpoError, OSError):  # reported when the period is processed
            return None
        return outcome if is_unchanged else None

    def _is_checked(self, one: Due, before: str) -> bool:
        """Whether the board was made of the books, the plan and the program of now."""
        digest = scan_period(one.folder, self.root, before).check_digest
        return any(output.input_digest == digest for output in self.recorded.outputs(one.key))

    def _has_recorded_content(self, one: Due, outcome: Outcome, before: str) -> bool:
        """Whether the content of all inputs and outputs of a period is the recorded one."""
        is_as_seen = scan_period(one.folder, self.root, before).input_digest == outcome.input_digest
        return is_as_seen and all(map(self._is_output_unchanged, self.recorded.outputs(one.key)))

    def _is_output_unchanged(self, output: OutputRecord) -> bool:
        """Whether an output still has the recorded bytes."""
        path = PureWindowsPath(output.path)
        # A ledger may name any path: one on a share, or outside of the root, is not opened.
        is_below = not path.anchor and ".." not in path.parts
        return is_below and bool(output.content) and file_hash(self.root / output.path) == output.content

    def _failed_period(self, folder: Path, sentence: str) -> PeriodDone:
        return PeriodDone(path_below(self.root, folder), failures=[sentence])
