"""Marks what a check finds in the very cells of the books, and takes the marks out again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from kenpo_xl.annotations.acceptance_log import record
from kenpo_xl.annotations.acceptances import unrecorded
from kenpo_xl.annotations.annotate import Mark, mark
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.time.fiscal_calendar import date_text
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.backup import backup_of, change_in_place
from kenpo_xl.tasks.check import BookResult, CheckResult, books_of, check
from kenpo_xl.tasks.period.book_error import error_of, is_bug


@frozen
class FlaggedBook:
    """What became of a book: changed or left as it was; `failure` is one sentence where it had to be."""

    path: Path
    changed: bool = False
    failure: str = ""
    bug: bool = False

    @property
    def backup(self) -> Path:
        """The book as it was before the last change."""
        return backup_of(self.path)


@frozen
class FlagResult:
    """What the check found, and what became of each of its books."""

    checked: CheckResult
    written: tuple[FlaggedBook, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every book was read and marked, and every rule held."""
        return self.checked.is_whole and not any(one.failure for one in self.written)


def flag(
    files: Iterable[Path],
    *,
    plan: Path | None = None,
    history: Path | None = None,
    today: date,
    person: str = "",
) -> FlagResult:
    """Check books and mark every finding in its cell; a book that is open, or cannot be read, stays.

    Reasons that staff typed into 指摘 are moved to 確認記録, as of `today` and by `person`. Flagging twice is
    flagging once.
    """
    checked = check(files, plan=plan, history=history)
    written = tuple(
        FlaggedBook(book.path, failure=book.failure, bug=book.bug)
        if book.failure
        else _changed(book.path, _marking(book, today, person))
        for book in checked.books
    )
    return FlagResult(checked, written)


def unflag(files: Iterable[Path], *, today: date, person: str = "") -> tuple[FlaggedBook, ...]:
    """Take our marks out of books; what staff typed since stays, reasons go to 確認記録 first."""

    def bare(source: Path, target: Path) -> None:
        _mark_and_record(source, (), target, new=unrecorded(Workbook(source)), today=today, person=person)

    return tuple(_changed(path, bare) for file in files for path in books_of(file))


def _changed(path: Path, change: Callable[[Path, Path], None]) -> FlaggedBook:
    """Change a book in place, keeping it beside as it was; the sentence where that cannot be done."""
    try:
        return FlaggedBook(path, changed=change_in_place(path, change))
    except Exception as error:  # one book stops itself alone
        return FlaggedBook(path, failure=error_of(path, error), bug=is_bug(error))


def _marking(book: BookResult, today: date, person: str) -> Callable[[Path, Path], None]:
    """What copies a book and marks in the copy what was found."""
    marks, new = marks_of(book), book.unrecorded
    return lambda source, target: _mark_and_record(source, marks, target, new=new, today=today, person=person)


def _mark_and_record(
    source: Path,
    marks: Iterable[Mark],
    target: Path,
    *,
    new: Sequence[Acceptance],
    today: date,
    person: str,
) -> None:
    """Copy a book to `target` with these marks, and with the reasons typed into 指摘 in 確認記録 as well."""
    if not new:
        mark(source, marks, target)
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / source.name
        record(source, new, copy, person=person, day=date_text(today))
        mark(copy, marks, target)


def marks_of(book: BookResult) -> list[Mark]:
    """The marks of everything that was found in a book."""
    return [_mark(finding, book) for finding in book.findings]


def _mark(finding: Finding, book: BookResult) -> Mark:
    """The mark of a finding; without a place where it speaks of another book or of a sheet that is gone."""
    is_here = finding.workbook in ("", book.path.name) and finding.sheet in book.sheets
    return Mark(
        sheet=finding.sheet if is_here else "",
        cell=finding.cell if is_here else "",
        text=finding.message,
        severity=finding.severity,
        code=finding.code,
        identity=finding.identity,
        hint=finding.hint,
        actual=finding.actual,
        expected=finding.expected,
        reason=book.reasons.get(finding, ""),
    )
