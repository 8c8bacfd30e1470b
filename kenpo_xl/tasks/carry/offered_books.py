"""Books of the plan as it is now, for groups whose submission is of the plan before a change, or damaged.

They hold all that was submitted, so that a group only adds what is new. Nothing but their copy is written.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.carried import CarriedBook
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.carry.current_books import read_submitted_books
from kenpo_xl.tasks.carry.period_books import PeriodBooks
from kenpo_xl.tasks.carry.rescue_source import read_rescue_source
from kenpo_xl.tasks.carry.rescued_books import RescuedBooks
from kenpo_xl.tasks.carry.write_books import write_filled_book
from kenpo_xl.tasks.next_period.handover import ConfirmedPlan
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.handover_decisions import decisions_in_handover


class OfferedBooks:
    """The books of one period; the submitted ones are read when the first is written."""

    def __init__(self, period: PeriodFolder, plan: Plan) -> None:
        self.period, self.plan = period, plan

    @cached_property
    def _period_books(self) -> PeriodBooks:
        confirmed = ConfirmedPlan(self.plan, *decisions_in_handover(self.period, self.plan))
        return PeriodBooks(self.period, confirmed, {}, read=read_submitted_books)

    def write(self, group: str, path: Path) -> None:
        """Write the book of a group; the same submissions and plan give the same bytes."""
        self._write(group, path, self._period_books.content_of_group(group))

    def write_rescued(self, group: str, damaged: Path, path: Path) -> None:
        """Write the book of a group with what can be read of its damaged submission.

        KenpoError where that is nothing, or it is the book of another period or group.
        """
        source = read_rescue_source(damaged, self.period, self.plan)
        rescued = RescuedBooks(self._period_books, source.rescued, has_stamp=source.has_stamp)
        found = {} if rescued.is_earlier else rescued.contents_after(source.losses)
        if group not in found:
            raise KenpoError(f"{damaged.name} から、{group}の項を読み取れません。")
        self._write(group, path, found[group].book)

    def _write(self, group: str, path: Path, content: CarriedBook) -> None:
        write_filled_book(self.plan, group, path, content, version=self._period_books.version)
