"""One period of a night: each book is read once, checked and joined; then the outputs are written.

This runs in a process of its own: values go in and come out. Nothing is written into 提出/ or 入力/.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_records import (
    FileRecord,
    FindingRecord,
    Outcome,
    OutputRecord,
    PeriodRecord,
)
from kenpo_xl.domain.outputs.status_board import State
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.privacy.personal_data import Mask
from kenpo_xl.domain.results.history import History
from kenpo_xl.errors import KenpoError, no_access
from kenpo_xl.storage.atomic_write import sync_folder
from kenpo_xl.tasks.board import BoardResult, update_board
from kenpo_xl.tasks.check import BookResult, CheckResult
from kenpo_xl.tasks.check_session import CheckSession
from kenpo_xl.tasks.masking import mask_for
from kenpo_xl.tasks.nightly.fingerprint import SUBMITTED, Snapshot, hash_of, scan
from kenpo_xl.tasks.nightly.log_capture import captured_log
from kenpo_xl.tasks.output_path import replaced_damaged_sentence
from kenpo_xl.tasks.period.book_error import BUG
from kenpo_xl.tasks.period.consolidation import Consolidation, adjusted_consolidation
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period_record import period_record
from kenpo_xl.tasks.report import ReportResult, report_of

Made = TypeVar("Made")


@frozen
class Job:
    """A period to be consolidated; `before` is a hash of what `history` is made of."""

    root: Path
    folder: Path
    today: date
    before: str = ""
    history: History | None = None


@frozen
class BookSeen:
    """What became of a book, for the log: `status` as in `check`, or why it cannot be read."""

    name: str
    group: str
    status: str
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    failure: str = ""


@dataclass
class PeriodDone:
    """What became of a period; `key` is None where its plan cannot be read.

    `record` is None there too, and where the books cannot be joined.
    `written` are outputs that changed, `told` sentences on what stands and needs a scan, `failures` on what
    could not be done; `traces` are for the log.
    """

    folder: str
    key: PeriodKey | None = None
    record: PeriodRecord | None = None
    outcome: Outcome = field(default_factory=Outcome)
    books: tuple[BookSeen, ...] = ()
    written: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    unchanged: bool = False

    def attempt(self, step: Callable[[], Made]) -> Made | None:
        """What a step makes; None where it could not, which is told: one step never stops the others."""
        try:
            return step()
        except KenpoError as error:
            self.failures.append(" ".join(str(error).split()))
        except OSError as error:
            self.failures.append(no_access(error))
            self.traces.append(traceback.format_exc())
        except Exception:  # a bug is one line here, and its traceback in the log
            self.failures.append(BUG)
            self.traces.append(traceback.format_exc())
        return None


def consolidate_period(job: Job) -> PeriodDone:
    """Consolidate one period and write its outputs; never raises."""
    done = PeriodDone(job.folder.relative_to(job.root).as_posix())
    with captured_log(done.traces):
        done.attempt(lambda: _PeriodJob(job, done).run())
    return done


class _PeriodJob:
    """One period under work."""

    def __init__(self, job: Job, done: PeriodDone) -> None:
        self.job, self.done = job, done
        self.period = PeriodFolder(job.folder)

    def run(self) -> None:
        """Read, check, join, write; then say what was seen, made and not made."""
        done, period = self.done, self.period
        seen = self._look()
        desk = CheckSession(period.submissions(), plan=period.plan, history=self.job.history)
        done.key = PeriodKey.of(desk.plan(period.plan))
        data = desk.folder(period.submitted, period.plan)
        checked = CheckResult(tuple(self._checked(desk, path) for path in period.submissions()))
        mask = mask_for(data.valid.values(), checked.books)
        whole = done.attempt(lambda: adjusted_consolidation(data, period.planner))
        report = done.attempt(lambda: report_of(period, whole)) if whole else None
        board = done.attempt(lambda: self._board(data.plan, checked, report, mask))
        done.attempt(self._make_durable)
        self._tell(checked, report, board)
        # A file that was saved while we read it is another one by now.
        input_digest = seen.input_digest if not done.failures and self._look() == seen else ""
        done.outcome = _outcome(input_digest, checked, report, board)
        if whole:
            outputs = tuple(self._outputs(report, board, input_digest))
            done.record = replace(
                self._record(whole, checked, seen, mask), outcome=done.outcome, outputs=outputs
            )

    def _look(self) -> Snapshot:
        return scan(self.period, self.job.root, self.job.before)

    def _checked(self, desk: CheckSession, path: Path) -> BookResult:
        """A book as checked; a bug that it uncovers is its own failure."""
        book = desk.checked(path)
        self.done.failures += [f"{path.name}: {BUG}"] if book.bug else []
        return book

    def _board(
        self, plan: Plan, checked: CheckResult, report: ReportResult | None, mask: Mask
    ) -> BoardResult:
        return update_board(
            self.period,
            plan,
            checked,
            today=self.job.today,
            changes=report.changes if report else None,
            report=report.path if report else None,
            mask=mask,
        )

    def _make_durable(self) -> None:
        """The ledger may say that all is made once a power cut cannot undo it."""
        for folder in (self.period.reports, self.period.returned, self.period.root):
            sync_folder(folder)

    def _outputs(
        self, report: ReportResult | None, board: BoardResult | None, input_digest: str
    ) -> Iterator[OutputRecord]:
        """What lies in 報告/ and 返却/ of ours."""
        paths = [report.path] if report else []
        if board:
            paths += [board.path, *(copy.path for copy in board.copies if copy.path)]
        for path in paths:
            yield OutputRecord(path.relative_to(self.job.root).as_posix(), hash_of(path), input_digest)

    def _tell(self, checked: CheckResult, report: ReportResult | None, board: BoardResult | None) -> None:
        """Say what stands, for the summary and the log."""
        done = self.done
        done.books = tuple(_seen(book) for book in checked.books)
        for book in checked.books:
            done.failures += [f"{book.path.name}: 規則 {rule.code} は{BUG}" for rule in book.failed]
        if report:
            done.written += [report.path.name] if report.changed else []
            done.told += [_kept(report.kept, report.path)] if report.kept else []
            done.told += [replaced_damaged_sentence(report.path)] if report.damaged else []
            done.told += report.failures
        if board:
            done.written += [board.path.name] if board.changed else []
            copies = sum(copy.changed for copy in board.copies)
            done.written += [f"返却 {copies} 件"] if copies else []
            failed = [one for copy in board.copies for one in copy.failed]
            done.failures += [f"{one.name}: {one.reason}" for one in failed]
            done.told += [_kept(board.kept, board.path)] if board.kept else []
            done.told += [replaced_damaged_sentence(board.path)] if board.damaged else []
            others = (*board.board.duplicates, *board.board.ignored_files)
            done.told += [f"{one.name}: {one.reason}" for one in others if one not in failed]

    def _record(self, whole: Consolidation, checked: CheckResult, seen: Snapshot, mask: Mask) -> PeriodRecord:
        groups = {book.path.name: book.group for book in checked.books}
        return period_record(
            whole,
            folder=self.done.folder,
            files=(_with_group(file, groups) for file in seen.files),
            findings=(
                FindingRecord(finding, book.group, book.reasons.get(finding, ""))
                for book in checked.books
                for finding in book.findings
            ),
            mask=mask,
        )


def _outcome(
    input_digest: str, checked: CheckResult, report: ReportResult | None, board: BoardResult | None
) -> Outcome:
    return Outcome(
        input_digest,
        _words(board),
        to_mend=checked.has_finding(Severity.ERROR) or bool(report and report.errors),
        until=_until(board),
    )


def _kept(kept: Path, path: Path) -> str:
    return f"{kept.name} は人が変更したため残し、新しいものを {path.name} に作りました。"


def _seen(book: BookResult) -> BookSeen:
    errors, warnings, infos = (book.count(severity) for severity in Severity)
    return BookSeen(
        book.path.name, book.group, str(book.status), errors, warnings, infos, failure=book.failure
    )


def _with_group(file: FileRecord, groups: dict[str, str]) -> FileRecord:
    name = file.path.rpartition("/")[2]
    return replace(file, group=groups.get(name, "")) if file.kind == SUBMITTED else file


def _words(board: BoardResult | None) -> str:
    """要修正 1、受付済 3"""
    counts = {state: board.board.count(state) for state in State} if board else {}
    return "、".join(f"{state} {count}" for state, count in counts.items() if count)


def _until(board: BoardResult | None) -> date | None:
    """The first day on which a group that is waited for is late; None where that changes nothing."""
    groups = board.board.groups if board else ()
    days = (one.due + timedelta(days=1) for one in groups if one.is_awaited and one.due and not one.late)
    return min(days, default=None)
