"""One period of a nightly run: each book is read once and checked, then the outputs are written.

This runs in a process of its own. Nothing is written into 提出/ or 入力/.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.outputs.changes import Changes
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
from kenpo_xl.storage.atomic_write import sync_folder
from kenpo_xl.tasks.board import BoardResult, write_board_and_copies
from kenpo_xl.tasks.check import BookResult, CheckResult
from kenpo_xl.tasks.check_session import CheckSession
from kenpo_xl.tasks.examine.examined_period import findings_to_review
from kenpo_xl.tasks.masking import mask_for_books
from kenpo_xl.tasks.nightly.fingerprint import SUBMITTED, Snapshot, scan_period
from kenpo_xl.tasks.nightly.job import BookLogEntry, Job, PeriodDone
from kenpo_xl.tasks.nightly.log_capture import captured_log
from kenpo_xl.tasks.output_path import replaced_damaged_sentence
from kenpo_xl.tasks.period.book_error import BUG
from kenpo_xl.tasks.period.consolidation import Consolidation, consolidation_of
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.hashes import file_hash
from kenpo_xl.tasks.period_record import period_record
from kenpo_xl.tasks.report import ReportResult, changes_since_last_report, write_report_of

RECORDED = "確定した期のため、台帳に記録だけしました。"


def consolidate_period(job: Job) -> PeriodDone:
    """Consolidate one period and write its outputs; never raises."""
    done = PeriodDone(job.folder.relative_to(job.root).as_posix(), notes=list(job.notes))
    with captured_log(done.traces):
        done.result_of_step(lambda: _PeriodJob(job, done).run())
    return done


class _PeriodJob:
    """One period in progress."""

    def __init__(self, job: Job, done: PeriodDone) -> None:
        self.job, self.done = job, done
        self.period = PeriodFolder(job.folder)

    def run(self) -> None:
        """Read, check, join and write; then record the files seen, the outputs and the failures."""
        done, period = self.done, self.period
        seen = self._scanned_snapshot()
        session = CheckSession(period.submitted_books(), plan=period.plan_path, history=self.job.history)
        done.key = PeriodKey.of(session.cached_plan(period.plan_path))
        data = session.period_data_of_folder(period.submission_folder, period.plan_path)
        checked = CheckResult(tuple(self._check_book(session, path) for path in period.submitted_books()))
        mask = mask_for_books(data.valid_books.values(), checked.books, data.plan.public_contacts)
        whole = done.result_of_step(
            lambda: consolidation_of(session.adjustments.adjusted_period(data, period.plan_path))
        )
        report, board = self._write_outputs(data.plan, checked, whole, mask)
        self._record_results(checked, report, board)
        made = self._made_of(seen)
        input_digest = made.input_digest if self.job.has_report else made.check_digest
        done.notes += [RECORDED] if self.job.is_closed and whole else []
        done.outcome = _period_outcome(input_digest, checked, report, board)
        if whole:
            outputs = tuple(self._output_records(report, board, made))
            done.record = replace(
                self._period_record(whole, checked, seen, mask), outcome=done.outcome, outputs=outputs
            )

    def _write_outputs(
        self, plan: Plan, checked: CheckResult, whole: Consolidation | None, mask: Mask
    ) -> tuple[ReportResult | None, BoardResult | None]:
        """Write report, board and copies; None for what failed, and of a closed period."""
        if self.job.is_closed:
            return None, None
        findings = findings_to_review(checked, plan, mask)
        report, link, changes = None, None, None
        if whole and self.job.has_report:
            report = self.done.result_of_step(lambda: write_report_of(self.period, whole, findings))
            link, changes = (report.path, report.changes) if report else (None, None)
        elif whole:
            link = self.period.report_path(plan)
            changes = self.done.result_of_step(lambda: changes_since_last_report(whole))
        board = self.done.result_of_step(lambda: self._update_board(plan, checked, changes, link, mask))
        self.done.result_of_step(self._sync_output_folders)
        return report, board

    def _scanned_snapshot(self) -> Snapshot:
        return scan_period(self.period, self.job.root, self.job.before)

    def _made_of(self, seen: Snapshot) -> Snapshot:
        """What was seen, without hashes if not all was done, or if a file was saved during the run."""
        now = Snapshot((), "", "") if self.done.failures else self._scanned_snapshot()
        pairs = ((seen.input_digest, now.input_digest), (seen.check_digest, now.check_digest))
        return Snapshot(seen.files, *(before if before == after else "" for before, after in pairs))

    def _check_book(self, session: CheckSession, path: Path) -> BookResult:
        """The result for a book; a bug is recorded as a failure."""
        book = session.check_book(path)
        self.done.failures += [f"{path.name}: {BUG}"] if book.is_program_error else []
        return book

    def _update_board(
        self,
        plan: Plan,
        checked: CheckResult,
        changes: Changes | None,
        link: Path | None,
        mask: Mask,
    ) -> BoardResult:
        return write_board_and_copies(
            self.period,
            plan,
            checked,
            today=self.job.today,
            changes=changes,
            report=link,
            mask=mask,
            recorded={self.job.root / one.path: one for one in self.job.outputs},
        )

    def _sync_output_folders(self) -> None:
        """Sync the folders, so that a power cut cannot undo outputs recorded in the ledger."""
        for folder in (self.period.report_folder, self.period.returned_folder, self.period.root):
            sync_folder(folder)

    def _output_records(
        self, report: ReportResult | None, board: BoardResult | None, made: Snapshot
    ) -> Iterator[OutputRecord]:
        """The outputs in 報告/ and 返却/ with hashes of bytes and inputs; a copy has its own inputs."""
        outputs = [(report.path, made.input_digest)] if report else []
        if board:
            outputs.append((board.path, made.check_digest))
            outputs += [(copy.path, copy.input_digest) for copy in board.copies if copy.path]
        for path, digest in outputs:
            yield OutputRecord(path.relative_to(self.job.root).as_posix(), file_hash(path), digest)

    def _record_results(
        self, checked: CheckResult, report: ReportResult | None, board: BoardResult | None
    ) -> None:
        """Record what the summary and the log need of books and outputs."""
        done = self.done
        done.books = tuple(_book_log_entry(book) for book in checked.books)
        for book in checked.books:
            done.failures += [f"{book.path.name}: 規則 {rule.code} は{BUG}" for rule in book.failed_rules]
        if report:
            self._record_output(report)
            done.notes += (*report.failures, *(form.sentence for form in report.forms if form.problems))
        if board:
            self._record_output(board)
            self._record_copies(board)

    def _record_output(self, output: ReportResult | BoardResult) -> None:
        self.done.written += [output.path.name] if output.changed else []
        self.done.notes += [_kept_file_sentence(output.kept, output.path)] if output.kept else []
        self.done.notes += [replaced_damaged_sentence(output.path)] if output.damaged else []

    def _record_copies(self, board: BoardResult) -> None:
        """Record the copies written, those that failed, and the ignored files of 提出/."""
        copies = sum(copy.changed for copy in board.copies)
        self.done.written += [f"返却 {copies} 件"] if copies else []
        failed = [one for copy in board.copies for one in copy.failed]
        self.done.failures += [f"{one.name}: {one.reason}" for one in failed]
        others = (*board.board.duplicates, *board.board.ignored_files)
        self.done.notes += [f"{one.name}: {one.reason}" for one in others if one not in failed]

    def _period_record(
        self, whole: Consolidation, checked: CheckResult, seen: Snapshot, mask: Mask
    ) -> PeriodRecord:
        groups = {book.path.name: book.group for book in checked.books}
        return period_record(
            whole,
            folder=self.done.folder,
            files=(_file_record_with_group(file, groups) for file in seen.files),
            findings=(
                FindingRecord(finding, book.group, book.reason_by_finding.get(finding, ""))
                for book in checked.books
                for finding in book.findings
            ),
            mask=mask,
        )


def _period_outcome(
    input_digest: str, checked: CheckResult, report: ReportResult | None, board: BoardResult | None
) -> Outcome:
    groups = board.board.groups if board else ()
    return Outcome(
        input_digest,
        _state_counts_text(board),
        has_errors=checked.has_finding(Severity.ERROR) or bool(report and report.error_count),
        until=_first_overdue_day(board),
        due=min((one.due for one in groups if one.due), default=None),
        late=tuple(one.group for one in groups if one.late),
    )


def _kept_file_sentence(kept: Path, path: Path) -> str:
    return f"{kept.name} は人が変更したため残し、新しいものを {path.name} に作りました。"


def _book_log_entry(book: BookResult) -> BookLogEntry:
    errors, warnings, infos = (book.count_open(severity) for severity in Severity)
    return BookLogEntry(
        book.path.name, book.group, str(book.status), errors, warnings, infos, failure=book.failure
    )


def _file_record_with_group(file: FileRecord, groups: dict[str, str]) -> FileRecord:
    name = file.path.rpartition("/")[2]
    return replace(file, group=groups.get(name, "")) if file.kind == SUBMITTED else file


def _state_counts_text(board: BoardResult | None) -> str:
    """要修正 1、受付済 3"""
    counts = {state: board.board.group_count(state) for state in State} if board else {}
    return "、".join(f"{state} {count}" for state, count in counts.items() if count)


def _first_overdue_day(board: BoardResult | None) -> date | None:
    """The first day on which an awaited group becomes overdue; None without one."""
    groups = board.board.groups if board else ()
    days = (one.due + timedelta(days=1) for one in groups if one.is_awaited and one.due and not one.late)
    return min(days, default=None)
