"""Compares two plans: what continues what, and every difference in the order of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.items import groups_of_item
from kenpo_xl.domain.plan.plan import Kpi, Plan
from kenpo_xl.domain.plan.plan_changes import (
    Decisions,
    Difference,
    PartPath,
    PlanChange,
    PlanChanges,
    PlanPart,
)
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.pipeline.plan_changes.items import PlacedBlock, PlacedItem, pair_blocks, pair_items
from kenpo_xl.pipeline.plan_changes.kpis_and_groups import group_changes, pair_kpis, path_of_kpi
from kenpo_xl.pipeline.plan_changes.pairing import Decided, Pair, Pairing
from kenpo_xl.pipeline.plan_changes.split_items import (
    changes_of_items_with_moved_parts,
    changes_without_nested_ones,
)
from kenpo_xl.pipeline.plan_changes.tables import PlacedAxis, pair_axes, pair_tables, path_of_table

Part = TypeVar("Part")
_DifferenceOf = Callable[[Pair[Part]], Difference | None]


@frozen
class _ComparedParts:
    """The parts of one kind: pairs of paths, those that are guesses, and all differences."""

    part: PlanPart
    pairs: Mapping[PartPath, PartPath]
    guessed: frozenset[tuple[PlanPart, PartPath]]
    changes: tuple[PlanChange, ...]


def compare_plans(old: Plan, new: Plan, decided: Decisions | None = None) -> PlanChanges:
    """What became of every part of `old` in `new`: see `PlanChanges`, whose pairs lead from old to new.

    Items and blocks are paired by key, else by title and plan text; tables, rows, columns and KPIs by name,
    else by headers and place. What rests on likeness alone is a guess (`needs_confirmation`). `decided` has
    the planner's answers, which go before everything else.
    """
    answers = {part: _decided_paths_of_part(decided or {}, part) for part in PlanPart}
    pairing = pair_items(old, new, answers[PlanPart.ITEM])
    ids = {pair.old.item.id: pair.new.item.id for pair in pairing.pairs}
    of_groups = list(group_changes(old, new, ids))
    items = _item_parts(pairing, of_groups)
    blocks = _block_parts(pair_blocks(old, new, ids, answers[PlanPart.BLOCK]), ids)
    table_pairing = pair_tables(old, new, ids, answers[PlanPart.TABLE])
    tables = _table_parts(table_pairing, ids)
    axes = [_axis_parts(part, table_pairing, answers[part]) for part in (PlanPart.ROW, PlanPart.COLUMN)]
    figures = PlanChanges({one.part: one.pairs for one in (tables, *axes)})
    kpis = _kpi_parts(pair_kpis(old, new, figures.new_figure, answers[PlanPart.KPI]))
    parts = (items, blocks, tables, *axes, kpis)
    of_items = changes_of_items_with_moved_parts(
        items.changes, [*blocks.pairs.items(), *tables.pairs.items()]
    )
    changes = [
        *of_groups,
        *of_items,
        *chain.from_iterable(one.changes for one in parts[1:]),
    ]
    return PlanChanges(
        {PlanPart.GROUP: _groups_of_both(old, new), **{one.part: one.pairs for one in parts}},
        tuple(changes_without_nested_ones(changes)),
        frozenset().union(*(one.guessed for one in parts)),
    )


def _groups_of_both(old: Plan, new: Plan) -> dict[PartPath, PartPath]:
    return {(name,): (name,) for name in old.groups if name in new.groups}


def _decided_paths_of_part(decided: Decisions, part: PlanPart) -> Decided:
    return {path: answer for (kind, path), answer in decided.items() if kind is part}


def _compared_parts(
    part: PlanPart,
    pairings: Iterable[Pairing[Part]],
    path: Callable[[Part], PartPath],
    difference: _DifferenceOf[Part],
) -> _ComparedParts:
    found = list(pairings)
    pairs = [pair for pairing in found for pair in pairing.sorted_pairs()]
    changed = (
        PlanChange(part, what, path(pair.old), (path(pair.new),), pair.certain)
        for pair in pairs
        if (what := difference(pair) or (None if pair.certain else Difference.RENAMED))
    )
    return _ComparedParts(
        part,
        {path(pair.old): path(pair.new) for pair in pairs},
        frozenset((part, path(pair.old)) for pair in pairs if not pair.certain),
        (*changed, *_unpaired_parts(part, found, path)),
    )


def _unpaired_parts(
    part: PlanPart, pairings: Sequence[Pairing[Part]], path: Callable[[Part], PartPath]
) -> Iterator[PlanChange]:
    """The parts that are only in one of the plans: first those of the old one."""
    for one in chain.from_iterable(pairing.gone for pairing in pairings):
        yield PlanChange(part, Difference.GONE, path(one), ())
    for one in chain.from_iterable(pairing.added for pairing in pairings):
        yield PlanChange(part, Difference.NEW, (), (path(one),))


def _item_parts(pairing: Pairing[PlacedItem], of_groups: Iterable[PlanChange]) -> _ComparedParts:
    """The items; of a group that has another name only, or is part of another one, the items stay its own."""
    whole = (Difference.RENAMED, Difference.JOINED)
    owners = {one.old[0]: one.new[0][0] for one in of_groups if one.difference in whole}

    def difference(pair: Pair[PlacedItem]) -> Difference | None:
        if pair.old.title != pair.new.title:
            return Difference.RENAMED
        before, now = groups_of_item(pair.old.item), groups_of_item(pair.new.item)
        if tuple(owners.get(group, group) for group in before) != now:
            return Difference.GIVEN
        return Difference.MOVED if pair.old.path != pair.new.path else None

    return _compared_parts(PlanPart.ITEM, [pairing], lambda one: one.path, difference)


def _block_parts(pairing: Pairing[PlacedBlock], items: Mapping[str, str]) -> _ComparedParts:
    def difference(pair: Pair[PlacedBlock]) -> Difference | None:
        here = (items.get(pair.old.item), pair.old.block.name)
        return Difference.MOVED if pair.certain and here != pair.new.path else None

    return _compared_parts(PlanPart.BLOCK, [pairing], lambda one: one.path, difference)


def _table_parts(pairing: Pairing[Table], items: Mapping[str, str]) -> _ComparedParts:
    def difference(pair: Pair[Table]) -> Difference | None:
        if pair.old.name != pair.new.name:
            return Difference.RENAMED
        return Difference.MOVED if pair.certain and items.get(pair.old.item) != pair.new.item else None

    return _compared_parts(PlanPart.TABLE, [pairing], path_of_table, difference)


def _axis_parts(part: PlanPart, tables: Pairing[Table], decided: Decided) -> _ComparedParts:
    pairings = (
        pair_axes(pair.old, pair.new, decided, rows=part is PlanPart.ROW) for pair in tables.sorted_pairs()
    )

    def difference(pair: Pair[PlacedAxis]) -> Difference | None:
        return Difference.RENAMED if pair.old.axis.name != pair.new.axis.name else None

    return _compared_parts(part, pairings, lambda one: one.path, difference)


def _kpi_parts(pairing: Pairing[Kpi]) -> _ComparedParts:
    def difference(pair: Pair[Kpi]) -> Difference | None:
        return Difference.RENAMED if pair.old.name != pair.new.name else None

    return _compared_parts(PlanPart.KPI, [pairing], path_of_kpi, difference)
