"""Finds data of the report in hidden rows, columns or sheets."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.cell_reference import cell_position, column_letters
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import Visibility
from kenpo_xl.domain.submission.submission import BookPart, ItemEntry, Submission
from kenpo_xl.ooxml.workbook import Workbook


def hidden_parts_with_data(book: Workbook, submission: Submission) -> Iterator[BookPart]:
    """A part per hidden sheet, per sheet with hidden columns, per hidden rows.

    Its cell is the first with data; its text names the hidden rows or columns.
    """
    for item in submission.items:
        sheets = {source.sheet for _, source in _filled_cells_by_part(item)}
        for name in sorted(sheets):
            if book.sheets[name].state != Visibility.VISIBLE:
                yield BookPart("シート", item.item, Source(book.path.name, name, ""), f"シート「{name}」")
        found: dict[tuple[str, str], dict[str, Source]] = {}
        for identity, source in _filled_cells_by_part(item):
            for kind, place in _hidden_rows_and_columns_of_cell(book, source):
                whole = item.item if kind == "列" else identity
                found.setdefault((kind, whole), {}).setdefault(place, source)
        for (kind, identity), places in found.items():
            words = f"{'、'.join(places)} {kind}目" if kind == "行" else f"{'、'.join(places)} {kind}"
            yield BookPart(kind, identity, next(iter(places.values())), words)


def _hidden_rows_and_columns_of_cell(book: Workbook, source: Source) -> Iterator[tuple[str, str]]:
    """The hidden row (行) and column (列) of a cell, none for visible ones."""
    rows, columns = book.sheets[source.sheet].hidden_rows_and_columns
    if rows or columns:
        row, column = cell_position(source.cell)
        if row in rows:
            yield "行", str(row)
        if any(first <= column <= last for first, last in columns):
            yield "列", column_letters(column)


def _filled_cells_by_part(item: ItemEntry) -> Iterator[tuple[str, Source]]:
    """Every cell that was read with something in it, and the part that it belongs to."""
    sources = (*(line.source for line in item.lines), *(rating.source for rating in item.ratings))
    yield from ((f"{item.item}/実施状況", source) for source in sources if source)
    for table in item.tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.source and cell.value not in (None, ""):
                    yield f"{item.item}/{table.table}", cell.source
