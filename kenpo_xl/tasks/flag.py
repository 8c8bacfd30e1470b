"""Marks the findings of a check in the cells of books, and removes the marks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kenpo_xl.annotations.acceptance_log import write_copy_with_acceptances
from kenpo_xl.annotations.acceptances import unrecorded_acceptances
from kenpo_xl.annotations.annotate import Mark, write_marked_copy
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.time.fiscal_calendar import exact_date_text
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.backup import backup_path, replace_if_changed
from kenpo_xl.tasks.check import BookResult, CheckResult, books_at, check_books
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


def marks_of_findings(book: BookResult) -> list[Mark]:
    """The marks for all findings of a book: open ones first, by weight, each with its related cells.

    The further cells of findings on a whole column are marked last.
    """
    findings = sorted(book.findings, key=lambda one: (bool(book.closure(one)), one.severity.rank))
    return [
        *(
            mark
            for finding in findings
            for mark in (_mark_of_finding(finding, book), *_related_marks(finding, book))
        ),
        *(mark for finding in findings for mark in _further_marks(finding, book)),
    ]


def _related_marks(finding: Finding, book: BookResult) -> Iterator[Mark]:
    """The marks of the other sides of a finding in this book."""
    mark = replace(
        _mark_beside(finding, book),
        text=f"{finding.sheet}!{finding.cell} の指摘の相手のセルです。",
        hint="どちらを直すか、またはその理由は、その指摘の行でお願いします。",
    )
    for source in finding.related:
        if source.workbook == book.path.name and source.sheet in book.sheets:
            yield replace(mark, sheet=source.sheet, cell=source.cell)


def _further_marks(finding: Finding, book: BookResult) -> Iterator[Mark]:
    """The marks of the wrong cells of a finding that names only their header or the first of them."""
    mark = replace(
        _mark_beside(finding, book),
        text=f"{finding.sheet}!{finding.cell} の指摘にあるセルです。",
        hint="理由は、その指摘の行に入れてください。",
    )
    for source in finding.cells:
        if source != finding.source and source.sheet in book.sheets:
            yield replace(mark, sheet=source.sheet, cell=source.cell)


def _mark_beside(finding: Finding, book: BookResult) -> Mark:
    """The mark of a further cell of a finding, without the cell; it names an acceptance itself."""
    own = _mark_of_finding(finding, book)
    closed = Closure.ACCEPTED if book.closure(finding) is Closure.ACCEPTED else own.closed
    return replace(own, actual="", expected="", is_other_side=True, closed=closed)


def _mark_of_finding(finding: Finding, book: BookResult) -> Mark:
    """The mark of a finding; without a cell for one on another book or a missing sheet."""
    is_here = finding.workbook in ("", book.path.name) and finding.sheet in book.sheets
    return Mark(
        sheet=finding.sheet if is_here else "",
        cell=finding.cell if is_here else "",
        text=finding.message,
        severity=finding.severity,
        code=finding.code,
        identity=finding.stored_identity,
        hint=finding.hint,
        actual=finding.actual,
        expected=finding.expected,
        reason=book.reason_by_finding.get(finding, ""),
        closed=Closure.ADJUSTED if book.closure(finding) is Closure.ADJUSTED else "",
    )
