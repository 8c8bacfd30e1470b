"""Submissions by the groups that own their items now, where the plan gave these to others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kenpo_xl.domain.plan.items import groups_of_item
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, Submission


def with_items_of_owners(plan: Plan, submissions: Sequence[Submission]) -> tuple[Submission, ...]:
    """The submissions, each item in that of its owner; what the owner submitted itself counts.

    An owner that submitted nothing has one made of the items in the books of others. Blocks, tables and KPIs
    that its own book has no place for, as the plan moved them to its items since, are taken from theirs.
    """
    owners = {item.id: groups_of_item(item) for item in plan.items}
    moved = list(_items_in_books_of_others(submissions, owners))
    if not moved:
        return tuple(submissions)
    found = {one.group: _submission_with_own_items(one, owners) for one in submissions}
    for owner, book, entry in moved:
        there = found.get(owner)
        if there is None:
            found[owner] = replace(book, group=owner, items=(entry,), missed=(), mismatches=(), unread=())
        else:
            found[owner] = _with_missing_parts_of_entry(there, entry)
    return tuple(one for group, one in found.items() if group in plan.groups)


def _items_in_books_of_others(
    submissions: Sequence[Submission], owners: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, Submission, ItemEntry]]:
    """The items in the submission of another group than their owner, with both."""
    for one in submissions:
        for entry in one.items:
            groups = owners.get(entry.item, (one.group,))
            if one.group not in groups:
                yield groups[0], one, entry


def _with_missing_parts_of_entry(there: Submission, entry: ItemEntry) -> Submission:
    """A submission with an item, or with the parts of it that its own one has no place for."""
    if all(one.item != entry.item for one in there.items):
        return replace(there, items=(*there.items, entry))
    items = (_entry_with_parts_of_other(one, entry) if one.item == entry.item else one for one in there.items)
    return replace(there, items=tuple(items))


def _entry_with_parts_of_other(own: ItemEntry, other: ItemEntry) -> ItemEntry:
    """An item with the blocks, tables and KPIs of another book that its own has no place for."""
    return _entry_with_tables_and_kpis_of_other(_entry_with_blocks_of_other(own, other), other)


def _entry_with_blocks_of_other(own: ItemEntry, other: ItemEntry) -> ItemEntry:
    """An item with the lines and ratings of the blocks that only the other book has."""
    blocks = set(own.absent) - set(other.absent)
    return replace(
        own,
        lines=(*own.lines, *dict.fromkeys(one for one in other.lines if one.block in blocks)),
        ratings=(*own.ratings, *(one for one in other.ratings if one.block in blocks)),
        rating_cells=(*own.rating_cells, *(one for one in other.rating_cells if one[0] in blocks)),
        absent=tuple(name for name in own.absent if name not in blocks),
    )


def _entry_with_tables_and_kpis_of_other(own: ItemEntry, other: ItemEntry) -> ItemEntry:
    """An item with the further tables and KPIs of another book, and the lines that place them."""
    tables = tuple(one for one in other.tables if one.table not in {there.table for there in own.tables})
    kpis = tuple(one for one in other.kpis if one.name not in {there.name for there in own.kpis})
    placing = _lines_that_place_parts(other, {*(one.table for one in tables), *(one.name for one in kpis)})
    lines = tuple(dict.fromkeys((*own.lines, *placing)))
    return replace(own, lines=lines, tables=(*own.tables, *tables), kpis=(*own.kpis, *kpis))


def _lines_that_place_parts(item: ItemEntry, names: Collection[str]) -> Iterator[LineEntry]:
    """The lines that place a table or a KPI of these names."""
    return (one for one in item.lines if one.kind is not LineKind.TEXT and one.text in names)


def _submission_with_own_items(one: Submission, owners: Mapping[str, tuple[str, ...]]) -> Submission:
    items: tuple[ItemEntry, ...] = tuple(
        entry for entry in one.items if one.group in owners.get(entry.item, (one.group,))
    )
    return replace(one, items=items)
