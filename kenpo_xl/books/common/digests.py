"""Digests by which a book is compared with its plan."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, product

from kenpo_xl.domain.formulas.evaluate import Group, to_words, with_mapped_keys
from kenpo_xl.domain.language.normalize import normalized, title_without_number
from kenpo_xl.domain.numbers.scales import scale_of_unit
from kenpo_xl.domain.plan.table import CellDefinition, FigureId, Table

# Rows and columns that were renamed one after another may have met in any combination.
_MOST_COMBINATIONS = 257
_TEXT = "文字"
_Definition = tuple[tuple[int, int], str, str]
"""The place of a cell, its identity and kind, and its formula in words."""


def table_hash(table: Table, as_item: str = "", as_name: str = "") -> str:
    """A hash of a table's identities, kinds, scales and formulas, but not of its wording.

    A counting word (件, 事業所) is wording. `as_item` and `as_name` replace the item and the table's name.
    """
    return _hash_of_definition(table, as_item, as_name, _cell_definitions(table), _scale_at)


def hashes_as_issued(table: Table, as_item: str, as_name: str) -> Iterator[str]:
    """The hashes that a table may have in a book: also those of earlier releases, and of former names.

    Books of earlier releases have hashes of units, counting words included.
    """
    options = [(axis.name, *axis.former_names) for axis in (*table.rows, *table.columns)]
    for chosen in islice(product(*options), _MOST_COMBINATIONS):
        rows, columns = chosen[: len(table.rows)], chosen[len(table.rows) :]
        is_today = chosen == tuple(names[0] for names in options)
        named = table if is_today else _with_axis_names(table, rows, columns)
        definitions = _cell_definitions(named)
        yield _hash_of_definition(named, as_item, as_name, definitions, _scale_at)
        yield _hash_of_definition(named, as_item, as_name, definitions, Table.unit_at)


def _hash_of_definition(
    table: Table,
    as_item: str,
    as_name: str,
    definitions: Iterable[_Definition],
    unit_at: Callable[[Table, int, int], str],
) -> str:
    own = f"item={table.item!r}, table={table.name!r}"
    other = f"item={as_item or table.item!r}, table={as_name or table.name!r}"
    mine, theirs = f"{table.item}/{table.name}/", f"{as_item or table.item}/{as_name or table.name}/"
    lines = (f"{begin} {unit_at(table, *place)} {formula}" for place, begin, formula in definitions)
    return _hash_of_lines(line.replace(mine, theirs, 1).replace(own, other) for line in lines)


def _scale_at(table: Table, row: int, column: int) -> str:
    """The scale of a cell, in words that are no unit."""
    is_text = table.cells[row][column].format.is_text
    return f"[{_TEXT if is_text else scale_of_unit(table.unit_of_cell_value(row, column))}]"


def _with_axis_names(table: Table, rows: Sequence[str], columns: Sequence[str]) -> Table:
    """The table with other names of its rows and columns, in its formulas as well."""
    new_rows = tuple(replace(axis, name=name) for axis, name in zip(table.rows, rows, strict=True))
    new_columns = tuple(replace(axis, name=name) for axis, name in zip(table.columns, columns, strict=True))

    def renamed(key: Hashable) -> Hashable:
        assert isinstance(key, FigureId)
        if key not in table.positions:
            return key
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
    return text_hash(title_without_number(title))


def _cell_definitions(table: Table) -> list[_Definition]:
    return [_cell_definition(identity, place, table) for identity, place in table.positions.items()]


def _cell_definition(identity: FigureId, place: tuple[int, int], table: Table) -> _Definition:
    cell = table.cells[place[0]][place[1]]
    return place, f"{identity} {cell.kind}", to_words(cell.formula, repr) if cell.formula else ""


def _hash_of_lines(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
