"""The content of books of one plan as content of another: tables, lines and ratings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kenpo_xl.domain.plan.items import is_shared, owners_of_block, part_of_item
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Block, Item, Plan
from kenpo_xl.domain.plan.plan_changes import PlanChanges, PlanPart
from kenpo_xl.domain.results.carried import UnplacedValue
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, RatingEntry, Submission
from kenpo_xl.domain.submission.typed_texts import line_place, rating_place, rating_words
from kenpo_xl.pipeline.carry.moved_tables import MovedTables

_BlockKey = tuple[str, str]


class MovedContent:
    """What submissions of an old plan hold, by the items and blocks of a new one.

    `figures` are those of the old plan. `lines` has the lines of each block of the new plan, `blocks_before`
    the block that they were of; `unplaced` is what has no place.
    """

    def __init__(
        self,
        new: Plan,
        changes: PlanChanges,
        submissions: Sequence[Submission],
        figures: Figures,
    ) -> None:
        self.old, self.new, self.changes, self.figures = figures.plan, new, changes, figures
        overwritten = {one.source for one in figures if one.overwritten and one.source}
        self.tables = MovedTables(self.old, new, changes, overwritten)
        self.lines: dict[_BlockKey, list[LineEntry]] = {}
        self.ratings: dict[_BlockKey, RatingEntry] = {}
        self.blocks_before: dict[_BlockKey, Block] = {}
        self._unplaced: list[UnplacedValue] = []
        self._group_of_book = {one.workbook: one.group for one in submissions}
        for submission in submissions:
            for item in submission.items:
                self._add_item(item, submission.group)

    @property
    def unplaced(self) -> tuple[UnplacedValue, ...]:
        """What has no place in the new plan."""
        return (*self.tables.unplaced, *self._unplaced)

    def blocks_before_of(self, item: str) -> dict[str, Block]:
        """The blocks of the old plan by the names of those of an item that continue them."""
        return {name: block for (number, name), block in self.blocks_before.items() if number == item}

    def has_block(self, key: _BlockKey) -> bool:
        """Whether a block of the new plan continues one of the old plan, or is one that came back."""
        return key in self.blocks_before or key in self.lines or key in self.ratings

    def goes_to(self, old_item: str, item: str) -> bool:
        """Whether a block of an item of the old plan is in an item of the new one."""
        old = self.old.item(old_item)
        blocks = old.blocks if old else ()
        return any((self._new_block(old_item, block.name) or ("",))[0] == item for block in blocks)

    def lines_of(self, item: str, group: str = "") -> dict[str, list[LineEntry]]:
        """The lines of an item of the new plan, by block; of `group` alone those that go into its book.

        Of a block with several owners each has its own lines, the first one also those of others.
        """
        found = {name: lines for (number, name), lines in self.lines.items() if number == item}
        now = self.new.item(item)
        if not group or now is None or not is_shared(now):
            return found
        return {
            name: [one for one in lines if self._owner_now(now, one) == group]
            for name, lines in found.items()
        }

    def _owner_now(self, item: Item, line: LineEntry) -> str:
        """The group in whose book a line is now."""
        block = item.block(line.block)
        owners = owners_of_block(item, block) if block else (item.owner,)
        group = self._group_of_book.get(line.source.workbook, "") if line.source else ""
        return group if group in owners else owners[0]

    def ratings_of(self, item: str) -> tuple[RatingEntry, ...]:
        """The ratings of an item of the new plan."""
        return tuple(one for (number, _), one in self.ratings.items() if number == item)

    def _add_item(self, item: ItemEntry, group: str) -> None:
        self.tables.add_tables_of(item)
        own = (part_of_item(one, group) or one for one in self.old.items if one.id == item.item)
        blocks = {block.name: block for one in own for block in one.blocks}
        for block in blocks.values():
            key = self._new_block(item.item, block.name)
            if key:
                self.blocks_before.setdefault(key, block)
        for line in item.lines:
            self._add_line(item.item, line)
        for rating in item.ratings:
            self._add_rating(item.item, rating)

    def _new_block(self, item: str, block: str) -> _BlockKey | None:
        path = self.changes.new_path(PlanPart.BLOCK, item, block)
        return (path[0], path[1]) if path else None

    def _add_line(self, item: str, line: LineEntry) -> None:
        key = self._new_block(item, line.block)
        name = self.part_name_now(item, line, key[0]) if key else None
        text_field = self._text_field_now(line.text_field, key)
        if key is not None and name is not None and text_field is not None:
            moved = replace(line, block=key[1], text=name, text_field=text_field)
            self.lines.setdefault(key, []).append(moved)
        elif line.kind is LineKind.TEXT:
            self._unplaced.append(UnplacedValue(line_place(item, line), line.text, line.source))

    def _text_field_now(self, name: str, key: _BlockKey | None) -> str | None:
        """The text field of a line in a block of the new plan, '' for progress; None if it lacks that."""
        now = self.new.text_field_once_named(name)
        blocks = (block for block in self._blocks_of(key) if key and block.name == key[1])
        fields = {line.text_field for block in blocks for line in block.lines}
        return now if now in fields - {""} or not name else None

    def part_name_now(self, item: str, line: LineEntry, now: str) -> str | None:
        """The text of a line, or the present name of its table or KPI; None if the item has that no more.

        `now` is the item of the new plan that the line is in.
        """
        if line.kind is LineKind.TEXT:
            return line.text
        if line.kind is LineKind.TABLE:
            return self._table_name_now(item, line.text, now)
        return self._kpi_name_now(item, line.text, now)

    def _table_name_now(self, item: str, name: str, now: str) -> str | None:
        old = self.old.item(item)
        was_there = old is not None and old.table(name) is not None
        path = self.changes.new_path(PlanPart.TABLE, item, name) if was_there else (now, name)
        return path[-1] if path and path in self.new.tables and path[0] == now else None

    def _kpi_name_now(self, item: str, name: str, now: str) -> str | None:
        """The present name of a KPI; None as well if a block of the item asked for it, and none does now."""
        path = self.changes.new_path(PlanPart.KPI, name) if self.old.kpi(name) else (name,)
        if path is None or self.new.kpi(path[0]) is None:
            return None
        old, new = self.old.item(item), self.new.item(now)
        was_asked = old is not None and old.block_of_kpi(name) is not None
        is_asked = new is not None and new.block_of_kpi(path[0]) is not None
        return path[0] if is_asked or not was_asked else None

    def _add_rating(self, item: str, rating: RatingEntry) -> None:
        key = self._new_block(item, rating.block)
        block = next((one for one in self._blocks_of(key) if key and one.name == key[1]), None)
        if key is None or block is None or not block.rated or key in self.ratings:
            where, words = rating_place(item, rating), rating_words(rating)
            self._unplaced.append(UnplacedValue(where, words, rating.source))
            return
        self.ratings[key] = replace(rating, block=key[1])

    def _blocks_of(self, key: _BlockKey | None) -> Iterator[Block] | Iterable[Block]:
        item = self.new.item(key[0]) if key else None
        return item.blocks if item else ()
