"""What several groups submitted for one item, joined into one entry in the order of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from kenpo_xl.domain.plan.items import (
    Block,
    Item,
    groups_of_item,
    is_shared,
    owner_of_table,
    owners_of_block,
)
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import (
    ItemEntry,
    KpiEntry,
    LineEntry,
    RatingEntry,
    Submission,
    TableEntry,
)


def joined_entries(plan: Plan, submissions: Iterable[Submission]) -> dict[str, ItemEntry]:
    """What was submitted for each item, by item.

    Of an item with several owners: tables and ratings of the groups that have them, and the lines of each
    block, first those of its first owner.
    """
    by_item: dict[str, dict[str, ItemEntry]] = {}
    for submission in submissions:
        for entry in submission.items:
            by_item.setdefault(entry.item, {})[submission.group] = entry
    return {number: _joined_entry(plan.item(number), found) for number, found in by_item.items()}


def _joined_entry(item: Item | None, by_group: Mapping[str, ItemEntry]) -> ItemEntry:
    if item is None or not is_shared(item):
        return list(by_group.values())[-1]
    entries = _entries_in_order(item, by_group)
    blocks = {block.name: _entries_of_block(item, block, by_group) for block in item.blocks}
    return replace(
        entries[0],
        lines=tuple(line for block in item.blocks for line in _lines_of_block(block, blocks[block.name])),
        ratings=tuple(_ratings_of_owners(item, blocks)),
        tables=tuple(_tables_of_owners(item, by_group)),
        rating_cells=tuple(_rating_cells(blocks)),
        kpis=_kpis_by_first_entry(entries),
        absent=tuple(name for name, found in blocks.items() if not found),
        blank_lines=tuple(chain.from_iterable(one.blank_lines for one in entries)),
        awaited=tuple(_awaited_blocks_and_groups(item, blocks)),
    )


def _entries_in_order(item: Item, by_group: Mapping[str, ItemEntry]) -> list[ItemEntry]:
    """The entries of the owners in their order, then those of other groups."""
    order = dict.fromkeys([*groups_of_item(item), *by_group])
    return [by_group[group] for group in order if group in by_group]


def _kpis_by_first_entry(entries: Sequence[ItemEntry]) -> tuple[KpiEntry, ...]:
    """Every KPI once, as the first entry has it that names it."""
    return tuple({kpi.name: kpi for one in reversed(entries) for kpi in one.kpis}.values())


def _rating_cells(blocks: Mapping[str, Mapping[str, ItemEntry]]) -> Iterator[tuple[str, Source]]:
    """The cell for the rating of each block in the first book that counts for it."""
    for name, found in blocks.items():
        for entry in islice(found.values(), 1):
            yield from (cell for cell in entry.rating_cells if cell[0] == name)


def _entries_of_block(item: Item, block: Block, by_group: Mapping[str, ItemEntry]) -> dict[str, ItemEntry]:
    """By group what its owners submitted for a block; where none did, what others had of it."""
    there = {group: one for group, one in by_group.items() if block.name not in one.absent}
    owners = owners_of_block(item, block)
    return {group: there[group] for group in owners if group in there} or {
        group: one for group, one in there.items() if _has_block(one, block.name)
    }


def _has_block(entry: ItemEntry, block: str) -> bool:
    return any(line.block == block for line in (*entry.lines, *entry.blank_lines))


def _ratings_of_owners(item: Item, blocks: Mapping[str, Mapping[str, ItemEntry]]) -> Iterable[RatingEntry]:
    """The ratings of the first owners; those of others count only where a block is theirs no more."""
    for block in item.blocks:
        first, found = owners_of_block(item, block)[0], blocks[block.name]
        strangers = (one for group, one in found.items() if group not in owners_of_block(item, block))
        entry = found.get(first) or next(strangers, None)
        yield from (rating for rating in (entry.ratings if entry else ()) if rating.block == block.name)


def _tables_of_owners(item: Item, by_group: Mapping[str, ItemEntry]) -> Iterable[TableEntry]:
    """The entry of each table in the book of its owner, else in another one."""
    for table in item.tables:
        owner = owner_of_table(item, table)
        books = [by_group[owner]] if owner in by_group else []
        found = (
            one for entry in (*books, *by_group.values()) for one in entry.tables if one.table == table.name
        )
        yield from islice(found, 1)


def _awaited_blocks_and_groups(
    item: Item, blocks: Mapping[str, Mapping[str, ItemEntry]]
) -> Iterable[tuple[str, str]]:
    """The blocks with those of their groups that submitted nothing of them, unless others had them."""
    for block in item.blocks:
        owners, found = owners_of_block(item, block), blocks[block.name]
        if not found or not found.keys().isdisjoint(owners):
            yield from ((block.name, group) for group in owners if group not in found)


def _lines_of_block(block: Block, found: Mapping[str, ItemEntry]) -> list[LineEntry]:
    """The lines of the first owner, behind them those of the others; their tables where the plan has them."""
    joined: list[LineEntry] = []
    for number, entry in enumerate(found.values()):
        place, waiting = len(joined), list[LineEntry]()
        for line in (line for line in entry.lines if line.block == block.name):
            waiting.append(line)
            if number and line.kind is not LineKind.TEXT:
                place = _place_of_part(block, line, joined)
                joined[place:place] = waiting
                place, waiting = place + len(waiting), []
        joined[place:place] = waiting
    return joined


def _place_of_part(block: Block, part: LineEntry, lines: Sequence[LineEntry]) -> int:
    """Where the line of a table or KPI is put: before what the plan has behind it."""
    parts = (one for one in block.lines if one.kind is not LineKind.TEXT)
    order = {f"{one.kind}/{one.text}": at for at, one in enumerate(parts)}
    own = order.get(f"{part.kind}/{part.text}", len(order))
    behind = (at for at, one in enumerate(lines) if order.get(f"{one.kind}/{one.text}", -1) > own)
    return next(behind, len(lines))
