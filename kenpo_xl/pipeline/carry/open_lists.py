"""The rows of open lists that go on: their keys, and within a year what else of them is text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.submission.submission import Entry, RowEntry, TableEntry

TableKey = tuple[str, str]


def carried_list_rows(table: Table, rows: Iterable[RowEntry], *, same_year: bool) -> list[RowEntry]:
    """The rows of an open list with what stays of them, without numbers.

    Within a year all text stays. A new year keeps the keys, but for those that are dates: these were events.
    """
    found = (_row_with_texts(table, row, same_year=same_year) for row in rows if row.row == table.repeating)
    return [row for row in found if any(cell.value for cell in row.cells)]


def _row_with_texts(table: Table, row: RowEntry, *, same_year: bool) -> RowEntry:
    def kept(column: int, entry: Entry) -> Entry:
        cell = table.cells[row.row][column]
        is_text = cell.kind is CellKind.TYPED and cell.format.is_text and isinstance(entry.value, str)
        is_kept = same_year or (column == table.key_column and not any(dates_in(str(entry.value))))
        return Entry(entry.value) if is_text and is_kept else Entry()

    cells = tuple(kept(column, entry) for column, entry in enumerate(row.cells))
    key = cells[table.key_column].value
    return RowEntry(row.row, cells, str(key) if key else "")


def list_rows_in_facts(tables: Mapping[TableKey, Table], facts: Iterable[Fact]) -> Iterator[TableEntry]:
    """The open lists with a row for each key among the facts, where only these are known."""
    keys: dict[TableKey, dict[str, None]] = {}
    for fact in facts:
        if fact.entity:
            keys.setdefault((fact.item, fact.table), {})[fact.entity] = None
    for at, names in keys.items():
        table = tables.get(at)
        if table is not None and table.repeating is not None:
            yield TableEntry(table.name, tuple(_empty_row_with_key(table, name) for name in names))


def _empty_row_with_key(table: Table, name: str) -> RowEntry:
    cells = (Entry(name if column == table.key_column else None) for column in range(len(table.columns)))
    return RowEntry(table.repeating or 0, tuple(cells), name)
