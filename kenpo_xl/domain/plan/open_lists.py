"""The rows of an open list (くり返し) that are drawn once, such as its totals: known by the words in them."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan.table import CellKind, Table


def plan_texts_in_row(table: Table, row: int) -> frozenset[str]:
    """The words that the plan writes into a row, normalized: its headers, and those in columns of text."""
    written = (cell.value for cell in table.cells[row] if cell.kind is CellKind.FIXED)
    headers = (label for label in table.rows[row].labels if not PLACEHOLDER.search(label))
    texts = (*headers, *(value for value in written if isinstance(value, str)))
    return frozenset(filter(None, map(normalized, texts)))


def rows_without_unique_words(table: Table) -> Iterator[int]:
    """The drawn rows of an open list not distinguished by a word from the list's own or a row above."""
    seen: set[frozenset[str]] = {frozenset()}
    for place, axis in enumerate(table.rows):
        words = plan_texts_in_row(table, place) or frozenset(filter(None, axis.labels))
        if table.repeating not in (None, place) and words in seen:
            yield place
        seen.add(words)


def matching_plan_row(table: Table, texts: set[str]) -> int | None:
    """The row of the plan that a row of a book with these texts is, None for one of the list's own.

    It holds all words that the plan wrote there, or at least the row's name.
    """
    drawn = [place for place in range(len(table.rows)) if place != table.repeating]
    for place in sorted(drawn, key=lambda place: -len(plan_texts_in_row(table, place))):
        words = plan_texts_in_row(table, place)
        if (words and words <= texts) or normalized(table.rows[place].name) in texts:
            return place
    return None
