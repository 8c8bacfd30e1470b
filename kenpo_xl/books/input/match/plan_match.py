"""Matches the parts of an input book with items and blocks of the current plan.

Items and blocks get new numbers when the plan changes after the books were issued. The stamp of the book
decides, so that nothing is read as part of another item.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain

from kenpo_xl.books.common import names
from kenpo_xl.books.common.item_marks import start_line_hash
from kenpo_xl.books.common.stamp import Stamp
from kenpo_xl.books.input.match.changed_blocks import BlockChanges
from kenpo_xl.books.input.match.changed_items import ItemChanges
from kenpo_xl.books.input.match.changed_tables import TableChanges
from kenpo_xl.books.input.match.issued_items import IssuedItems, find_item_sheet
from kenpo_xl.books.input.match.missing_lines import MissingLines
from kenpo_xl.books.input.plan_text import IssuedText
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item, Plan, StartLine
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.plan_match import BlockMark
from kenpo_xl.domain.submission.submission import BookPart, ItemEntry, Mismatch
from kenpo_xl.ooxml.workbook import Sheet, Workbook


@frozen
class PlanMatch:
    """The parts of a book for each item, block and table of the plan.

    A book whose stamp has no items is read by the plan's numbers.
    """

    book: Workbook
    plan: Plan
    stamp: Stamp

    @cached_property
    def _item_changes(self) -> ItemChanges | None:
        return ItemChanges(IssuedItems(self.book, self.stamp), self.plan) if self.stamp.items else None

    @cached_property
    def _table_changes(self) -> TableChanges | None:
        return TableChanges(self._item_changes) if self._item_changes else None

    @cached_property
    def _block_changes(self) -> dict[str, BlockChanges]:
        items = self._item_changes
        if items is None:
            return {}
        return {
            number: BlockChanges(items, items.group_items[number], made, items.group_marks[number])
            for number, made in items.issued_mark_of_plan_item.items()
        }

    def issued_number_of(self, item: Item) -> str | None:
        """The number of an item in the book, None if the book does not have it."""
        if self._item_changes is None:
            return item.id
        made = self._item_changes.issued_mark_of_plan_item.get(item.id)
        return made.id if made else None

    def issued_key_of(self, item: Item) -> str | None:
        """The name of an item in the hidden sheet and in Excel names of the book, None if it is not there."""
        if self._item_changes is None:
            return item.key
        made = self._item_changes.issued_mark_of_plan_item.get(item.id)
        return made.stored if made else None

    def current_identities(self, identity: str) -> Iterator[str]:
        """The identities in the plan of one that was written into the book, also under its issued number."""
        shown = self.plan.identities.shown(identity)
        number, slash, rest = shown.partition("/")
        now = self._plan_number_by_issued.get(number, number)
        yield from dict.fromkeys((shown, f"{now}{slash}{rest}"))

    @cached_property
    def _plan_number_by_issued(self) -> dict[str, str]:
        items = self._item_changes.issued_mark_of_plan_item if self._item_changes else {}
        return {mark.id: number for number, mark in items.items()}

    def sheet_of(self, item: Item) -> Sheet | None:
        """The sheet of an item."""
        number, key = self.issued_number_of(item), self.issued_key_of(item)
        return find_item_sheet(self.book, key, number) if number is not None and key is not None else None

    def items_on_sheets(self, names: Collection[str]) -> set[str]:
        """The items whose sheets have these names."""
        own = self.plan.items_of(self.stamp.group)
        return {item.id for item in own if (sheet := self.sheet_of(item)) and sheet.name in names}

    def plan_block_of_typed_name(self, item: Item, typed: str) -> str | None:
        """The plan's block for a number in the book: '' if dropped, None if unknown."""
        known, name = self._plan_block_names_by_item.get(item.id, {}), normalized(typed)
        if name in known:
            return known[name]
        new = (block.name for block in item.blocks if normalized(block.name) == name)
        return next((block for block in new if block not in known.values()), None)

    def first_block_name(self, item: Item) -> str:
        """The block that lines without a number belong to."""
        known = self._plan_block_names_by_item.get(item.id, {})
        return next(iter(known.values()), item.blocks[0].name)

    @cached_property
    def _plan_block_names_by_item(self) -> dict[str, dict[str, str]]:
        """By item: the plan's blocks by normalized number in the book, '' if dropped."""
        return {
            item: {
                normalized(one.name): blocks.plan_block_by_issued_name[one.name].name
                if one.name in blocks.plan_block_by_issued_name
                else ""
                for one in blocks.issued_mark.blocks
            }
            for item, blocks in self._block_changes.items()
        }

    def issued_marks_of_blocks(self, item: Item) -> dict[str, BlockMark] | None:
        """The issued marks of the blocks in the book, by the plan's numbers."""
        blocks = self._block_changes.get(item.id)
        if blocks is None:
            return None
        made = {one.name: one for one in blocks.issued_mark.blocks}
        return {block.name: made[number] for number, block in blocks.plan_block_by_issued_name.items()}

    def issued_texts_of_blocks(self, item: Item) -> dict[str, IssuedText]:
        """The issued text of each block of an item that the book has, by the plan's name."""
        marks, hashes = self.issued_marks_of_blocks(item), self.stamp.hashes
        key = self.issued_key_of(item)
        if marks is None or key is None:
            return {block.name: IssuedText(block.name, "") for block in item.blocks}
        return {
            name: IssuedText(mark.name, hashes.get(names.plan_text_key(key, mark.stored), ""))
            for name, mark in marks.items()
        }

    def is_line_dropped_by_plan(self, item: Item, line: StartLine) -> bool:
        """Whether the plan dropped an issued line of a table or KPI from an item."""
        made = self._block_changes[item.id].issued_mark if item.id in self._block_changes else None
        key = start_line_hash(line)
        if made is None or line.kind is LineKind.TEXT:
            return False
        asked = (start_line_hash(one) for block in item.blocks for one in block.lines)
        return any(key in block.starts for block in made.blocks) and key not in asked

    def blocks_absent_from_book(self, item: Item) -> tuple[str, ...]:
        """The blocks of an item that the book does not have."""
        there = self.issued_marks_of_blocks(item)
        return tuple(block.name for block in item.blocks if there is not None and block.name not in there)

    def excel_name_of_table(self, table: Table) -> str:
        """The Excel name of a table in the book, which was made of its name, today's or a former one."""
        changes = self._table_changes
        is_known = changes is not None and table.item in changes.issued_mark_of_plan_item
        name = changes.issued_name(table) if changes and is_known else table.name
        return names.table_excel_name(self._key_in_names(table.item), name)

    def excel_name_of_lines(self, item: str) -> str:
        """The Excel name of the progress lines of an item in the book."""
        return names.lines_excel_name(self._key_in_names(item))

    def _key_in_names(self, number: str) -> str:
        item = self.plan.item(number)
        return (self.issued_key_of(item) if item else None) or number

    def still_has_area_for(self, table: Table) -> bool:
        """Whether the area of a table in the book does not belong to another table now."""
        return (
            self._table_changes is None
            or (table.item, table.name) not in self._table_changes.table_now_under_name
        )

    def was_issued_with(self, table: Table) -> bool:
        """Whether the book was issued with a table, or its stamp has no tables."""
        return self._table_changes is None or table not in self._table_changes.added_tables

    @property
    def outdated_tables(self) -> tuple[Table, ...]:
        """The tables whose definition in the plan changed."""
        return self._table_changes.outdated_tables if self._table_changes else ()

    def tables_in_issued_scales(self) -> Iterator[Table]:
        """The tables that changed in nothing but their scales (千円, 円), in those of the book."""
        return self._table_changes.tables_in_issued_scales() if self._table_changes else iter(())

    def plan_in_issued_scales(self) -> Plan | None:
        """The plan with the tables in the scales of the book that changed in nothing else; None for none."""
        found = {(one.item, one.name): one for one in self.tables_in_issued_scales()}

        def item_then(item: Item) -> Item:
            return replace(item, tables=tuple(found.get((one.item, one.name), one) for one in item.tables))

        sections = (replace(one, items=tuple(map(item_then, one.items))) for one in self.plan.sections)
        return replace(self.plan, sections=tuple(sections)) if found else None

    def parts_of_outdated_tables(self) -> Iterator[BookPart]:
        """The tables whose definition in the plan changed, each at its first cell."""
        file_name = self.book.path.name
        for table in self.outdated_tables:
            area = self.book.named_area(self.excel_name_of_table(table))
            cell = (area.sheet, a1(area.top, area.left)) if area else ("", "")
            yield BookPart("表", f"{table.item}/{table.name}", Source(file_name, *cell))

    def mismatches(self, entries: Iterable[ItemEntry]) -> tuple[Mismatch, ...]:
        """All differences from the plan; `entries` were read from the items' sheets."""
        if self._item_changes is None or self._table_changes is None:
            return ()
        blocks = (one.mismatches() for one in self._block_changes.values())
        parts = (
            self._item_changes.mismatches(),
            *blocks,
            self._table_changes.mismatches(),
            self._line_mismatches(entries),
        )
        return tuple(chain.from_iterable(parts))

    def _line_mismatches(self, entries: Iterable[ItemEntry]) -> Iterator[Mismatch]:
        assert self._item_changes is not None
        assert self._table_changes is not None
        for entry in entries:
            item = self._item_changes.group_items[entry.item]
            new = [table.name for table in self._table_changes.added_tables if table.item == item.id]
            number, marks = self.issued_number_of(item), self.issued_marks_of_blocks(item)
            if number is not None and marks is not None:
                yield from MissingLines(self._item_changes, item, number, marks, entry).mismatches(new)
