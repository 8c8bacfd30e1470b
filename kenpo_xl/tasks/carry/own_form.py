"""Takes the numbers of an office's own form into the input books of the groups whose tables it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kenpo_xl.books.input.rescue.own_form import is_own_form, read_own_form
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, RowEntry, TableEntry
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.carry.rescued import TypedCounts
from kenpo_xl.tasks.carry.period_books import PeriodBooks
from kenpo_xl.tasks.carry.rescued_books import RescuedContent

_Tables = Mapping[tuple[str, str], TableEntry]


def contents_with_own_form(path: Path, books: PeriodBooks) -> dict[str, RescuedContent] | None:
    """What the book of each group holds with the numbers of a form; None for a workbook that is no form.

    A cell of the form that is empty leaves the book's own value. KenpoError if a name or a cell of the form
    cannot be used.
    """
    try:
        book = Workbook(path)
    except KenpoError:  # reported, or repaired, where it is carried as an input book
        return None
    if not is_own_form(book):
        return None
    tables = read_own_form(book, books.plan)
    found = {}
    for group in books.plan.groups:
        own = {
            (table.item, table.name): tables[table.item, table.name]
            for item in books.plan.items_of(group)
            for table in item.tables
            if (table.item, table.name) in tables
        }
        if own:
            found[group] = _content_of_group(books, group, own, path.name)
    return found


def _content_of_group(books: PeriodBooks, group: str, tables: _Tables, name: str) -> RescuedContent:
    content = books.content_of_group(group)
    items = tuple(_with_tables(item, tables) for item in content.submission.items)
    submission = replace(content.submission, items=items)
    counts = TypedCounts(figures=sum(_count_filled_cells(table) for table in tables.values()))
    return RescuedContent(replace(content, submission=submission, rescued_from=name), counts)


def _count_filled_cells(table: TableEntry) -> int:
    return sum(cell.value not in (None, "") for row in table.rows for cell in row.cells)


def _with_tables(item: ItemEntry, tables: _Tables) -> ItemEntry:
    """An item with the cells of the form over its own."""
    own = {table.table: table for table in item.tables}
    for (number, name), table in tables.items():
        if number == item.item:
            before = own.get(name, TableEntry(name, ()))
            own[name] = replace(before, rows=tuple(_merged_rows(before.rows, table.rows)))
    return replace(item, tables=tuple(own.values()))


def _merged_rows(before: Iterable[RowEntry], form: Iterable[RowEntry]) -> list[RowEntry]:
    """The rows in the order of the plan; filled cells of the form replace those of the row alike."""
    rows = dict(_rows_with_keys(before))
    for key, row in _rows_with_keys(form):
        known = rows.get(key)
        old = known.cells if known else [Entry()] * len(row.cells)
        cells = (
            one if one.value not in (None, "") else other for one, other in zip(row.cells, old, strict=True)
        )
        rows[key] = replace(row, cells=tuple(cells))
    return sorted(rows.values(), key=lambda row: row.row)


def _rows_with_keys(rows: Iterable[RowEntry]) -> Iterator[tuple[tuple[int, str, int], RowEntry]]:
    """Each row with its index, its entity, and which of several alike it is."""
    seen = Counter[tuple[int, str]]()
    for row in rows:
        seen[row.row, row.entity] += 1
        yield (row.row, row.entity, seen[row.row, row.entity]), row
