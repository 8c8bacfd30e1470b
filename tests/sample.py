"""The sample as read, once in each process of the tests: plan, books, and what is computed of them."""

from __future__ import annotations

from functools import cache

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.tasks.period.consolidation import Consolidation, consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from tests.paths import PLAN_BOOK, SAMPLE, SUBMITTED


@cache
def sample_plan() -> Plan:
    return read_plan(PLAN_BOOK)


@cache
def sample_submission(group: str) -> Submission:
    """A group's book as it was handed in."""
    return read_submission(SUBMITTED / f"{group}.xlsm", sample_plan())


@cache
def consolidated_sample() -> Consolidation:
    return consolidate(PeriodFolder(SAMPLE))
