"""Tasks of the buttons that close a period (確定) and open it again."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.common import names
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.pdf import write_pdf_beside
from kenpo_xl.live.workbook import save_book, saved_path, temporary_copy
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import Workbook
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
        reason, cell = _typed_reason(copy)
    try:
        reopen_period(period, reason, today=today, person=person)
    except KenpoError as error:
        return Reopening(str(error), cell)
    return Reopening("", cell)


def _typed_reason(copy: Path) -> tuple[str, tuple[str, str] | None]:
    """The reason in 操作, and its cell (sheet, cell); None in a book without it."""
    book = Workbook(copy)
    area = book.named_area(names.REOPEN)
    if area is None:
        return "", None
    text = text_typed_by_user(book.sheets[area.sheet].value(area.top, area.left))
    return text, (area.sheet, a1(area.top, area.left))
