"""A book of the period's plan, or of that plan before a change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.input.inspect.inspection import read_opened_book
from kenpo_xl.books.input.match.lost_stamp import read_or_derive_stamp
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.reader import read_matched_submission, refuse_book_of_another_plan
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.issued_targets import without_targets_of_unknown_plan
from kenpo_xl.tasks.period.plan_copies import matched_with_own_plan

if TYPE_CHECKING:
    from kenpo_xl.tasks.period.moved_submission import MovedBook


def read_submitted_book(folder: PeriodFolder, path: Path, plan: Plan) -> Submission:
    """The submission in a book of the period, also of its plan before a change.

    KenpoError for any other book, and one that cannot be read.
    """
    book = Workbook(path)
    present = PlanMatch(book, plan, read_or_derive_stamp(book, plan))
    own = matched_with_own_plan(folder, present)
    if own is present:
        refuse_book_of_another_plan(present)
        return read_matched_submission(present)
    return _moved_book(folder, present, own.plan, read_matched_submission(own)).submission()


def moved_book(folder: PeriodFolder, present: PlanMatch) -> tuple[Submission, Survey] | None:
    """Submission and survey of a book that does not name the present plan book.

    They are moved from its own plan, where that is another one. None for a book of another period or group.
    """
    own, plan, stamp = matched_with_own_plan(folder, present), present.plan, present.stamp
    mismatch = stamp.mismatch_and_advice(plan)
    if own is present and mismatch:
        return None
    submission, survey = read_opened_book(own)
    if own is present:
        return without_targets_of_unknown_plan(submission, plan), survey
    moved = _moved_book(folder, present, own.plan, submission)
    foreign, remedy = mismatch or ("", "")
    return moved.submission(), moved.survey(replace(survey, foreign=foreign, remedy=remedy))


def _moved_book(folder: PeriodFolder, present: PlanMatch, old: Plan, read: Submission) -> MovedBook:
    """What was read of a book with an earlier plan, by the parts of the present one."""
    from kenpo_xl.tasks.period.handover_decisions import decisions_in_handover, decisions_on_earlier_plan
    from kenpo_xl.tasks.period.moved_submission import MovedBook  # few plans change

    decided = decisions_on_earlier_plan(old, *decisions_in_handover(folder, present.plan))
    return MovedBook(present, old, read, decided=decided)
