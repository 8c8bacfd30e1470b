"""Tables of a book that differ from the plan: redefined, exchanged, dropped, added."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from kenpo_xl.books.common import names
from kenpo_xl.books.common.digests import hashes_as_issued
from kenpo_xl.books.common.item_marks import item_label
from kenpo_xl.books.input.match.changed_items import ItemChanges
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.other_scales import table_in_each_other_scale
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.plan_match import ItemMark
from kenpo_xl.domain.submission.submission import NOT_REPORTED, Mismatch, MismatchKind


@frozen
class TableChanges:
    """The tables of the group's items in a book and in the plan."""

    items: ItemChanges

    @cached_property
    def issued_mark_of_plan_item(self) -> dict[str, ItemMark]:
        return self.items.issued_mark_of_plan_item

    def _issued_table_hash(self, table: Table) -> str | None:
        """The hash of a table in the book, None if it has none of this name."""
        return self._issued_hash_under_name(table, self.issued_name(table))

    def _issued_hash_under_name(self, table: Table, name: str) -> str | None:
        made = self.issued_mark_of_plan_item[table.item].stored
        return self.items.issued.stamp.hashes.get(names.table_excel_name(made, name))

    def issued_name(self, table: Table) -> str:
        """The name of a table in the book: a former one if the book has no table of today's name."""
        own = self.items.group_items[table.item].names_of_table(table)
        return next((name for name in own if self._issued_hash_under_name(table, name)), table.name)

    @cached_property
    def tables_of_matched_items(self) -> list[Table]:
        """The tables of the plan's items that the book has."""
        return [
            table
            for item in self.items.group_items.values()
            if item.id in self.issued_mark_of_plan_item
            for table in item.tables
        ]

    @cached_property
    def redefined_tables(self) -> list[Table]:
        """The tables whose rows, columns, kinds, units or formulas changed in the plan."""
        return [table for table in self.tables_of_matched_items if not self._is_as_issued(table)]

    def _is_as_issued(self, table: Table) -> bool:
        """Whether a table is as in the book, except for names, or not in the book at all."""
        issued, name = self._issued_table_hash(table), self.issued_name(table)
        made = self.issued_mark_of_plan_item[table.item].stored
        return issued is None or _has_hash(table, made, name, issued)

    @cached_property
    def table_now_under_name(self) -> dict[tuple[str, str], Table]:
        """By item and name of a table, the other table whose area in the book has that name."""
        found = {}
        for table in self.redefined_tables:
            made = self.issued_mark_of_plan_item[table.item].stored
            for other in self.redefined_tables:
                issued = self._issued_table_hash(table)
                if other is not table and _has_hash(other, made, table.name, issued):
                    found[table.item, table.name] = other
        return found

    def tables_in_issued_scales(self) -> Iterator[Table]:
        """The tables that changed in nothing but their scales (千円, 円), in those of the book."""
        for table in self.outdated_tables:
            issued, name = self._issued_table_hash(table), self.issued_name(table)
            made = self.issued_mark_of_plan_item[table.item].stored
            others = table_in_each_other_scale(table)
            yield from islice((one for one in others if _has_hash(one, made, name, issued)), 1)

    @property
    def outdated_tables(self) -> tuple[Table, ...]:
        return tuple(
            table
            for table in self.redefined_tables
            if (table.item, table.name) not in self.table_now_under_name
        )

    def mismatches(self) -> Iterator[Mismatch]:
        """The differences of the tables that the book was issued with."""
        for table in self.tables_of_matched_items:
            issued = self.issued_name(table)
            if issued != table.name:
                rest = f"の表「{issued}」は、いまの計画では「{table.name}」です。"
                yield self._table_mismatch(MismatchKind.CHANGED, table.item, issued, rest, table.name)
        for table in self.outdated_tables:
            rest = f"の表「{table.name}」は、計画の表や算式が変わる前の様式です。"
            yield self._table_mismatch(MismatchKind.OUTDATED, table.item, table.name, rest)
        for (item, name), other in self.table_now_under_name.items():
            now = f"いまの計画では {other.item} の表「{other.name}」"
            rest = f"の表「{name}」は、{now}です。{NOT_REPORTED}"
            yield self._table_mismatch(MismatchKind.EXCHANGED, item, name, rest)
        for item, mark in self.issued_mark_of_plan_item.items():
            tables = self.items.group_items[item].tables
            wanted = {self.issued_name(table) for table in tables} | {table.name for table in tables}
            for name in self._issued_table_names(mark.stored):
                if name not in wanted:
                    now = self._current_place_text(item, name)
                    rest = f"の表「{name}」は、いまの計画では{now}。{NOT_REPORTED}"
                    yield self._table_mismatch(MismatchKind.DROPPED, item, name, rest)

    @cached_property
    def added_tables(self) -> list[Table]:
        """The tables with cells to fill that the issued book did not have."""
        without = [table for table in self.tables_of_matched_items if self._issued_table_hash(table) is None]
        return [table for table in without if not _has_only_fixed_cells(table)]

    def _issued_table_names(self, stored: str) -> Iterator[str]:
        """The tables of an item in the book."""
        stamp = self.items.issued.stamp
        for key in stamp.hashes:
            item, _, name = stamp.identities[key].partition("/")
            if item == stored and key == names.table_excel_name(stored, name):
                yield name

    def _current_place_text(self, item: str, name: str) -> str:
        """A text on the item that has a table of this name now."""
        there = [one for one in self.items.plan.items if one.id != item and one.table(name)]
        return f"項 {item_label(there[0])}の表です" if len(there) == 1 else f" {item} にありません"

    def _table_mismatch(self, kind: MismatchKind, item: str, name: str, rest: str, now: str = "") -> Mismatch:
        """The difference of a table of the book; `now` is its name in the plan."""
        issued, mark = self.items.issued, self.issued_mark_of_plan_item[item]
        area = issued.book.named_area(names.table_excel_name(mark.stored, name))
        source = (
            Source(issued.book.path.name, area.sheet, a1(area.top, area.left))
            if area
            else issued.cell_source(mark.id)
        )
        fact = f"{issued.sheet_label(mark.id)}{rest}"
        return Mismatch(kind, f"{item}/{now or name}", fact, source, (mark.id, name))


def _has_hash(table: Table, item: str, name: str, issued: str | None) -> bool:
    """Whether a table had a hash in a book, where its item and itself had these names."""
    return any(digest == issued for digest in hashes_as_issued(table, item, name))


def _has_only_fixed_cells(table: Table) -> bool:
    """Whether all values of a table are in the plan, so that no book contains it."""
    return all(cell.kind is CellKind.FIXED for row in table.cells for cell in row)
