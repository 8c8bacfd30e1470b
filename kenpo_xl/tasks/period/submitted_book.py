"""A submitted book of the period's plan, or of that plan before a change."""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.books.input.read.reader import read_opened_submission
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.plan_copies import other_plan_of_book


def read_submitted_book(folder: PeriodFolder, path: Path, plan: Plan) -> Submission:
    """The submission in a book of the period, also of its plan before a change.

    KenpoError for any other book, and one that cannot be read.
    """
    book = Workbook(path)
    return moved_submission(folder, book, plan) or read_opened_submission(book, plan)


def moved_submission(folder: PeriodFolder, book: Workbook, plan: Plan) -> Submission | None:
    """The submission in a book of an old plan, moved to the present one; None if that is not necessary."""
    old = other_plan_of_book(folder, book, plan)
    if old is None:
        return None
    from kenpo_xl.tasks.period.moved_submission import read_moved_submission  # few plans change

    return read_moved_submission(book, old, plan)
