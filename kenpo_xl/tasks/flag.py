"""Marks the findings of a check in the cells of books, and removes the marks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from kenpo_xl.annotations.acceptance_log import write_copy_with_acceptances
from kenpo_xl.annotations.acceptances import unrecorded_acceptances
from kenpo_xl.annotations.annotate import Mark, write_marked_copy
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.time.fiscal_calendar import exact_date_text
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.backup import backup_path, replace_if_changed
from kenpo_xl.tasks.check import BookResult, CheckResult, books_at, check_books
from kenpo_xl.tasks.examine.finding_marks import marks_of_findings
from kenpo_xl.tasks.period.book_error import error_sentence, is_bug
from kenpo_xl.tasks.period.closing import refuse_book_of_closed_period


@frozen
class FlaggedBook:
    """Whether a book was changed; `failure` is one sentence if that was impossible."""

    path: Path
    changed: bool = False
    failure: str = ""
    bug: bool = False

    @property
    def backup(self) -> Path:
        """The path of the book as it was before the last change."""
        return backup_path(self.path)


@frozen
class FlagResult:
    """The result of the check, and the state of each of its books."""

    checked: CheckResult
    written: tuple[FlaggedBook, ...]

    @property
    def has_no_failures(self) -> bool:
        """Whether every book was read and marked, and no rule failed."""
        return self.checked.has_no_failures and not any(one.failure for one in self.written)


def flag_books(
    files: Iterable[Path],
    *,
    plan: Path | None = None,
    history: LedgerPlace | None = None,
    today: date,
    person: str = "",
) -> FlagResult:
    """Check books and mark every finding in its cell; an open or unreadable book is unchanged.

    Reasons that staff typed into 指摘 are moved to 確認記録, as of `today` and by `person`. The operation is
    idempotent.
    """
    checked = check_books(files, plan=plan, history=history)
    written = tuple(
        FlaggedBook(book.path, failure=book.failure, bug=book.is_program_error)
        if book.failure
        else _change_book(book.path, _function_that_marks(book, today, person))
        for book in checked.books
    )
    return FlagResult(checked, written)


def unflag_books(files: Iterable[Path], *, today: date, person: str = "") -> tuple[FlaggedBook, ...]:
    """Remove all marks from books; input is kept, reasons are moved to 確認記録 first."""

    def remove_marks(source: Path, target: Path) -> None:
        _write_marked_copy_with_reasons(
            source, (), target, new=unrecorded_acceptances(Workbook(source)), today=today, person=person
        )

    return tuple(_change_book(path, remove_marks) for file in files for path in books_at(file))


def _change_book(path: Path, change: Callable[[Path, Path], None]) -> FlaggedBook:
    """Change a book in place, with a backup; the result has a sentence if that fails."""
    try:
        refuse_book_of_closed_period(path)
        return FlaggedBook(path, changed=replace_if_changed(path, change))
    except Exception as error:  # one book stops itself alone
        return FlaggedBook(path, failure=error_sentence(path, error), bug=is_bug(error))


def _function_that_marks(book: BookResult, today: date, person: str) -> Callable[[Path, Path], None]:
    """A function that copies a book and marks its findings in the copy."""
    marks, new = marks_of_findings(book), book.unrecorded
    return lambda source, target: _write_marked_copy_with_reasons(
        source, marks, target, new=new, today=today, person=person
    )


def _write_marked_copy_with_reasons(
    source: Path,
    marks: Iterable[Mark],
    target: Path,
    *,
    new: Sequence[Acceptance],
    today: date,
    person: str,
) -> None:
    """Copy a book to `target` with these marks, and with new reasons added to 確認記録."""
    if not new:
        write_marked_copy(source, marks, target)
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / source.name
        write_copy_with_acceptances(source, new, copy, person=person, day=exact_date_text(today))
        write_marked_copy(copy, marks, target)
