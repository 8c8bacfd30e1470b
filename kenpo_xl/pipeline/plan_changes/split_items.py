"""Items that were split or joined: their blocks and tables are in other items of the new plan."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain

from kenpo_xl.domain.plan.plan_changes import Difference, PartPath, PlanChange, PlanPart

_OF_ITEM = (PlanPart.BLOCK, PlanPart.TABLE)


def changes_of_items_with_moved_parts(
    items: Sequence[PlanChange], pairs: Iterable[tuple[PartPath, PartPath]]
) -> Iterator[PlanChange]:
    """The changes of items, with those as split or joined whose parts are in other items.

    `pairs` are paths of blocks and tables in the old and the new plan. An item is split where a part of it is
    in a new item, and joined where all of it is in one that continues another item.
    """
    added = {change.new[0][0]: change for change in items if change.difference is Difference.NEW}
    of_old = {change.old[0]: change for change in items if change.old}
    homes_of_parts = _homes_of_parts(pairs)
    for number, homes in homes_of_parts.items():
        change = _change_by_parts(number, of_old.get(number), homes, added)
        if change:
            of_old[number] = change
    yield from of_old.values()
    filled = set(chain.from_iterable(homes_of_parts.values()))
    yield from (change for number, change in added.items() if number not in filled)


def _change_by_parts(
    number: str, change: PlanChange | None, homes: Sequence[str], added: Container[str]
) -> PlanChange | None:
    """What became of an item by the homes of its parts, of which some are `added`; None for nothing else."""
    new_homes = [home for home in homes if home in added]
    if change is not None and change.difference is Difference.GONE:
        return _gone_item(number, homes, new_homes)
    return _split_item(number, change, new_homes) if new_homes else None


def _homes_of_parts(pairs: Iterable[tuple[PartPath, PartPath]]) -> dict[str, list[str]]:
    """The new items that the parts of each old item are in."""
    homes: dict[str, dict[str, None]] = {}
    for old, new in pairs:
        homes.setdefault(old[0], {})[new[0]] = None
    return {number: list(found) for number, found in homes.items()}


def _split_item(number: str, change: PlanChange | None, new_homes: Sequence[str]) -> PlanChange:
    """What became of an item that goes on, and parts of which are in new items."""
    own = change.new if change else ((number,),)
    new = (*own, *((home,) for home in new_homes))
    return PlanChange(PlanPart.ITEM, Difference.SPLIT, (number,), new)


def _gone_item(number: str, homes: Sequence[str], new_homes: Sequence[str]) -> PlanChange:
    """What became of an item that nothing continues, but whose parts are in these items."""
    what = Difference.SPLIT if len(homes) > 1 else Difference.RENAMED if new_homes else Difference.JOINED
    return PlanChange(
        PlanPart.ITEM, what, (number,), tuple((home,) for home in homes), what is Difference.JOINED
    )


def changes_without_nested_ones(changes: Sequence[PlanChange]) -> Iterator[PlanChange]:
    """The changes without those of blocks and tables that follow from the change of their item."""
    items = [change for change in changes if change.part is PlanPart.ITEM]
    follow = {
        (what, path[0])
        for change in items
        for what, paths in _items_by_followed_difference(change).items()
        for path in paths
    }
    for change in changes:
        item = (change.new[0] if change.new else change.old)[0]
        if change.part not in _OF_ITEM or (change.difference, item) not in follow:
            yield change


def _items_by_followed_difference(item: PlanChange) -> dict[Difference, Sequence[PartPath]]:
    """The differences of parts that follow from that of an item, each in these items."""
    if item.difference in (Difference.SPLIT, Difference.JOINED):
        return {Difference.MOVED: item.new}
    return {
        Difference.GONE: [item.old] if item.difference is Difference.GONE else [],
        Difference.NEW: item.new if item.difference is Difference.NEW else [],
    }
