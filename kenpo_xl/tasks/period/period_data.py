"""A period as read: its plan, its books and its past, each read once, and the figures as submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.results.history import History, Past, plan_with_past_results
from kenpo_xl.domain.submission.save_time import BookChoice, DatedBook, latest_book_by_group_and_choices
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.pipeline.carry.owners import with_items_of_owners
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.period.latest_book import dated_book

# The content of a book, or the error why it cannot be used.
Read = Submission | Exception


@frozen
class PeriodData:
    """The books of one folder by path, with plan and earlier periods (None if none were requested).

    The plan includes results of past years that only the earlier periods contain.
    """

    plan: Plan
    books: Mapping[Path, Read]
    history: History | None = None

    @classmethod
    def of(cls, plan: Plan, books: Mapping[Path, Read], past: Past | None = None) -> PeriodData:
        """The data for a plan as read from its book; `past` provides the earlier periods."""
        history = past.periods_before(plan) if past else None
        return cls(plan_with_past_results(plan, history), books, history)

    @cached_property
    def valid_books(self) -> dict[Path, Submission]:
        """The books that can be used."""
        return {path: one for path, one in self.books.items() if isinstance(one, Submission)}

    @cached_property
    def _latest_books_and_choices(self) -> tuple[dict[str, DatedBook], tuple[BookChoice, ...]]:
        return latest_book_by_group_and_choices(
            (one.group, dated_book(path, one.record)) for path, one in self.valid_books.items()
        )

    @property
    def book_choices(self) -> tuple[BookChoice, ...]:
        """The choices among several books of one group."""
        return self._latest_books_and_choices[1]

    @cached_property
    def submissions(self) -> tuple[Submission, ...]:
        """The latest valid book of each group, by file name; each item is its owner's."""
        used = (self.valid_books[one.path] for one in self._latest_books_and_choices[0].values())
        return with_items_of_owners(self.plan, sorted(used, key=lambda one: one.workbook))

    @cached_property
    def figures(self) -> Figures:
        """Every figure as submitted."""
        return recompute_figures(self.plan, self.submissions)

    @cached_property
    def assessments(self) -> Assessments:
        """Every rating as submitted."""
        return rate_kpis_and_blocks(self.plan, self.figures, self.submissions, history=self.history)

    def with_book(self, path: Path, submission: Submission) -> PeriodData:
        """The same with one more book; itself if it has that."""
        if self.books.get(path) is submission:
            return self
        return replace(self, books={**self.books, path: submission})

    def with_only_book_of_group(self, submission: Submission) -> PeriodData:
        """The same with this book as the only one of its group; itself if it counts already."""
        if any(one is submission for one in self.submissions):
            return self
        alone = {
            p: one
            for p, one in self.valid_books.items()
            if one is submission or one.group != submission.group
        }
        return replace(self, books=alone)
