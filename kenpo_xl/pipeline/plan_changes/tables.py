"""Pairs the tables, rows and columns of two plans: by name, else by headers and place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import Axis, Table
from kenpo_xl.pipeline.plan_changes.pairing import Decided, Pairing, text_likeness


@frozen
class PlacedAxis:
    """A row or column of a table (item and name), and the kind and unit of its first cell."""

    table: tuple[str, str]
    axis: Axis
    look: tuple[str, str]

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.table, self.axis.name)

    @property
    def label(self) -> str:
        return "".join(self.axis.labels) or self.axis.name


def pair_tables(old: Plan, new: Plan, items: Mapping[str, str], decided: Decided) -> Pairing[Table]:
    """The pairs of tables; `items` are those of the old plan with the ones that continue them."""
    pairing = Pairing(old.tables.values(), new.tables.values())

    def of_item(table: Table, *key: str | tuple[str, ...]) -> list[tuple[str | tuple[str, ...], ...]]:
        return [(items[table.item], *key)] if table.item in items else []

    pairing.decide(path_of_table, path_of_table, decided)
    strangers = _namesakes_with_nothing_in_common(old, new, items)
    pairing.pair_equal(
        lambda table: of_item(table, _header_names(table)) if path_of_table(table) in strangers else [],
        lambda table: (
            [(table.item, _header_names(table))] if path_of_table(table) in strangers.values() else []
        ),
        certain=False,
    )
    pairing.pair_equal(
        lambda table: of_item(table, normalized(table.name)),
        lambda table: [(table.item, normalized(table.name))],
    )
    pairing.pair_equal(
        lambda table: of_item(table, normalized(table.name)),
        lambda table: [(table.item, normalized(name)) for name in table.former_names],
    )
    pairing.pair_equal(lambda table: [(normalized(table.name), *_header_names(table))])
    pairing.pair_equal(
        lambda table: of_item(table, _header_names(table)),
        lambda table: [(table.item, _header_names(table))],
        certain=False,
    )
    pairing.pair_alike(lambda one, other: _likeness_of_tables(one, other, items))
    return pairing


def _namesakes_with_nothing_in_common(
    old: Plan, new: Plan, items: Mapping[str, str]
) -> dict[tuple[str, str], tuple[str, str]]:
    """The tables whose namesake in the same item has none of their rows and columns."""
    found = {}
    for table in old.tables.values():
        namesake = new.tables.get((items.get(table.item, ""), table.name))
        if namesake and not _axis_names(table) & _axis_names(namesake):
            found[path_of_table(table)] = path_of_table(namesake)
    return found


def path_of_table(table: Table) -> tuple[str, str]:
    """The path of a table: item and name."""
    return table.item, table.name


def _axis_names(table: Table) -> set[tuple[str, str]]:
    """The names of rows and columns, each with what it is."""
    return {("行", row.name) for row in table.rows} | {("列", column.name) for column in table.columns}


def _header_names(table: Table) -> tuple[str, ...]:
    return (*(row.name for row in table.rows), "", *(column.name for column in table.columns))


def _likeness_of_tables(one: Table, other: Table, items: Mapping[str, str]) -> float:
    """The share of rows and columns that both have; of tables in two items only with the same name."""
    if items.get(one.item) != other.item and normalized(one.name) != normalized(other.name):
        return 0.0
    names, others = set(_header_names(one)) - {""}, set(_header_names(other)) - {""}
    return len(names & others) / len(names | others)


def pair_axes(one: Table, other: Table, decided: Decided, *, rows: bool) -> Pairing[PlacedAxis]:
    """The pairs of rows, or of columns, of two tables."""
    pairing = Pairing(_placed_axes(one, rows=rows), _placed_axes(other, rows=rows))
    pairing.decide(lambda axis: axis.path, lambda axis: axis.path, decided)
    pairing.pair_equal(lambda axis: [normalized(axis.axis.name)])
    pairing.pair_equal(
        lambda axis: [normalized(axis.axis.name)], lambda axis: map(normalized, axis.axis.former_names)
    )
    pairing.pair_in_same_gap(lambda a, b: a.look == b.look and _is_same_time(a.axis, b.axis))
    pairing.pair_alike(lambda a, b: text_likeness(a.label, b.label) if _is_same_time(a.axis, b.axis) else 0.0)
    return pairing


def _placed_axes(table: Table, *, rows: bool) -> Iterator[PlacedAxis]:
    for at, axis in enumerate(table.rows if rows else table.columns):
        row, column = (at, 0) if rows else (0, at)
        yield PlacedAxis(
            path_of_table(table), axis, (str(table.cells[row][column].kind), table.unit_at(row, column))
        )


def _is_same_time(one: Axis, other: Axis) -> bool:
    """Whether two headers mean the same year and months: March never becomes April."""
    return (one.year_role, one.months, one.years) == (other.year_role, other.months, other.years)
