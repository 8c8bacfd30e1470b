"""The books of a period as they are filled now, each read with the plan that it was built from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from kenpo_xl.books.common import names
from kenpo_xl.books.common.stamp import branch_and_period_key, read_stamp
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.carried_sources import read_carried_sources
from kenpo_xl.books.input.read.reader import read_matched_submission
from kenpo_xl.books.input.read.unplaced import read_unplaced_values
from kenpo_xl.books.input.rescue.own_content import own_content_of_staff
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.results.carried import CarriedValue, CellKey, UnplacedValue
from kenpo_xl.domain.submission.starting_lines import starting_lines
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, Submission, TableEntry
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.carry.book_of_plan import plan_when_handed_out
from kenpo_xl.tasks.period.folder import PeriodFolder, books_in
from kenpo_xl.tasks.period.latest_book import dated_book
from kenpo_xl.tasks.period.plan_copies import plan_of_version


@frozen
class CurrentBook:
    """A book of the period; `plan` is the one that it was read with, its own where a copy was kept.

    `values` are those that it was filled with, `unplaced` what an earlier plan change left without a place.
    `is_rescaled`: its own plan is not known, but its tables have other scales than those of the plan now.
    """

    path: Path
    group: str
    version: str
    plan: Plan
    submission: Submission
    values: dict[CellKey, CarriedValue]
    unplaced: tuple[UnplacedValue, ...] = ()
    is_rescaled: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether staff typed or confirmed anything in it."""
        return any(map(self._is_item_filled, self.submission.items))

    def _is_item_filled(self, item: ItemEntry) -> bool:
        if item.ratings or any(line.confirmed for line in item.lines):
            return True
        given = self._texts_given(item)
        texts = (line for line in item.lines if line.kind is LineKind.TEXT and not line.is_unconfirmed)
        return any(normalized(line.text) not in given for line in texts) or self._has_typed_cell(item)

    def _texts_given(self, item: ItemEntry) -> set[str]:
        """The lines that the plan gives the blocks of an item to start with."""
        found = self.plan.item(item.item)
        blocks = found.blocks if found else ()
        return {normalized(line.text) for block in blocks for line in starting_lines(self.plan, block)}

    def _has_typed_cell(self, item: ItemEntry) -> bool:
        return any(
            cell.value not in (None, "") and not cell.formula and not self._was_filled_with(cell.value, key)
            for entry in item.tables
            for key, cell in _cells_by_key(self.plan.tables[item.item, entry.table], entry)
        )

    def _was_filled_with(self, value: Decimal | str | None, key: CellKey) -> bool:
        carried = self.values.get(key)
        return carried is not None and carried.value == value


def _cells_by_key(table: Table, entry: TableEntry) -> Iterator[tuple[CellKey, Entry]]:
    for row in entry.rows:
        for column, cell in enumerate(row.cells):
            yield (table.identity(row.row, column), row.entity), cell


def read_current_books(period: PeriodFolder, plan: Plan) -> list[CurrentBook]:
    """The working and the submitted books of the period, of whatever group; others are left out."""
    return [*_read_books(period, plan, books_in(period.input_folder)), *read_submitted_books(period, plan)]


def read_submitted_books(period: PeriodFolder, plan: Plan) -> list[CurrentBook]:
    """The submitted books alone."""
    return _read_books(period, plan, period.submitted_books())


def _read_books(period: PeriodFolder, plan: Plan, paths: Iterable[Path]) -> list[CurrentBook]:
    return [book for book in (_read_book(period, plan, path) for path in paths) if book]


def _read_book(period: PeriodFolder, plan: Plan, path: Path) -> CurrentBook | None:
    try:
        book = Workbook(path)
        stamp = read_stamp(book)
        if stamp is None or stamp.plan != branch_and_period_key(plan):
            return None
        version = stamp.identities.get(names.PLAN_VERSION, "")
        own = plan_of_version(period, version)
        handed_out = own or plan_when_handed_out(plan, stamp.group, stamp.item_names)
        match = PlanMatch(book, handed_out, stamp)
        rescaled = None if own else match.plan_in_issued_scales()
        match = PlanMatch(book, rescaled, stamp) if rescaled else match
        submission = read_matched_submission(match)
        return CurrentBook(
            path,
            stamp.group,
            version,
            match.plan,
            submission,
            read_carried_sources(book),
            (*read_unplaced_values(book), *own_content_of_staff(match, submission)),
            is_rescaled=rescaled is not None,
        )
    except KenpoError:
        return None


def latest_books_of_groups(books: list[CurrentBook]) -> list[CurrentBook]:
    """The book of each group that counts, newest first: the latest that is filled, else the latest."""
    latest = {book.group: book for book in sorted(books, key=_oldest_and_empty_first)}
    return sorted(latest.values(), key=_oldest_and_empty_first, reverse=True)


def _oldest_and_empty_first(one: CurrentBook) -> tuple[object, ...]:
    return one.is_filled, *dated_book(one.path, one.submission.record).oldest_first_key
