"""Digests by which a book is compared with its plan."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from kenpo_xl.domain.formulas.evaluate import to_words
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.table import Table

# ②, （２）, 2) or ２．before a title.
_NUMBER = re.compile(r"^\s*(?:[①-⑳]|[（(]\d{1,2}[)）]|\d{1,2}[)）.．、])\s*")


def table_hash(table: Table, item: str = "", name: str = "") -> str:
    """A hash of a table's identities, kinds, units and formulas; wording and terms leave it as it is.

    As if the table were that of another item, or had another name, where these are given.
    """
    own = f"item={table.item!r}, table={table.name!r}"
    other = f"item={item or table.item!r}, table={name or table.name!r}"
    mine, theirs = f"{table.item}/{table.name}/", f"{item or table.item}/{name or table.name}/"
    lines = (line.replace(mine, theirs, 1).replace(own, other) for line in _lines(table))
    return _digest(lines)


def text_hash(text: str) -> str:
    """A hash of a text as it is compared."""
    return _digest((normalized(text),))


def title_hash(title: str) -> str:
    """A hash of a title without the number before it, ② or （２）, which moves with its place."""
    return text_hash(_NUMBER.sub("", title))


def _lines(table: Table) -> Iterator[str]:
    for identity, (row, column) in table.index.items():
        cell = table.cells[row][column]
        formula = to_words(cell.formula, repr) if cell.formula else ""
        yield f"{identity} {cell.kind} {table.unit_at(row, column)} {formula}"


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
