"""A book of the period's plan, or of that plan before a change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kenpo_xl.books.common.stamp import Stamp, read_stamp
from kenpo_xl.books.input.inspect.inspection import read_opened_book
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.reader import read_matched_submission, read_opened_submission
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.issued_targets import with_targets_of_unknown_plan
from kenpo_xl.tasks.period.plan_copies import other_plan_of_book


def read_submitted_book(folder: PeriodFolder, path: Path, plan: Plan) -> Submission:
    """The submission in a book of the period, also of its plan before a change.

    KenpoError for any other book, and one that cannot be read.
    """
    book = Workbook(path)
    old = other_plan_of_book(folder, book, plan)
    stamp = read_stamp(book)
    if old is None or stamp is None:
        return read_opened_submission(book, plan)
    from kenpo_xl.tasks.period.moved_submission import MovedBook  # few plans change

    return MovedBook(
        book, stamp, old, plan, read_matched_submission(PlanMatch(book, old, stamp))
    ).submission()


def moved_book(
    folder: PeriodFolder, book: Workbook, stamp: Stamp, plan: Plan
) -> tuple[Submission, Survey] | None:
    """Submission and survey of a book that does not name the present plan book.

    They are moved from its own plan, where that is another one. None for a book of another period or group.
    """
    old = other_plan_of_book(folder, book, plan)
    if old is None and stamp.mismatch_and_advice(plan):
        return None
    if old is None:
        submission, survey = read_opened_book(PlanMatch(book, plan, stamp))
        return with_targets_of_unknown_plan(submission, plan), survey
    from kenpo_xl.tasks.period.moved_submission import MovedBook  # few plans change

    submission, survey = read_opened_book(PlanMatch(book, old, stamp))
    moved = MovedBook(book, stamp, old, plan, submission)
    mismatch = stamp.mismatch_and_advice(plan) or ("", "")
    return moved.submission(), moved.survey(replace(survey, foreign=mismatch[0], remedy=mismatch[1]))
