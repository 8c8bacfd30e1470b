"""Digests by which a book is compared with its plan."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, product

from kenpo_xl.domain.formulas.evaluate import Group, to_words, with_mapped_keys
from kenpo_xl.domain.language.normalize import normalized, without_number
from kenpo_xl.domain.plan.table import CellDefinition, FigureId, Table

# Rows and columns that were renamed one after another may have met in any combination.
_MOST_COMBINATIONS = 257


def table_hash(table: Table, as_item: str = "", as_name: str = "") -> str:
    """A hash of a table's identities, kinds, units and formulas, but not of its wording.

    `as_item` and `as_name` replace the item and the name of the table.
    """
    own = f"item={table.item!r}, table={table.name!r}"
    other = f"item={as_item or table.item!r}, table={as_name or table.name!r}"
    mine, theirs = f"{table.item}/{table.name}/", f"{as_item or table.item}/{as_name or table.name}/"
    lines = (line.replace(mine, theirs, 1).replace(own, other) for line in _definition_lines(table))
    return _hash_of_lines(lines)


def hashes_under_former_names(table: Table, as_item: str, as_name: str) -> Iterator[str]:
    """The hashes that a table has with former names of its rows and columns in the place of today's."""
    options = [(axis.name, *axis.former_names) for axis in (*table.rows, *table.columns)]
    for chosen in islice(product(*options), 1, _MOST_COMBINATIONS):
        rows, columns = chosen[: len(table.rows)], chosen[len(table.rows) :]
        yield table_hash(_with_axis_names(table, rows, columns), as_item, as_name)


def _with_axis_names(table: Table, rows: Sequence[str], columns: Sequence[str]) -> Table:
    """The table with other names of its rows and columns, in its formulas as well."""
    new_rows = tuple(replace(axis, name=name) for axis, name in zip(table.rows, rows, strict=True))
    new_columns = tuple(replace(axis, name=name) for axis, name in zip(table.columns, columns, strict=True))

    def renamed(key: Hashable) -> Hashable:
        assert isinstance(key, FigureId)
        row, column = table.positions[key]
        return FigureId(key.item, key.table, rows[row], columns[column])

    def with_formula(cell: CellDefinition) -> CellDefinition:
        if not cell.formula:
            return cell
        formula = with_mapped_keys(
            cell.formula, renamed, lambda group: Group(tuple(map(renamed, group.keys)))
        )
        return replace(cell, formula=formula)

    cells = tuple(tuple(map(with_formula, row)) for row in table.cells)
    return replace(table, rows=new_rows, columns=new_columns, cells=cells)


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
