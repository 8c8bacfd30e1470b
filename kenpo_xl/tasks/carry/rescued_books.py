"""The books of a period, filled from one rescued book of the same or of an earlier period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from kenpo_xl.books.input.rescue.rescue import RescuedBook
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.items import groups_of_item, owners_text
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.plan.plan_changes import PlanPart
from kenpo_xl.domain.results.carried import CarriedBook, UnplacedValue
from kenpo_xl.domain.source import Source
from kenpo_xl.pipeline.carry.books import KnownContent
from kenpo_xl.pipeline.carry.changed_plan import ChangedBooks, ContentOfPlan, FilledBook
from kenpo_xl.pipeline.carry.earlier_period import EarlierPeriod
from kenpo_xl.pipeline.carry.figures import origin_text
from kenpo_xl.pipeline.carry.rescued import (
    TypedContent,
    TypedCounts,
    typed_contents,
    typed_counts_of,
    uncertain_values,
    unplaced_contents,
)
from kenpo_xl.pipeline.facts import collect_facts
from kenpo_xl.pipeline.plan_changes.compare import compare_plans
from kenpo_xl.tasks.carry.period_books import PeriodBooks
from kenpo_xl.tasks.period.consolidation import Consolidation
from kenpo_xl.tasks.period.period_data import PeriodData
from kenpo_xl.tasks.period_record import period_record

_OF_ANOTHER_GROUP = "いまは{owner}の項です。{owner}のブックに入れてください"
_OF_EARLIER_PERIOD = {
    "数値": "前の期の値で、この期に同じ月の欄がありません",
    "文": "前の年度の文のため、写していません",
    "評価": "評価は期ごとに付けるため、写していません",
}
_NO_PLACE = "写す先が決まりませんでした"


@frozen
class RescuedContent:
    """The content of a new book, and how much of it is from the rescued one."""

    book: CarriedBook
    counts: TypedCounts


class RescuedBooks:
    """The new books for the groups whose items are in a rescued book; `has_stamp` says that it is of one."""

    def __init__(self, books: PeriodBooks, rescued: RescuedBook, *, has_stamp: bool) -> None:
        self.books, self.plan, self.rescued, self.has_stamp = books, books.plan, rescued, has_stamp
        self.name = rescued.submission.workbook
        self.period = PeriodKey.of(rescued.plan)
        self.is_earlier = self.period != PeriodKey.of(books.plan)
        self.changes = compare_plans(rescued.plan, self.plan, books.decisions_on(rescued.plan))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Its own group, or that with most of its items; every one of them for a book without a stamp."""
        owners = [group for item in self._items_now for group in groups_of_item(item)]
        group = self.rescued.submission.group
        if not self.has_stamp:
            return tuple(one for one in self.plan.groups if one in owners)
        usual = max(dict.fromkeys(owners), key=owners.count, default="")
        home = group if group in owners else usual
        return (home,) if home else ()

    @cached_property
    def _items_now(self) -> list[Item]:
        """The items of the plan that the rescued book has a block of."""
        submission, plan = self.rescued.submission, self.rescued.plan
        blocks = (
            (entry.item, block.name)
            for entry in submission.items
            for item in plan.items
            if item.id == entry.item
            for block in item.blocks
        )
        paths = (self.changes.new_path(PlanPart.BLOCK, *block) for block in blocks)
        numbers = {path[0] for path in paths if path}
        return [item for item in self.plan.items if item.id in numbers]

    def contents_after(self, losses: tuple[str, ...]) -> dict[str, RescuedContent]:
        """The content of the book of each group; what has no place is in the first.

        `losses` are sentences on what of the rescued book could not be read.
        """
        books = {group: self._source_of_books.book_of_group(group) for group in self.groups}
        typed = {group: list(self._contents_from_rescued(book)) for group, book in books.items()}
        taken = {one.source for contents in typed.values() for one in contents}
        unplaced = list(dict.fromkeys(self._unplaced_values(books, taken)))
        found = {}
        for group, book in books.items():
            doubtful = uncertain_values(typed[group], self.rescued.doubts.reason_at)
            filled = replace(
                book,
                unplaced=tuple(unplaced) if group == self.groups[0] else (),
                uncertain=tuple(dict.fromkeys((*book.uncertain, *doubtful))),
                changes=(*book.changes, *(one.removesuffix("。") for one in losses)),
                rescued_from=f"{self.name}（{self.period.label}）" if self.is_earlier else self.name,
            )
            found[group] = RescuedContent(filled, typed_counts_of(typed[group]))
        return found

    @cached_property
    def _source_of_books(self) -> ChangedBooks | KnownContent:
        return self._known_with_rescued() if self.is_earlier else self._changed_books()

    def _changed_books(self) -> ChangedBooks:
        filled = FilledBook(self.rescued.submission, self.rescued.values, self.rescued.unplaced)
        content = ContentOfPlan(self.rescued.plan, self.plan, [filled], self.changes)
        return ChangedBooks(self.plan, [content], self.books.known)

    @cached_property
    def _own_period(self) -> EarlierPeriod:
        """The rescued book as an earlier period of its own."""
        plan = self.rescued.plan
        data = PeriodData.of(plan, {Path(self.name): self.rescued.submission})
        parts = plan, data.submissions, data.figures, data.assessments
        past = period_record(Consolidation(*parts, collect_facts(*parts))).past_period.in_names_of(plan)
        return EarlierPeriod(past, data.submissions, data.figures)

    def _known_with_rescued(self) -> KnownContent:
        """What earlier periods reported, with the rescued book in the place of its own period."""
        own = self._own_period
        others = (
            one for one in self.books.earlier.periods if one.past.year_and_months != own.past.year_and_months
        )
        return KnownContent(self.plan, (own, *others), self.books.confirmed.decided)

    def _contents_from_rescued(self, book: CarriedBook) -> Iterator[TypedContent]:
        """What of a new book is from the rescued one, each with its cell there."""
        origin = origin_text(self._own_period.past) if self.is_earlier else ""
        values = {key: one for key, one in book.values.items() if one.origin == origin}
        for one in typed_contents(self.plan, book.submission.items, values):
            if one.source and one.source.workbook == self.name:
                yield one

    def _unplaced_values(
        self, books: dict[str, CarriedBook], taken: set[Source | None]
    ) -> Iterator[UnplacedValue]:
        """What the rescued book holds and no new one does."""
        if self.is_earlier:
            yield from self.rescued.unplaced
            listed: set[Source | None] = set()
        else:
            for book in books.values():
                yield from book.unplaced
            listed = {one.source for book in books.values() for one in book.unplaced}
        contents = typed_contents(self.rescued.plan, self.rescued.submission.items)
        yield from unplaced_contents(contents, taken | listed, self._reason_of_unplaced)

    def _reason_of_unplaced(self, one: TypedContent) -> str:
        if self.is_earlier:
            return _OF_EARLIER_PERIOD[one.kind]
        path = self.changes.new_path(PlanPart.ITEM, one.identity.partition("/")[0])
        item = self.plan.item(path[0]) if path else None
        if item and not set(groups_of_item(item)) & set(self.groups):
            return _OF_ANOTHER_GROUP.format(owner=owners_text(item))
        return _NO_PLACE
