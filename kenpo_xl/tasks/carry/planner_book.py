"""The planner's book of a period: made where there is none, replaced where it lacks buttons or lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kenpo_xl.books.common.stamp import branch_and_period_key, key_in_planner_book
from kenpo_xl.books.planner.earlier import has_missing_parts, typed_rows_by_list
from kenpo_xl.books.planner.lists import PlannerList
from kenpo_xl.books.planner.rows import ListRow
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.atomic_write import atomic_write, refuse_while_open
from kenpo_xl.tasks.carry.period_books import PeriodBooks
from kenpo_xl.tasks.carry.staged_books import copy_to_older_books
from kenpo_xl.tasks.past_periods import past_from_ledger_above
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder

TypedRows = Mapping[PlannerList, Sequence[ListRow]]


def typed_rows_of_earlier_book(period: PeriodFolder, plan: Plan) -> TypedRows | None:
    """What the planner typed into a book that lacks buttons or lists; None where none is to be replaced.

    A row that has no place in the plan of today keeps the book as it is. KenpoError if the book is open, or
    one of its sheets was renamed.
    """
    book = _book_with_buttons(period.planner_path)
    if (
        book is None
        or key_in_planner_book(book) != branch_and_period_key(plan)
        or not has_missing_parts(book)
    ):
        return None
    refuse_while_open(period.planner_path)
    return typed_rows_by_list(book, plan)


def _book_with_buttons(path: Path) -> Workbook | None:
    """The workbook, None where there is none; one without macros was saved so on purpose."""
    if path.suffix != ".xlsm" or not path.exists():
        return None
    try:
        return Workbook(path)
    except KenpoError:
        return None


def renew_planner_book(books: PeriodBooks, typed: TypedRows) -> Path:
    """Replace the planner's book by one with what was typed into it; where the earlier one is now."""
    older = copy_to_older_books(books.period, books.period.planner_path)
    write_planner_book_of(books, typed)
    return older


def write_planner_book_of(books: PeriodBooks, typed: TypedRows | None = None) -> None:
    """Write the planner's book with the ratings and overwritten cells of the current submissions.

    A first one begins with last quarter's changes of wording that still find their words.
    """
    from kenpo_xl.books.planner.writer import write_planner_book

    past, _ = past_from_ledger_above(books.period, books.plan)
    whole = consolidate(books.period, past=past)
    wordings = books.known.applicable_wordings() if typed is None else ()
    with atomic_write(books.planner_path) as beside:
        write_planner_book(
            whole.plan,
            beside,
            whole.figures,
            whole.assessments,
            wordings,
            whole.submissions,
            whole.outlooks,
            typed=typed or {},
        )
