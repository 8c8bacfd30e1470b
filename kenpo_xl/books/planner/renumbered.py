"""Whether the items and blocks of a planner's book still have their numbers in its plan."""

from __future__ import annotations

from functools import cached_property

from kenpo_xl.books.common.item_marks import item_label, item_mark
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.plan_match import BlockMark, ItemMark, match_blocks, match_items


@frozen
class PlannerPlaces:
    """The items recorded in a planner's book and those of its plan; without records nothing is renumbered."""

    made: tuple[ItemMark, ...]
    plan: Plan

    def renumbering_message(self, item: str, block: str = "") -> str:
        """A message on the new number of an item, or of a block in it, '' where it is unchanged."""
        former = normalized(item), normalized(block)
        found = self._renumbering_messages_by_item.get(former[0])
        found = found or self._renumbering_messages_by_block.get(former)
        return f"{found}（このブックを移し、build で作り直してください）" if found else ""

    def all_renumbering_messages(self) -> tuple[str, ...]:
        """A message on each item and block that was renumbered."""
        return (*self._renumbering_messages_by_item.values(), *self._renumbering_messages_by_block.values())

    @cached_property
    def _marks_by_item(self) -> dict[str, ItemMark]:
        return {item.id: item_mark(item) for item in self.plan.items} if self.made else {}

    @cached_property
    def _plan_marks_by_former_id(self) -> dict[str, ItemMark]:
        own = list(self._marks_by_item.values())
        return match_items(self.made, own, lambda: ()).pairs

    @cached_property
    def _renumbering_messages_by_item(self) -> dict[str, str]:
        return {
            normalized(one.id): f"項 {one.id} は、{self._current_item_text(one.id)}"
            for one in self.made
            if one.id not in self._plan_marks_by_former_id
            or self._plan_marks_by_former_id[one.id].id != one.id
        }

    def _current_item_text(self, former_id: str) -> str:
        mark = self._plan_marks_by_former_id.get(former_id)
        item = self.plan.item(mark.id) if mark else None
        return f"いまの計画では {item_label(item)}です" if item else "いまの計画では別の項です"

    @cached_property
    def _renumbering_messages_by_block(self) -> dict[tuple[str, str], str]:
        found = {}
        for one in self.made:
            mark = self._plan_marks_by_former_id.get(one.id)
            if mark and mark.id == one.id:
                pairs = match_blocks(one.blocks, mark.blocks, lambda *_: 0.0)
                for block in one.blocks:
                    words = _block_renumbering_message(one.id, block, pairs.get(block.name))
                    if words:
                        found[normalized(one.id), normalized(block.name)] = words
        return found


def _block_renumbering_message(item: str, former: BlockMark, current: BlockMark | None) -> str:
    if current is None:
        return f"{item} のブロック {former.name} は、いまの計画にありません"
    return (
        f"{item} のブロック {former.name} は、いまの計画ではブロック {current.name} です"
        if current.name != former.name
        else ""
    )
