"""Blocks of a book that differ from the plan: moved, reworded, dropped or added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from kenpo_xl.books.common.item_marks import item_label
from kenpo_xl.books.input.match.changed_items import ItemChanges
from kenpo_xl.books.input.match.issued_items import text_similarity
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.submission.plan_match import ALIKE, BlockMark, ItemMark, match_blocks
from kenpo_xl.domain.submission.submission import NOT_REPORTED, Mismatch, MismatchKind


@frozen
class BlockChanges:
    """The blocks of an item in a book (`issued_mark`) and in the plan (`plan_mark`)."""

    items: ItemChanges
    item: Item
    issued_mark: ItemMark
    plan_mark: ItemMark

    @cached_property
    def plan_block_by_issued_name(self) -> dict[str, BlockMark]:
        """The matching block of the plan for each block number in the book."""
        here = [block for block in self.issued_mark.blocks if block.name not in self.new_place_of_moved_block]
        stayed = [block for block in self.plan_mark.blocks if not self._came_from_another_item(block)]
        return match_blocks(here, stayed, self._similarity_of_block)

    def _came_from_another_item(self, block: BlockMark) -> bool:
        """Whether a block of the plan has text that was moved from another item."""
        if not block.text or block.text in {one.text for one in self.issued_mark.blocks}:
            return False
        others = (mark for mark in self.items.group_marks.values() if mark.id != self.item.id)
        there = sum(block.text == one.text for mark in others for one in mark.blocks)
        return sum(block.text == one.text for one in self._other_blocks_of_book) > there

    def _similarity_of_block(self, one: BlockMark, mark: BlockMark) -> float:
        sentences = next(block.sentences for block in self.item.blocks if block.name == mark.name)
        now = fill_placeholders("\n".join(sentences), self.items.plan.placeholder_context())
        return text_similarity(self.items.issued.issued_text(self.issued_mark, one), now)

    @cached_property
    def new_place_of_moved_block(self) -> dict[str, str]:
        """By name of a block that moved to another item, a description of its new place."""
        own = {block.text for block in self.plan_mark.blocks}
        gone = [block for block in self.issued_mark.blocks if block.text and block.text not in own]
        words = {
            one.name: self._description_of_plan_block(
                one.text, self._candidates_in_plan(one), self._other_blocks_of_book
            )
            for one in gone
        }
        return {name: word for name, word in words.items() if word}

    @cached_property
    def _new_place_of_moved_sentences(self) -> dict[str, str]:
        """By name of a block that lost a sentence, a description of its new place."""
        found = {}
        for name in filter(self._is_reworded, self.plan_block_by_issued_name):
            one, now = self._issued_block_named(name), self.plan_block_by_issued_name[name]
            plan = [
                *self._candidates_in_plan(one),
                *((self.item.id, mark) for mark in self.plan_mark.blocks if mark is not now),
            ]
            book = [
                *self._other_blocks_of_book,
                *(block for block in self.issued_mark.blocks if block is not one),
            ]
            gone = (digest for digest in one.sentences if digest not in now.sentences)
            words = (self._description_of_plan_block(digest, plan, book) for digest in gone)
            word = next(filter(None, words), "")
            if word:
                found[name] = word
        return found

    def _candidates_in_plan(self, one: BlockMark) -> list[tuple[str, BlockMark]]:
        """The blocks of all other items that a block may be now, each with its item.

        Blocks of other groups are included only if the namesake is not similar: the book does not contain
        their earlier texts.
        """
        namesake = next((mark for mark in self.plan_mark.blocks if mark.name == one.name), None)
        is_here = namesake is not None and self._similarity_of_block(one, namesake) >= ALIKE
        marks = (*self.items.group_marks.values(), *(() if is_here else self.items.marks_of_other_groups))
        return [(mark.id, block) for mark in marks if mark.id != self.item.id for block in mark.blocks]

    @cached_property
    def _other_blocks_of_book(self) -> list[BlockMark]:
        """The blocks of all other items of the book."""
        marks = self.items.issued_mark_by_number.values()
        return [block for mark in marks if mark.id != self.issued_mark.id for block in mark.blocks]

    def _description_of_plan_block(
        self, digest: str, plan: Sequence[tuple[str, BlockMark]], book: Iterable[BlockMark]
    ) -> str:
        """A description of the plan's block with a text that the book has fewer times, else ''."""
        there = [(item, mark) for item, mark in plan if digest == mark.text or digest in mark.sentences]
        before = sum(digest == block.text or digest in block.sentences for block in book)
        if len(there) <= before:
            return ""
        number, mark = there[0]
        item = self.items.plan.item(number)
        assert item
        return (
            f"ブロック {mark.name}" if item is self.item else f"項 {item_label(item)}のブロック {mark.name}"
        )

    def mismatches(self) -> Iterator[Mismatch]:
        """The differences of the item's blocks, one sentence for each kind of change."""
        for name, words in self.new_place_of_moved_block.items():
            rest = f"のブロック {name} は、いまの計画では {words} です。{NOT_REPORTED}"
            yield self._block_mismatch(MismatchKind.EXCHANGED, name, rest)
        yield from self._moved_mismatches()
        for name, words in self._new_place_of_moved_sentences.items():
            rest = f"のブロック {name} の計画内容の一部は、いまの計画では {words} です。"
            yield self._block_mismatch(MismatchKind.EXCHANGED, name, rest)
        changed = self._reworded_blocks()
        if changed:
            rest = f"のブロック {'、'.join(changed)} の計画内容は、ブックを配った後に計画で変わりました。"
            yield self._block_mismatch(MismatchKind.CHANGED, changed[0], rest)
        for block in self.issued_mark.blocks:
            if (
                block.name not in self.plan_block_by_issued_name
                and block.name not in self.new_place_of_moved_block
            ):
                yield self._dropped_mismatch(self._issued_block_named(block.name))
        yield from self._added_mismatches()

    def _reworded_blocks(self) -> list[str]:
        """The names of blocks whose text is another in the plan, without those whose sentences moved."""
        return [
            block.name
            for block in self.issued_mark.blocks
            if block.name in self.plan_block_by_issued_name
            and self._is_reworded(block.name)
            and block.name not in self._new_place_of_moved_sentences
        ]

    def _dropped_mismatch(self, one: BlockMark) -> Mismatch:
        """The difference of a block without match: its sentences may be part of another one now."""
        here = [(self.item.id, mark) for mark in self.plan_mark.blocks]
        now = next(
            filter(None, (self._description_of_plan_block(digest, here, ()) for digest in one.sentences)), ""
        )
        if now:
            rest = f"のブロック {one.name} の計画内容は、いまの計画では{now} にあります。{NOT_REPORTED}"
            return self._block_mismatch(MismatchKind.EXCHANGED, one.name, rest)
        ours = f"いまの計画の項 {item_label(self.item)}"
        rest = f"のブロック {one.name} は、{ours}にありません。{NOT_REPORTED}"
        return self._block_mismatch(MismatchKind.DROPPED, one.name, rest)

    def _moved_mismatches(self) -> Iterator[Mismatch]:
        moved: dict[MismatchKind, dict[str, str]] = {}
        for one in self.issued_mark.blocks:
            block = self.plan_block_by_issued_name.get(one.name)
            if block and one.name != block.name:
                kind = MismatchKind.CHANGED if one.has_key_of(block) else MismatchKind.EXCHANGED
                moved.setdefault(kind, {})[one.name] = block.name
        for kind, names in moved.items():
            pairs = "、".join(f"{name} はブロック {now}" for name, now in names.items())
            rest = f"のブロック {pairs} です（いまの計画の {item_label(self.item)}）。"
            yield self._block_mismatch(kind, next(iter(names)), rest)

    def _added_mismatches(self) -> Iterator[Mismatch]:
        there = {block.name for block in self.plan_block_by_issued_name.values()}
        for name in (block.name for block in self.plan_mark.blocks if block.name not in there):
            rest = f"に、計画に加わった {item_label(self.item)}のブロック {name} の欄がありません。"
            identity = f"{self.item.id}/ブロック {name}"
            yield self.items.issued.mismatch_at_title(MismatchKind.ADDED, identity, self.issued_mark.id, rest)

    def _block_mismatch(self, kind: MismatchKind, block: str, rest: str) -> Mismatch:
        issued, number = self.items.issued, self.issued_mark.id
        identity = f"{self.item.id}/ブロック {block}"
        return Mismatch(
            kind,
            identity,
            f"{issued.sheet_label(number)}{rest}",
            issued.block_source(number, block),
            (number, block),
        )

    def _issued_block_named(self, name: str) -> BlockMark:
        return next(block for block in self.issued_mark.blocks if block.name == name)

    def _is_reworded(self, name: str) -> bool:
        return self._issued_block_named(name).text != self.plan_block_by_issued_name[name].text
