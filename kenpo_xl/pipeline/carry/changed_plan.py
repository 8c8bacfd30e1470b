"""The books of a changed plan, filled with what the books before it hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.items import groups_of_item
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.plan_changes import PlanChange, PlanChanges, PlanPart
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.results.carried import CarriedBook, CarriedValue, CellKey, UnplacedValue
from kenpo_xl.domain.submission.converted import ConvertedValue
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    LineEntry,
    RatingEntry,
    RowEntry,
    Submission,
    TableEntry,
)
from kenpo_xl.domain.submission.uncertain import UncertainValue
from kenpo_xl.pipeline.carry.books import KnownContent
from kenpo_xl.pipeline.carry.change_sentences import change_sentence, items_of_part
from kenpo_xl.pipeline.carry.lines import CarriedLines
from kenpo_xl.pipeline.carry.moved_acceptances import moved_acceptance, moved_identity_and_item
from kenpo_xl.pipeline.carry.moved_content import MovedContent
from kenpo_xl.pipeline.carry.placed_again import PlacesAgain
from kenpo_xl.pipeline.plan_changes.compare import compare_plans
from kenpo_xl.pipeline.recompute import recompute_figures

_OUTSIDE = "決まった欄の外にあります"


@frozen
class FilledBook:
    """A book before the change: what it holds, and what it was filled with."""

    submission: Submission
    values: Mapping[CellKey, CarriedValue]
    unplaced: tuple[UnplacedValue, ...] = ()


class ContentOfPlan:
    """The books that were built from one plan, as content of another."""

    def __init__(
        self, old: Plan, new: Plan, books: Sequence[FilledBook], changes: PlanChanges | None = None
    ) -> None:
        self.books = books
        self.changes: PlanChanges = changes or compare_plans(old, new)
        submissions = [book.submission for book in books]
        self.plans = old, new
        self.moved = MovedContent(new, self.changes, submissions, recompute_figures(old, submissions))
        again = PlacesAgain(self.moved)
        self._still_unplaced = {
            book.submission.workbook: [one for one in book.unplaced if not again.restore_value(one)]
            for book in books
        }

    @property
    def values(self) -> Iterator[tuple[CellKey, CarriedValue]]:
        """What the books were filled with, by the cells of the new plan."""
        for book in self.books:
            for (identity, entity), value in book.values.items():
                now = self.changes.new_figure(identity)
                if now:
                    yield (now, entity), value

    def change_sentences(self, group: str = "") -> Iterator[str]:
        """What changed in the plan, a sentence each; of a group only what is in its items."""
        for one in self.changes.changes:
            if not group or group in self._owners_of(one):
                yield change_sentence(one, self.plans)

    def _owners_of(self, change: PlanChange) -> set[str]:
        """The groups of the new plan that a change concerns: that of the part now, and that of it before."""
        if change.part is PlanPart.GROUP:
            return {name for path in (change.old, *change.new) for name in path}
        now = [items_of_part(change.part, path, self.moved.new) for path in change.new]
        before = items_of_part(change.part, change.old, self.moved.old) if change.old else []
        items = [*chain.from_iterable(now), *self._items_continuing(before), *before]
        return {group for item in items for group in groups_of_item(item)}

    def _items_continuing(self, before: Iterable[Item]) -> Iterator[Item]:
        """The items of the new plan that those of the old one are now."""
        for one in before:
            path = self.changes.new_path(PlanPart.ITEM, one.id)
            item = self.moved.new.item(path[0]) if path else None
            if item:
                yield item

    @property
    def guesses(self) -> tuple[PlanChange, ...]:
        """The parts that are taken for renamed ones by their likeness only."""
        return tuple(one for one in self.changes.changes if one.old and one.new and not one.certain)

    def unplaced_of(self, workbook: str) -> Iterator[UnplacedValue]:
        """What a book holds that has no place in the new plan."""
        for book in self.books:
            if book.submission.workbook == workbook:
                yield from self._still_unplaced[workbook]
                for area in book.submission.unread:
                    yield UnplacedValue(area.place or area.identity, area.value, area.source, _OUTSIDE)
        yield from (one for one in self.moved.unplaced if one.source and one.source.workbook == workbook)


class ChangedBooks:
    """The content of the books of a plan from those before its change; `known` fills what is new.

    Of several `contents` with one item, as after a group was renamed twice, the first counts.
    """

    def __init__(self, plan: Plan, contents: Sequence[ContentOfPlan], known: KnownContent) -> None:
        self.plan, self.contents, self.known = plan, contents, known
        self.values: dict[CellKey, CarriedValue] = {}
        for content in reversed(contents):
            self.values |= dict(content.values)
        self.homes = self._present_group_by_book()

    def book_of_group(self, group: str) -> CarriedBook:
        """The content of the book of a group."""
        items = tuple(self._item_entry(item, group) for item in self.plan.items_of(group))
        accepted = tuple(dict.fromkeys(self._acceptances_of(group)))
        tables = {(item.item, table.table) for item in items for table in item.tables}
        values = {
            key: one for key, one in {**self.known.values, **self.values}.items() if key[0][:2] in tables
        }
        submission = Submission(group, items, accepted=accepted)
        changes = (one for content in self.contents for one in content.change_sentences(group))
        return CarriedBook(
            submission,
            values,
            tuple(self._unplaced_of(group)),
            tuple(self._converted_of(group, tables)),
            tuple(dict.fromkeys(changes)),
            tuple(self._uncertain_of(group)),
        )

    def _uncertain_of(self, group: str) -> Iterator[UncertainValue]:
        """What staff have not confirmed yet of the uncertain values of its books."""
        for book in self._books_at_home(group):
            yield from (one for one in book.submission.uncertain if not one.is_confirmed)

    def _converted_of(self, group: str, tables: Collection[tuple[str, str]]) -> Iterator[ConvertedValue]:
        """The values that were converted now in these tables, and those that staff have not confirmed yet."""
        now = {
            one.identity: one
            for content in self.contents
            for key, one in content.moved.tables.converted.items()
            if key[0][:2] in tables
        }
        before = dict(self._converted_before(group))
        for identity in dict.fromkeys((*now, *before)):
            found = _joined_conversions(before.get(identity), now.get(identity))
            if found:
                yield found

    def _converted_before(self, group: str) -> Iterator[tuple[str, ConvertedValue]]:
        """The converted values of its books that staff have not confirmed, by their present identities."""
        for content in self.contents:
            for book in content.books:
                for one in book.submission.converted if self.homes[book.submission.workbook] == group else ():
                    identity, _ = moved_identity_and_item(content.changes, one.identity)
                    if identity and not one.is_confirmed:
                        yield identity, replace(one, identity=identity)

    def _present_group_by_book(self) -> dict[str, str]:
        """The group that each book before belongs to now: its own, else the one with most of its items."""
        homes = {}
        for content in self.contents:
            for book in content.books:
                group = book.submission.group
                owners = [
                    owner
                    for entry in book.submission.items
                    for item in self.plan.items
                    if content.moved.goes_to(entry.item, item.id)
                    for owner in groups_of_item(item)
                ]
                usual = max(sorted(set(owners)), key=owners.count, default=self.plan.groups[0])
                homes[book.submission.workbook] = group if group in self.plan.groups else usual
        return homes

    def _books_at_home(self, group: str) -> Iterator[FilledBook]:
        books = (book for content in self.contents for book in content.books)
        return (book for book in books if self.homes[book.submission.workbook] == group)

    def _unplaced_of(self, group: str) -> Iterator[UnplacedValue]:
        for content in self.contents:
            for book in self._books_at_home(group):
                yield from content.unplaced_of(book.submission.workbook)

    def _acceptances_of(self, group: str) -> Iterator[Acceptance]:
        for content in self.contents:
            for book in content.books:
                home = self.homes[book.submission.workbook]
                for one in book.submission.accepted:
                    moved, number = moved_acceptance(content.changes, one)
                    item = self.plan.item(number)
                    owners = groups_of_item(item) if item else (home,)
                    if moved and (home if home in owners else owners[0]) == group:
                        yield moved

    def _item_entry(self, item: Item, group: str) -> ItemEntry:
        known, tables = self.known.item_entry(item, group), self._moved_tables(item)
        return ItemEntry(
            item.id,
            tuple(self._lines_of_item(item, known, group)),
            tuple(self._ratings_of_item(item)),
            tuple(
                self._table_entry(table, tables.get(table.name), _entry_of(known.tables, table))
                for table in item.tables
            ),
        )

    def _lines_of_item(self, item: Item, known: ItemEntry, group: str) -> Iterable[LineEntry]:
        """The lines of each block from the newest book with it, else, of a whole item, what is known."""
        homes = {block.name: self._content_with_block((item.id, block.name)) for block in item.blocks}
        contents = list(dict.fromkeys(filter(None, homes.values())))
        if not contents:
            return known.lines
        found: dict[str, list[LineEntry]] = {}
        for one in contents:
            lines = CarriedLines(
                self.plan, item, one.moved.old, one.moved.blocks_before_of(item.id), of_last_quarter=False
            )
            for line in lines.lines_of_item(one.moved.lines_of(item.id, group)):
                if (homes[line.block] or contents[0]) is one:
                    found.setdefault(line.block, []).append(line)
        return [line for block in item.blocks for line in found.get(block.name, ())]

    def _content_with_block(self, key: tuple[str, str]) -> ContentOfPlan | None:
        return next((one for one in self.contents if one.moved.has_block(key)), None)

    def _ratings_of_item(self, item: Item) -> Iterable[RatingEntry]:
        """The rating of each rated block from the first content with the block."""
        for block in (block for block in item.blocks if block.rated):
            key = item.id, block.name
            content = self._content_with_block(key)
            if content and key in content.moved.ratings:
                yield content.moved.ratings[key]

    def _moved_tables(self, item: Item) -> dict[str, TableEntry]:
        found: dict[str, TableEntry] = {}
        for one in self.contents:
            for entry in one.moved.tables.tables_of_item(item.id):
                found.setdefault(entry.table, entry)
        return found

    def _table_entry(self, table: Table, moved: TableEntry | None, known: TableEntry) -> TableEntry:
        """The moved content of a table; what is known goes into empty cells that were not filled before."""
        if moved is None:
            return known
        rows = {row.row: row for row in moved.rows if row.row != table.repeating}
        filled = [
            self._filled_row(table, rows.get(row.row, RowEntry(row.row, ())), row)
            for row in known.rows
            if row.row != table.repeating
        ]
        return replace(moved, rows=(*filled, *(row for row in moved.rows if row.row == table.repeating)))

    def _filled_row(self, table: Table, row: RowEntry, known: RowEntry) -> RowEntry:
        def entry(column: int) -> Entry:
            own = row.cells[column] if column < len(row.cells) else Entry()
            was_filled = (table.identity(row.row, column), "") in self.values
            return known.cells[column] if own.value is None and not was_filled else own

        return replace(row, cells=tuple(entry(column) for column in range(len(table.columns))))


def _joined_conversions(before: ConvertedValue | None, now: ConvertedValue | None) -> ConvertedValue | None:
    """Two conversions of a number, one after the other, as one; None if it is what it was at first."""
    if before is None or now is None:
        return before or now
    if before.now != now.before:
        return now
    return None if before.before == now.now else replace(now, before=before.before)


def _entry_of(entries: Iterable[TableEntry], table: Table) -> TableEntry:
    return next((one for one in entries if one.table == table.name), TableEntry(table.name, ()))
