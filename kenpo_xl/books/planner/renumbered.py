"""Which items and blocks of the plan the rows of a planner's book mean, whose numbers may be earlier ones."""

from __future__ import annotations

from functools import cached_property

from kenpo_xl.books.common.item_marks import item_label, item_mark
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.plan_match import BlockMark, ItemMark, match_blocks, match_items

_TYPE_AGAIN = (
    "（この行を消し、「取込」を押してから、入れ直してください。"
    "ボタンのないときは、このブックを移し、build で作り直してください）"
)


@frozen
class RowPlace:
    """The item and block of a row by their numbers of today; `moved` is why they are unknown, or ''.

    `is_unclear`: the planner typed a number that another item or block has since. `was_recorded`: the program
    has seen the row.
    """

    item: str
    block: str = ""
    moved: str = ""
    is_unclear: bool = False
    was_recorded: bool = False

    @property
    def is_gone(self) -> bool:
        """Whether the plan has no more what the row was of."""
        return self.was_recorded and bool(self.moved)

    @property
    def path(self) -> str:
        return path_text_of_row(self.item, self.block)


def path_text_of_row(item: str, block: str = "") -> str:
    """What the program writes beside a row: the item and block that the row then means."""
    return "/".join(filter(None, (item, block)))


@frozen
class PlannerPlaces:
    """The items recorded in a planner's book and those of its plan; without records nothing is renumbered."""

    made: tuple[ItemMark, ...]
    plan: Plan

    def place_of_row(self, recorded: str, item: str, block: str = "") -> RowPlace:
        """The place of a row; `recorded` is what the program wrote beside it, '' for a row typed since.

        Where that is still what the row says, its numbers are those of the recorded plan.
        """
        if normalized(recorded) != normalized(path_text_of_row(item, block)) or not recorded:
            message = self._renumbering_message(item, block)
            is_unclear = bool(message) and self._is_in_plan(normalized(item), normalized(block))
            return RowPlace(item, block, f"{message}{_TYPE_AGAIN}" if message else "", is_unclear)
        found = self._current_item_and_block(normalized(item), normalized(block))
        if found is None:
            label = f"項 {item}" + (f" のブロック {block}" if block else "")
            gone = f"計画が変わる前の{label} は、いまの計画にありません"
            return RowPlace(item, block, gone, was_recorded=True)
        return RowPlace(*found, was_recorded=True)

    def words_with_current_numbers(self, words: str, number: str, place: RowPlace) -> str:
        """A cell or an identity that begins with the number of an item, by the number and names of today."""
        item = self.plan.item(place.item)
        if item is None or place.moved or not words.startswith(f"{number}/"):
            return words
        return self.plan.identities.shown(f"{item.key}{words.removeprefix(number)}")

    def all_renumbering_messages(self) -> tuple[str, ...]:
        """A message on each item and block that was renumbered."""
        return (*self._renumbering_messages_by_item.values(), *self._renumbering_messages_by_block.values())

    @property
    def is_plan_as_recorded(self) -> bool:
        """Whether the plan has the recorded items and blocks, with their numbers and words."""
        return self.made == tuple(map(item_mark, self.plan.items))

    def _is_in_plan(self, item: str, block: str) -> bool:
        found = next((one for one in self.plan.items if normalized(one.id) == item), None)
        return found is not None and block in ("", *(normalized(one.name) for one in found.blocks))

    def _current_item_and_block(self, item: str, block: str) -> tuple[str, str] | None:
        """The numbers of today of a recorded item, or of a block in it; None where it is gone."""
        if not self.made:
            return item, block
        made = next((one for one in self.made if normalized(one.id) == item), None)
        mark = self._plan_marks_by_former_id.get(made.id) if made else None
        if made is None or mark is None:
            return None
        if not block:
            return mark.id, ""
        found = _mark_of_block_now(made, mark, block)
        return (mark.id, found.name) if found else None

    def _renumbering_message(self, item: str, block: str) -> str:
        """A message on the new number of an item, or of a block in it, '' where it is unchanged."""
        former = normalized(item), normalized(block)
        found = self._renumbering_messages_by_item.get(former[0])
        return found or self._renumbering_messages_by_block.get(former, "")

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


def _mark_of_block_now(made: ItemMark, now: ItemMark, block: str) -> BlockMark | None:
    """The mark of the block of an item that continues one of this normalized name, None for none."""
    pairs = match_blocks(made.blocks, now.blocks, lambda *_: 0.0)
    return next((pairs[name] for name in pairs if normalized(name) == block), None)


def _block_renumbering_message(item: str, former: BlockMark, current: BlockMark | None) -> str:
    if current is None:
        return f"{item} のブロック {former.name} は、いまの計画にありません"
    return (
        f"{item} のブロック {former.name} は、いまの計画ではブロック {current.name} です"
        if current.name != former.name
        else ""
    )
