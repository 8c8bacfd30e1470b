"""Tasks of the buttons in an input book: the open book, saved or not, is checked, marked and submitted.

A copy of the open state is checked under the path of the book, so that its findings equal those of `check`
for the saved book.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.annotations.acceptances import recorded_acceptances, unrecorded_acceptances
from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.books.common import names
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.status_board import failure_sentence
from kenpo_xl.domain.time.fiscal_calendar import exact_date_text
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.repairs import forget_last_repairs
from kenpo_xl.live.workbook import (
    fill_empty_cells,
    record_submission_time,
    save_book,
    saved_path,
    set_marks_of_open_book,
    temporary_copy,
)
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.buttons.asked_cell import text_in_asked_cell
from kenpo_xl.tasks.check import BookResult, check_books, plan_book_of
from kenpo_xl.tasks.examine.finding_marks import marks_of_findings
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook


@frozen
class SubmitReason:
    """The reason for errors in 操作, and its cell (sheet, cell); no cell in a book without that field.

    `is_used` is true for a reason that was given before, for other errors.
    """

    text: str = ""
    cell: tuple[str, str] | None = None
    is_used: bool = False


@frozen
class SubmitResult:
    """The submitted book; `path` is None if there are errors without a reason.

    `kept` are the paths of earlier submissions.
    """

    checked: BookResult
    reason: SubmitReason
    path: Path | None = None
    kept: tuple[Path, ...] = ()


def check_open_book(book: OpenBook, *, today: date, person: str) -> BookResult:
    """Check an open book and mark the findings in its cells.

    Reasons that staff typed into 指摘 are moved to 確認記録, as of `today` and by `person`. KenpoError if the
    book cannot be read or marked; it is unchanged then.
    """
    with temporary_copy(book) as copy:
        state = Workbook(copy)
        found = _check_state(saved_path(book), state)
        mark_findings(book, state, found, today, person)
        return found


def clear_open_book(book: OpenBook, *, today: date, person: str) -> None:
    """Remove all marks from an open book; input is kept, reasons are moved to 確認記録 first."""
    with temporary_copy(book) as copy:
        state = Workbook(copy)
        typed = unrecorded_acceptances(state)
        set_marks_of_open_book(book, state, (), person=person, day=exact_date_text(today), acceptances=typed)


def submit_open_book(book: OpenBook, *, now: datetime, person: str) -> SubmitResult:
    """Check and mark an open book; without unexplained errors save and submit it.

    The reason in 操作 is recorded in 確認記録 for each error; it does not apply to later ones. KenpoError if
    the book cannot be read, marked, saved or submitted.
    """
    from kenpo_xl.books.common.macros.copies_with_python import copy_with_python  # a check submits nothing
    from kenpo_xl.tasks.submit import refuse_submitted_book, submit_book

    path = saved_path(book)
    plan_book = plan_book_of(path, None)
    period = PeriodFolder(plan_book.resolve().parent)
    refuse_submitted_book(path, period)
    with temporary_copy(book) as copy:
        state = Workbook(copy)
        bare = _check_state(path, state)
        _refuse_book_of_other_plan(bare)
        reason = _typed_submit_reason(state)
        holds = reason.text and not reason.is_used
        found = bare.with_reason_for_errors(reason.text) if holds else bare
        new = [Acceptance(one.code, one.stored_identity, one.actual, reason.text) for one in bare.open_errors]
        mark_findings(book, state, found, now.date(), person, new if holds else ())
        if found.open_errors:
            return SubmitResult(found, reason)
        forget_last_repairs(book, state)
        record_submission_time(book, state, now)
    save_book(book)

    def write_with_office_python(book: Path, target: Path) -> None:
        """Write the book with the Python of the office: there, others use its buttons."""
        copy_with_python(book, cached_plan(plan_book).python, target)

    target, kept = submit_book(path, period, found.group, now=now, copy=write_with_office_python)
    return SubmitResult(found, reason, target, kept)


def _check_state(path: Path, state: Workbook) -> BookResult:
    """The result of a check of `state` as if it were at `path`; KenpoError if it cannot be read."""
    (found,) = check_books([path], copies={path: state}).books
    if found.failure:
        raise KenpoError(found.failure)
    return found


def _refuse_book_of_other_plan(found: BookResult) -> None:
    """KenpoError for a book of another plan, which no reason makes a submission."""
    failure = failure_sentence(found)
    if failure:
        raise KenpoError(f"提出していません。{failure}")


def mark_findings(
    book: OpenBook,
    state: Workbook,
    found: BookResult,
    today: date,
    person: str,
    new: Iterable[Acceptance] = (),
    *,
    repairs: Iterable[Mark] = (),
) -> None:
    """Mark the findings in an open book, whose state is `state`; `repairs` are listed before them.

    Lines that staff inserted without a block or a kind get them.
    """
    accepted = (*found.unrecorded, *new)
    marks = [*repairs, *marks_of_findings(found)]
    set_marks_of_open_book(
        book, state, marks, person=person, day=exact_date_text(today), acceptances=accepted
    )
    fill_empty_cells(book, state, found.line_edits)


def _typed_submit_reason(book: Workbook) -> SubmitReason:
    text, cell = text_in_asked_cell(book, names.OVERRIDE)
    is_used = any(one.reason == text for one in recorded_acceptances(book)) if cell else False
    return SubmitReason(text, cell, is_used)
