"""Whether the items and blocks that a planner's book speaks of still have their numbers in its plan."""

from __future__ import annotations

from functools import cached_property

from kenpo_xl.books.common.item_marks import item_label, mark_of
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.plan_match import BlockMark, ItemMark, match_blocks, match_items


@frozen
class PlannerPlaces:
    """The items that a planner's book was made with and those of its plan; one without any moves nothing."""

    made: tuple[ItemMark, ...]
    plan: Plan

    def moved(self, item: str, block: str = "") -> str:
        """What became of the number of an item, or of a block in it, '' where it is as it was."""
        number, name = normalized(item), normalized(block)
        found = self._items.get(number) or self._blocks.get((number, name), "")
        return f"{found}（このブックを移し、build で作り直してください）" if found else ""

    def all_moved(self) -> tuple[str, ...]:
        """What became of all numbers that are not as they were."""
        return (*self._items.values(), *self._blocks.values())

    @cached_property
    def _marks(self) -> dict[str, ItemMark]:
        return {item.id: mark_of(item) for item in self.plan.items} if self.made else {}

    @cached_property
    def _pairs(self) -> dict[str, ItemMark]:
        own = list(self._marks.values())
        return match_items(self.made, own, lambda: ()).pairs

    @cached_property
    def _items(self) -> dict[str, str]:
        return {
            normalized(one.id): f"項 {one.id} は、{self._now(one.id)}"
            for one in self.made
            if one.id not in self._pairs or self._pairs[one.id].id != one.id
        }

    def _now(self, number: str) -> str:
        mark = self._pairs.get(number)
        item = self.plan.item(mark.id) if mark else None
        return f"いまの計画では {item_label(item)}です" if item else "いまの計画では別の項です"

    @cached_property
    def _blocks(self) -> dict[tuple[str, str], str]:
        found = {}
        for one in self.made:
            mark = self._pairs.get(one.id)
            if mark and mark.id == one.id:
                pairs = match_blocks(one.blocks, mark.blocks, lambda *_: 0.0)
                for block in one.blocks:
                    words = _moved(one.id, block, pairs.get(block.name))
                    if words:
                        found[normalized(one.id), normalized(block.name)] = words
        return found


def _moved(item: str, block: BlockMark, now: BlockMark | None) -> str:
    if now is None:
        return f"{item} のブロック {block.name} は、いまの計画にありません"
    return (
        f"{item} のブロック {block.name} は、いまの計画ではブロック {now.name} です"
        if now.name != block.name
        else ""
    )
