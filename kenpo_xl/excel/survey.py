"""Surveys an input book: what it is made of besides its values, for the rules on structure and security."""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.domain.plan import Plan
from kenpo_xl.domain.submission import Submission
from kenpo_xl.domain.survey import Survey
from kenpo_xl.excel.reader import submission_of
from kenpo_xl.excel.sheets import Workbook
from kenpo_xl.excel.stamp import Stamp, sure_stamp


def read_book(path: Path, plan: Plan) -> tuple[Submission, Survey]:
    """What stands in a book and what it is made of, parsed once; KenpoError where it is no input book.

    A book of another plan or group gives an empty submission, and a survey that says whose it is.
    """
    book = Workbook(path)
    stamp = sure_stamp(book)
    trouble = stamp.trouble(plan)
    if trouble:
        return Submission(stamp.group, (), path.name), Survey(foreign=trouble[0])
    submission = submission_of(book, plan, stamp)
    return submission, survey(book, plan, stamp, submission)


def survey(book: Workbook, plan: Plan, stamp: Stamp, submission: Submission) -> Survey:
    """Everything of a book of this plan that is no value."""
    return Survey()
