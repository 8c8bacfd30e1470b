"""Books of the plan as it is now for groups whose submission is of the plan before a change.

They hold all that was submitted, so that a group only adds what is new. Nothing but their copy is written.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.pipeline.carry.books import KnownContent
from kenpo_xl.pipeline.carry.changed_plan import ChangedBooks
from kenpo_xl.tasks.carry.current_books import read_submitted_books
from kenpo_xl.tasks.carry.earlier_periods import find_earlier_periods
from kenpo_xl.tasks.carry.period_books import contents_by_plan
from kenpo_xl.tasks.carry.write_books import write_filled_book
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.plan_version import current_plan_version


class OfferedBooks:
    """The books of one period; the submitted ones are read when the first is written."""

    def __init__(self, period: PeriodFolder, plan: Plan) -> None:
        self.period, self.plan = period, plan

    @cached_property
    def _books(self) -> ChangedBooks:
        known = KnownContent(self.plan, find_earlier_periods(self.period, self.plan).periods)
        submitted = read_submitted_books(self.period, self.plan)
        return ChangedBooks(self.plan, contents_by_plan(self.period, self.plan, submitted), known)

    def write(self, group: str, path: Path) -> None:
        """Write the book of a group; the same submissions and plan give the same bytes."""
        version = current_plan_version(self.period)
        write_filled_book(self.plan, group, path, self._books.book_of_group(group), version=version)
