"""Digests by which a book is compared with its plan."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kenpo_xl.domain.formulas.evaluate import to_words
from kenpo_xl.domain.language.normalize import normalized, without_number
from kenpo_xl.domain.plan.table import Table


def table_hash(table: Table, as_item: str = "", as_name: str = "") -> str:
    """A hash of a table's identities, kinds, units and formulas, but not of its wording.

    `as_item` and `as_name` replace the item and the name of the table.
    """
    own = f"item={table.item!r}, table={table.name!r}"
    other = f"item={as_item or table.item!r}, table={as_name or table.name!r}"
    mine, theirs = f"{table.item}/{table.name}/", f"{as_item or table.item}/{as_name or table.name}/"
    lines = (line.replace(mine, theirs, 1).replace(own, other) for line in _definition_lines(table))
    return _hash_of_lines(lines)


@lru_cache(maxsize=2_048)
def text_hash(text: str) -> str:
    """A hash of a normalized text."""
    return _hash_of_lines((normalized(text),))


def title_hash(title: str) -> str:
    """A hash of a title without the number before it, ② or （２）, which changes when it moves."""
    return text_hash(without_number(title))


def _definition_lines(table: Table) -> Iterator[str]:
    for identity, (row, column) in table.positions.items():
        cell = table.cells[row][column]
        formula = to_words(cell.formula, repr) if cell.formula else ""
        yield f"{identity} {cell.kind} {table.unit_at(row, column)} {formula}"


def _hash_of_lines(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
