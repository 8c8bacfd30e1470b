"""What was read from a book of an old plan, as if it had been read with the new one: empty cells too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.plan.plan_changes import PlanPart
from kenpo_xl.domain.plan.table import AsOf, CellKind, FigureId, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    KpiEntry,
    LineEntry,
    RowEntry,
    Submission,
    TableEntry,
)
from kenpo_xl.pipeline.carry.moved_content import MovedContent

Value = TypeVar("Value")
_NOT_ENTERED = (CellKind.NOT_APPLICABLE, CellKind.FIXED)
_NOTHING = Entry()


class MovedEntries:
    """The entries of a submission of the old plan, by the items, blocks, tables and cells of the new one."""

    def __init__(self, content: MovedContent, submission: Submission) -> None:
        self.content, self.submission = content, submission
        self.old, self.new, self.changes = content.old, content.new, content.changes
        self._entries = {entry.item: entry for entry in submission.items}

    def items(self) -> Iterator[ItemEntry]:
        """The items of the new plan of which the submission holds a block or a table."""
        for item in self.new.items:
            tables = tuple(self._tables_of(item))
            before = self.content.blocks_before_of(item.id)
            if before or tables:
                yield self._item_entry(item, tables, frozenset(before))

    def _item_entry(self, item: Item, tables: tuple[TableEntry, ...], there: Set[str]) -> ItemEntry:
        by_block = self.content.lines_of(item.id)
        return ItemEntry(
            item.id,
            (
                *(line for block in item.blocks for line in by_block.get(block.name, ())),
                *self._lines_of_moved_parts(item, by_block),
                *self._lines_left_out(item),
            ),
            self.content.ratings_of(item.id),
            tables,
            tuple(self._rating_cells_of(item)),
            tuple(self._kpis_of(item)),
            tuple(block.name for block in item.blocks if block.name not in there),
            tuple(self._blank_lines_of(item)),
        )

    def _lines_of_moved_parts(self, item: Item, lines: Mapping[str, list[LineEntry]]) -> Iterator[LineEntry]:
        """The lines that the plan gives tables and KPIs that came from another item."""
        there = {(line.kind, line.text) for found in lines.values() for line in found}
        for block in item.blocks:
            for start in block.lines:
                key = start.kind, start.text
                if key not in there and (item.id, *key) in self._lines_moved:
                    yield LineEntry(block.name, start.kind, start.text)

    @cached_property
    def _lines_moved(self) -> set[tuple[str, LineKind, str]]:
        """Item, kind and name now of the tables and KPIs that had their line in another item."""
        found = set()
        for entry in self.submission.items:
            for line in entry.lines:
                now = self._item_now(entry.item, line)
                path = self._path_now(entry.item, line)
                if path and path[0] != now:
                    found.add((path[0], line.kind, path[1]))
        return found

    def _lines_left_out(self, item: Item) -> Iterator[LineEntry]:
        """The lines of tables and KPIs that the plan has no more, or in another item."""
        for entry in self.submission.items:
            for line in entry.lines:
                path = self.changes.new_path(PlanPart.BLOCK, entry.item, line.block)
                is_here = path is not None and path[0] == item.id
                if path and is_here and self.content.part_name_now(entry.item, line, item.id) is None:
                    yield replace(line, block=path[1], left_out=True)

    def _item_now(self, item: str, line: LineEntry) -> str:
        path = self.changes.new_path(PlanPart.BLOCK, item, line.block)
        return path[0] if path else ""

    def _path_now(self, item: str, line: LineEntry) -> tuple[str, str] | None:
        """Item and name of the table or KPI of a line in the new plan."""
        if line.kind is LineKind.TABLE:
            path = self.changes.new_path(PlanPart.TABLE, item, line.text)
            return (path[0], path[1]) if path else None
        kpi = self.changes.new_path(PlanPart.KPI, line.text) if line.kind is LineKind.KPI else None
        there = (one.id for one in self.new.items if kpi and one.block_of_kpi(kpi[0]))
        return next(((number, kpi[0]) for number in there if kpi), None)

    def _rating_cells_of(self, item: Item) -> Iterator[tuple[str, Source]]:
        for entry in self.submission.items:
            for block, source in entry.rating_cells:
                path = self.changes.new_path(PlanPart.BLOCK, entry.item, block)
                if path and path[0] == item.id:
                    yield path[1], source

    def _blank_lines_of(self, item: Item) -> Iterator[LineEntry]:
        for entry in self.submission.items:
            for line in entry.blank_lines:
                path = self.changes.new_path(PlanPart.BLOCK, entry.item, line.block)
                if path and path[0] == item.id:
                    yield replace(line, block=path[1])

    def _kpis_of(self, item: Item) -> Iterator[KpiEntry]:
        for entry in self.submission.items:
            for kpi in entry.kpis:
                path = self.changes.new_path(PlanPart.KPI, kpi.name)
                if path and item.block_of_kpi(path[0]):
                    yield replace(kpi, name=path[0])

    def _tables_of(self, item: Item) -> Iterator[TableEntry]:
        for table in item.tables:
            before = self._tables_before.get((item.id, table.name))
            if before:
                yield self._table_entry(table, before)

    @cached_property
    def _tables_before(self) -> dict[tuple[str, str], list[tuple[Table, TableEntry]]]:
        """The tables of the old plan with a cell in each table of the new one, with their entries."""
        found: dict[tuple[str, str], list[tuple[Table, TableEntry]]] = {}
        for item in self.submission.items:
            for entry in item.tables:
                table = self.old.tables[item.item, entry.table]
                identities = map(self.changes.new_figure, table.positions)
                for key in dict.fromkeys((one.item, one.table) for one in identities if one):
                    found.setdefault(key, []).append((table, entry))
        return found

    def _table_entry(self, table: Table, before: list[tuple[Table, TableEntry]]) -> TableEntry:
        rows: dict[tuple[int, int, int], RowEntry] = {}
        for place, (old, entry) in enumerate(before):
            for number, row in enumerate(entry.rows):
                for at, moved in self._moved_rows(table, old, row):
                    key = (at, place, number) if at == table.repeating else (at, 0, 0)
                    rows[key] = _row_filled_from_other(rows[key], moved) if key in rows else moved
        first, own = before[0]
        months, sources = self._as_of_months_and_cells(table, first, own)
        return TableEntry(
            table.name,
            tuple(row for _, row in sorted(rows.items())),
            months,
            month_sources=sources,
            title=own.title,
            column_headers=self._by_column(table, first, own.column_headers),
        )

    def _moved_rows(self, table: Table, old: Table, row: RowEntry) -> Iterator[tuple[int, RowEntry]]:
        """The row of the new table, by its place, with the cells of a row of the old one."""
        cells: dict[int, dict[int, Entry]] = {}
        for column, entry in enumerate(row.cells):
            identity = self.changes.new_figure(old.identity(row.row, column))
            position = self._position_in(table, identity)
            is_list = row.row == old.repeating
            if position and is_list is (position[0] == table.repeating):
                moved = self._moved_entry(old, (row.row, column), table, position, entry)
                cells.setdefault(position[0], {})[position[1]] = moved
        for place, found in cells.items():
            entity = row.entity if place == table.repeating else ""
            columns = range(len(table.columns))
            yield place, RowEntry(place, tuple(found.get(one, _NOTHING) for one in columns), entity)

    def _position_in(self, table: Table, identity: FigureId | None) -> tuple[int, int] | None:
        return table.positions.get(identity) if identity else None

    def _moved_entry(
        self, old: Table, at: tuple[int, int], table: Table, to: tuple[int, int], entry: Entry
    ) -> Entry:
        if table.cells[to[0]][to[1]].kind in _NOT_ENTERED:
            return _NOTHING
        if entry.value in (None, ""):
            return entry
        moved = self.content.tables.moved_entry(old, at, table, to, entry)
        if moved is None:
            return replace(entry, value=None)
        place = self.content.tables.last_place_before(old, at, table, to)
        return replace(moved, formula=entry.formula, last_place=place)

    def _as_of_months_and_cells(
        self, table: Table, old: Table, entry: TableEntry
    ) -> tuple[tuple[int | None, ...], tuple[Source | None, ...]]:
        """The typed as-of months of a table, and their cells."""
        if table.as_of is not old.as_of or table.as_of is AsOf.PERIOD:
            return self.content.tables.months_of(table)
        if table.as_of is AsOf.TABLE:
            return entry.months, entry.month_sources
        months = self._by_column(table, old, entry.months)
        return months, self._by_column(table, old, entry.month_sources)

    def _by_column(
        self, table: Table, old: Table, values: tuple[Value | None, ...]
    ) -> tuple[Value | None, ...]:
        """Values of the columns of the old table in the order of those of the new one."""
        found: dict[str, Value | None] = {}
        for axis, value in zip(old.columns, values, strict=False):
            path = self.changes.new_path(PlanPart.COLUMN, old.item, old.name, axis.name)
            if path and path[:2] == (table.item, table.name):
                found[path[-1]] = value
        return tuple(found.get(axis.name) for axis in table.columns) if values else ()


def _row_filled_from_other(one: RowEntry, other: RowEntry) -> RowEntry:
    """A row with the cells of two rows that came into it; the first counts where both have one."""
    cells = (
        there if there is not _NOTHING else new for there, new in zip(one.cells, other.cells, strict=True)
    )
    return replace(one, cells=tuple(cells))
