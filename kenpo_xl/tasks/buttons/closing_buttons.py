"""Tasks of the buttons that close a period (確定) and open it again."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from kenpo_xl.books.common import names
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.pdf import write_pdf_beside
from kenpo_xl.live.workbook import save_book, saved_path, temporary_copy
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.buttons.asked_cell import text_in_asked_cell
from kenpo_xl.tasks.close import close_period, reopen_period
from kenpo_xl.tasks.report import ReportResult

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook


def close_period_of_open_book(book: OpenBook, *, today: date, person: str) -> ReportResult:
    """Save the open book, make the final report with its PDF, and close the period."""
    period = saved_path(book).parent
    save_book(book)
    write = partial(write_pdf_beside, book.app)
    return close_period(period, today=today, person=person, pdf=True, write_pdf=write)


@frozen
class Reopening:
    """Why a period was not reopened ('' where it was), and the cell for the reason, None without one."""

    refusal: str
    cell: tuple[str, str] | None = None


def reopen_period_of_open_book(book: OpenBook, *, today: date, person: str) -> Reopening:
    """Reopen the period of the open book with the reason in its cell of 操作."""
    period = saved_path(book).parent
    with temporary_copy(book) as copy:
        reason, cell = text_in_asked_cell(Workbook(copy), names.REOPEN)
    try:
        reopen_period(period, reason, today=today, person=person)
    except KenpoError as error:
        return Reopening(str(error), cell)
    return Reopening("", cell)
