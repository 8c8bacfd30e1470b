"""What the buttons of an input book do: the open book, saved or not, is checked, marked and handed in.

A copy of the open state is checked as if it stood in the book's place, so that the findings are those that
`check` has for the saved book.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.annotations.acceptances import recorded, unrecorded
from kenpo_xl.books.common import names
from kenpo_xl.books.common.macros.python_cell import with_python
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.status_board import failure_of
from kenpo_xl.domain.time.fiscal_calendar import date_text
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.workbook import copied, mark_open, path_of, record_submission, save
from kenpo_xl.ooxml.rich_text import entered_text
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.check import BookResult, check, plan_book_of
from kenpo_xl.tasks.flag import marks_of
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.submit import refuse_what_is_submitted, submit_book

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook


@frozen
class SubmitReason:
    """What is typed in 操作 as the reason for errors that stand, and where; no place in a book without it.

    `is_used` tells that it has been given before, for other errors.
    """

    text: str = ""
    place: tuple[str, str] | None = None
    is_used: bool = False


@frozen
class SubmitResult:
    """What became of a book that was to be handed in; `path` is None where errors stand without a reason.

    `kept` are the older ones in 提出/.
    """

    checked: BookResult
    reason: SubmitReason
    path: Path | None = None
    kept: tuple[Path, ...] = ()


def check_open(book: OpenBook, *, today: date, person: str) -> BookResult:
    """Check an open book and mark what is found in its cells.

    Reasons that staff typed into 指摘 are moved to 確認記録, as of `today` and by `person`. KenpoError where
    the book cannot be read or marked; it is as it was then.
    """
    with copied(book) as copy:
        found = _checked(path_of(book), copy)
        _mark(book, copy, found, today, person)
        return found


def clear_open(book: OpenBook, *, today: date, person: str) -> None:
    """Take our marks out of an open book; what staff typed since stays, reasons go to 確認記録 first."""
    with copied(book) as copy:
        typed = unrecorded(Workbook(copy))
        mark_open(book, copy, (), person=person, day=date_text(today), accepted=typed)


def submit_open(book: OpenBook, *, now: datetime, person: str) -> SubmitResult:
    """Check and mark an open book; where no error stands without a reason, save it and hand it in.

    What is typed in 操作 as the reason for errors goes to 確認記録 for each of them; once there, it is none
    for others any more. KenpoError where the book cannot be read, marked, saved or handed in.
    """
    path = path_of(book)
    plan_book = plan_book_of(path, None)
    period = PeriodFolder(plan_book.resolve().parent)
    refuse_what_is_submitted(path, period)
    with copied(book) as copy:
        bare = _checked(path, copy)
        _refuse_foreign(bare)
        reason = _reason_in(copy)
        holds = reason.text and not reason.is_used
        found = bare.explained_by(reason.text) if holds else bare
        said = [Acceptance(one.code, one.identity, one.actual, reason.text) for one in bare.unexplained]
        _mark(book, copy, found, now.date(), person, said if holds else ())
        if found.unexplained:
            return SubmitResult(found, reason)
        record_submission(book, copy, now)
    save(book)

    def to_submit(book: Path, target: Path) -> None:
        """With the office's Python, whatever the clerk's book names: others press the buttons there."""
        with_python(book, cached_plan(plan_book).python, target)

    target, kept = submit_book(path, period, found.group, now=now, copy=to_submit)
    return SubmitResult(found, reason, target, kept)


def _checked(path: Path, copy: Path) -> BookResult:
    """What is found in a copy of an open book as if it stood at `path`."""
    (found,) = check([path], copies={path: copy}).books
    if found.failure:
        raise KenpoError(found.failure)
    return found


def _refuse_foreign(found: BookResult) -> None:
    """KenpoError for a book of another plan: it is nobody's submission here, whatever the reason."""
    failure = failure_of(found)
    if failure:
        raise KenpoError(f"提出していません。{failure}")


def _mark(
    book: OpenBook,
    copy: Path,
    found: BookResult,
    today: date,
    person: str,
    said: Iterable[Acceptance] = (),
) -> None:
    accepted = (*found.unrecorded, *said)
    mark_open(book, copy, marks_of(found), person=person, day=date_text(today), accepted=accepted)


def _reason_in(copy: Path) -> SubmitReason:
    book = Workbook(copy)
    area = book.area(names.OVERRIDE)
    if area is None:
        return SubmitReason()
    text = entered_text(book.sheets[area.sheet].value(area.top, area.left))
    is_used = any(one.reason == text for one in recorded(book))
    return SubmitReason(text, (area.sheet, a1(area.top, area.left)), is_used)
