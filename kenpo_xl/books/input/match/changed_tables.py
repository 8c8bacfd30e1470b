"""Tables of a book that differ from the plan: redefined, exchanged, dropped, added."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kenpo_xl.books.common import names
from kenpo_xl.books.common.digests import table_hash
from kenpo_xl.books.common.item_marks import item_label
from kenpo_xl.books.input.match.changed_items import ItemChanges
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.plan_match import ItemMark
from kenpo_xl.domain.submission.submission import Mismatch, MismatchKind


@frozen
class TableChanges:
    """The tables of the group's items in a book and in the plan."""

    items: ItemChanges

    @cached_property
    def matched(self) -> dict[str, ItemMark]:
        return self.items.matched

    def _stamped_digest(self, table: Table) -> str | None:
        """The digest of a table in the book, None where it has none of this name."""
        made = self.matched[table.item].id
        return self.items.issued.stamp.hashes.get(names.table_excel_name(made, table.name))

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of the plan's items that the book has a place for."""
        return [
            table
            for item in self.items.own_items.values()
            if item.id in self.matched
            for table in item.tables
        ]

    @cached_property
    def redefined(self) -> list[Table]:
        """The tables whose rows, columns, kinds, units or formulas are others in the plan."""
        return [
            table
            for table in self.tables
            if self._stamped_digest(table) not in (None, table_hash(table, self.matched[table.item].id))
        ]

    @cached_property
    def exchanged(self) -> dict[tuple[str, str], Table]:
        """The tables whose namesake in the book now is another table, by item and name."""
        found = {}
        for table in self.redefined:
            made = self.matched[table.item].id
            for other in self.redefined:
                same = other is not table and table_hash(other, made, table.name) == self._stamped_digest(
                    table
                )
                if same:
                    found[table.item, table.name] = other
        return found

    @property
    def outdated(self) -> tuple[Table, ...]:
        return tuple(table for table in self.redefined if (table.item, table.name) not in self.exchanged)

    def mismatches(self) -> Iterator[Mismatch]:
        """The differences of the tables that the book was issued with."""
        for table in self.outdated:
            rest = f"の表「{table.name}」は、計画の表や算式が変わる前の様式です。"
            yield self._table_mismatch(MismatchKind.OUTDATED, table.item, table.name, rest)
        for (item, name), other in self.exchanged.items():
            now = f"いまの計画では {other.item} の表「{other.name}」"
            rest = f"の表「{name}」は、{now}です。報告書に載せません。"
            yield self._table_mismatch(MismatchKind.EXCHANGED, item, name, rest)
        for item, mark in self.matched.items():
            wanted = {table.name: table for table in self.items.own_items[item].tables}
            for name in self._issued_table_names(mark.id):
                if name not in wanted:
                    rest = (
                        f"の表「{name}」は、いまの計画では{self._where_now(item, name)}。報告書に載せません。"
                    )
                    yield self._table_mismatch(MismatchKind.DROPPED, item, name, rest)

    @cached_property
    def added(self) -> list[Table]:
        """The tables with cells to fill that the issued book did not have."""
        without = [table for table in self.tables if self._stamped_digest(table) is None]
        return [table for table in without if not _is_fixed(table)]

    def _issued_table_names(self, number: str) -> Iterator[str]:
        """The tables of an item in the book."""
        stamp = self.items.issued.stamp
        for key in stamp.hashes:
            item, _, name = stamp.identities[key].partition("/")
            if item == number and key == names.table_excel_name(number, name):
                yield name

    def _where_now(self, item: str, name: str) -> str:
        """Words for the item that has a table of this name now."""
        there = [one for one in self.items.plan.items if one.id != item and one.table(name)]
        return f"項 {item_label(there[0])}の表です" if len(there) == 1 else f" {item} にありません"

    def _table_mismatch(self, kind: MismatchKind, item: str, name: str, rest: str) -> Mismatch:
        issued, number = self.items.issued, self.matched[item].id
        area = issued.book.area(names.table_excel_name(number, name))
        source = (
            Source(issued.book.path.name, area.sheet, a1(area.top, area.left))
            if area
            else issued.cell_source(number)
        )
        return Mismatch(kind, f"{item}/{name}", f"{issued.sheet_words(number)}{rest}", source)


def _is_fixed(table: Table) -> bool:
    """Whether all values of a table are in the plan, so that no book contains it."""
    return all(cell.kind is CellKind.FIXED for row in table.cells for cell in row)
