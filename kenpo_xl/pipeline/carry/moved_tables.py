"""The typed content of tables of one plan at the places that another plan has for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.numbers.scales import value_in_other_unit
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.plan_changes import PlanChanges, PlanPart
from kenpo_xl.domain.plan.table import AsOf, CellKind, FigureId, Table
from kenpo_xl.domain.results.carried import CellKey, UnplacedValue
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.converted import ConvertedValue
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, RowEntry, TableEntry

_NOTHING = Entry()
_TableKey = tuple[str, str]


class MovedTables:
    """Collects the tables of a new plan from entries of an old one; `unplaced` is what has no place.

    `overwritten` are the cells of the old books that were typed over a formula. `rescaled` are the new cells
    whose number was put into another scale.
    """

    def __init__(self, old: Plan, new: Plan, changes: PlanChanges, overwritten: Collection[Source]) -> None:
        self.old, self.new, self.changes, self.overwritten = old, new, changes, overwritten
        self.unplaced: list[UnplacedValue] = []
        self.converted: dict[CellKey, ConvertedValue] = {}
        self._list_rows = 0
        self._cells: dict[_TableKey, dict[tuple[int, int], dict[int, Entry]]] = {}
        self._entities: dict[_TableKey, dict[tuple[int, int], str]] = {}
        self._months: dict[_TableKey, dict[int, tuple[int, Source | None]]] = {}

    def add_tables_of(self, item: ItemEntry) -> None:
        """Place the cells and as-of months of all tables of an item of the old plan."""
        for entry in item.tables:
            table = self.old.tables[item.item, entry.table]
            self._add_months(table, entry)
            for row in entry.rows:
                self._add_row(table, row)

    def tables_of_item(self, item: str) -> tuple[TableEntry, ...]:
        """The entries of the tables of an item of the new plan."""
        keys = ((name, key) for key, name in ((key, key[1]) for key in self.new.tables if key[0] == item))
        return tuple(
            self._table_entry(self.new.tables[key])
            for _, key in keys
            if key in self._cells or key in self._months
        )

    def _table_entry(self, table: Table) -> TableEntry:
        key = table.item, table.name
        rows = []
        for place, cells in sorted(self._cells.get(key, {}).items()):
            found = tuple(cells.get(column, _NOTHING) for column in range(len(table.columns)))
            rows.append(RowEntry(place[0], found, self._entities.get(key, {}).get(place, "")))
        return TableEntry(table.name, tuple(rows), *self.months_of(table))

    def months_of(self, table: Table) -> tuple[tuple[int | None, ...], tuple[Source | None, ...]]:
        """The typed as-of months of a table of the new plan, and their cells."""
        months = self._months.get((table.item, table.name), {})
        count = {AsOf.TABLE: 1, AsOf.COLUMNS: len(table.columns), AsOf.PERIOD: 0}[table.as_of]
        found = [months.get(place, (None, None)) for place in range(count)]
        return tuple(month for month, _ in found), tuple(source for _, source in found)

    def _add_row(self, table: Table, row: RowEntry) -> None:
        self._list_rows += 1
        for column, entry in enumerate(row.cells):
            if entry.value in (None, "") or not self._is_typed(table, (row.row, column), entry):
                continue
            identity = table.identity(row.row, column)
            reason = self._place_entry(table, row, column, entry)
            if reason is not None:
                name = _name_with_entity(identity, row)
                shown = _number_with_unit(table, (row.row, column), entry)
                self.unplaced.append(UnplacedValue(name, shown, entry.source, reason))

    def _is_typed(self, table: Table, at: tuple[int, int], entry: Entry) -> bool:
        """Whether staff typed the value: into a cell for that, or over a formula."""
        is_entry_cell = table.cells[at[0]][at[1]].kind is CellKind.TYPED
        return is_entry_cell or not entry.formula or entry.source in self.overwritten

    def _place_entry(self, table: Table, row: RowEntry, column: int, entry: Entry) -> str | None:
        """Place the value of a cell; else a text on why there is no place, '' where the plan has none."""
        identity = self.changes.new_figure(table.identity(row.row, column))
        found = self._new_place(identity)
        if identity is None or found is None:
            return ""
        target, position = found
        is_list = row.row == table.repeating
        if is_list is not (position[0] == target.repeating):
            return ""
        moved = self.moved_entry(table, (row.row, column), target, position, entry)
        if moved is None:
            return "計画でセルの種類や単位が変わりました"
        key, place = (target.item, target.name), (position[0], self._list_rows if is_list else 0)
        cells = self._cells.setdefault(key, {}).setdefault(place, {})
        there = cells.get(position[1])
        if there is not None:
            return None if there.value == moved.value else "同じセルに別の値が入りました"
        cells[position[1]] = moved
        if moved.value != entry.value:
            texts = (
                _number_with_unit(table, (row.row, column), entry),
                _number_with_unit(target, position, moved),
            )
            self.converted[identity, row.entity] = ConvertedValue(_name_with_entity(identity, row), *texts)
        if is_list:
            self._entities.setdefault(key, {})[place] = row.entity
        return None

    def fill_if_empty(self, table: Table, at: tuple[int, int], entry: Entry) -> bool:
        """Place an entry into a cell of the new plan; whether that was empty."""
        cells = self._cells.setdefault((table.item, table.name), {}).setdefault((at[0], 0), {})
        return cells.setdefault(at[1], entry) is entry

    def _new_place(self, identity: FigureId | None) -> tuple[Table, tuple[int, int]] | None:
        """The table of the new plan with a cell, and its position there; None where it has none."""
        target = self.new.tables.get((identity.item, identity.table)) if identity else None
        position = target.positions.get(identity) if target and identity else None
        return (target, position) if target and position else None

    def moved_entry(
        self, table: Table, at: tuple[int, int], target: Table, to: tuple[int, int], entry: Entry
    ) -> Entry | None:
        """The entry for the new cell, its number in the new scale; None if that takes no such value."""
        before, now = table.cells[at[0]][at[1]], target.cells[to[0]][to[1]]
        if now.kind not in (CellKind.TYPED, CellKind.COMPUTED) or before.format.is_text != now.format.is_text:
            return None
        value = entry.value
        if isinstance(value, Decimal) and not now.format.is_text:
            value = value_in_other_unit(value, table.unit_of_cell_value(*at), target.unit_of_cell_value(*to))
        return None if value is None else replace(entry, value=value, formula=False)

    def last_place_before(
        self, table: Table, at: tuple[int, int], target: Table, to: tuple[int, int]
    ) -> Decimal | None:
        """A unit of the last place of the old cell in the scale of the new one, None if that is the same."""
        before, now = table.cells[at[0]][at[1]].format, target.cells[to[0]][to[1]].format
        if before.last_place is None or before.last_place == now.last_place:
            return None
        return value_in_other_unit(
            before.last_place, table.unit_of_cell_value(*at), target.unit_of_cell_value(*to)
        )

    def _add_months(self, table: Table, entry: TableEntry) -> None:
        path = self.changes.new_path(PlanPart.TABLE, table.item, table.name)
        target = self.new.tables.get((path[0], path[1])) if path else None
        for place, month in enumerate(entry.months):
            if month is None:
                continue
            to = self._place_of_month(table, place, target) if target else None
            source = entry.month_sources[place] if place < len(entry.month_sources) else None
            if target is None or to is None:
                name = f"{table.item}/{table.name}/基準月"
                self.unplaced.append(UnplacedValue(name, f"{month}月", source))
            else:
                self._months.setdefault((target.item, target.name), {}).setdefault(to, (month, source))

    def _place_of_month(self, table: Table, place: int, target: Table) -> int | None:
        """The index of a typed as-of month in the new table, None where that has none."""
        if table.as_of is not target.as_of:
            return None
        if target.as_of is AsOf.TABLE:
            return 0
        name = table.columns[place].name
        path = self.changes.new_path(PlanPart.COLUMN, table.item, table.name, name)
        names = [axis.name for axis in target.columns]
        return names.index(path[-1]) if path and path[-1] in names else None


def _name_with_entity(identity: FigureId, row: RowEntry) -> str:
    return f"{identity}（{row.entity}）" if row.entity else str(identity)


def _number_with_unit(table: Table, at: tuple[int, int], entry: Entry) -> str:
    """A number with all its digits, in the unit of its cell: 38,838 千円, 38,838,000 円, 24.45％."""
    value = entry.value
    if not isinstance(value, Decimal):
        return str(value)
    if table.cells[at[0]][at[1]].format.is_percent:
        return f"{decimal_text(value * 100)}％"
    whole, point, rest = decimal_text(value).partition(".")
    return f"{int(whole):,}{point}{rest} {table.unit_of_cell_value(*at)}".rstrip()
