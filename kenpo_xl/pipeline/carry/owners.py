"""Submissions by the groups that own their items now, where the plan gave these to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import ItemEntry, Submission


def with_items_of_owners(plan: Plan, submissions: Sequence[Submission]) -> tuple[Submission, ...]:
    """The submissions, each item in that of its owner; what the owner submitted itself counts.

    An owner that submitted nothing has one made of the items in the books of others.
    """
    owners = {item.id: item.owner for item in plan.items}
    moved = list(_items_of_others(submissions, owners))
    if not moved:
        return tuple(submissions)
    found = {one.group: _with_own_items(one, owners) for one in submissions}
    for owner, book, entry in moved:
        there = found.get(owner)
        if there is None:
            found[owner] = replace(book, group=owner, items=(entry,), missed=(), mismatches=(), unread=())
        elif all(one.item != entry.item for one in there.items):
            found[owner] = replace(there, items=(*there.items, entry))
    return tuple(one for group, one in found.items() if group in plan.groups)


def _items_of_others(
    submissions: Sequence[Submission], owners: dict[str, str]
) -> Iterator[tuple[str, Submission, ItemEntry]]:
    """The items in the submission of another group than their owner, with both."""
    for one in submissions:
        for entry in one.items:
            owner = owners.get(entry.item, one.group)
            if owner != one.group:
                yield owner, one, entry


def _with_own_items(one: Submission, owners: dict[str, str]) -> Submission:
    items: tuple[ItemEntry, ...] = tuple(
        entry for entry in one.items if owners.get(entry.item, one.group) == one.group
    )
    return replace(one, items=items)
