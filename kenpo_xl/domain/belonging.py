"""Which item and block of a plan each item and block of a book is that was made from an earlier state of it.

Both sides are digests: of an item's title, and of each block's plan text and starting lines. Numbers only
decide between what is otherwise equal, since they are given anew when items or blocks are moved or inserted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import field
from typing import TypeVar

from kenpo_xl.domain.values import frozen

_ALIKE = 0.6


@frozen
class BlockMark:
    """What a block is known by: its number, and digests of its plan text and of its starting lines.

    `text` is '' for a block without plan text and None where it is not known; `sentences` are the parts that
    it is made of and `starts` the lines, None where they are not known.
    """

    name: str
    text: str | None
    starts: tuple[str, ...] | None = None
    sentences: tuple[str, ...] = ()

    @property
    def key(self) -> Hashable:
        """What two blocks have in common that are the same; a block without plan text is its lines."""
        return self.text or (self.text, self.starts)


@frozen
class ItemMark:
    """What an item is known by: its number, a digest of its title (None where unknown), its blocks."""

    id: str
    title: str | None
    blocks: tuple[BlockMark, ...]

    @property
    def texts(self) -> frozenset[str]:
        return frozenset(block.text for block in self.blocks if block.text)

    def has_title_of(self, other: ItemMark) -> bool:
        return self.title is not None and self.title == other.title

    def shares_text_with(self, other: ItemMark) -> bool:
        """Whether some plan text is the same; of two items without any that is so."""
        return bool(self.texts & other.texts) or not (self.texts or other.texts)


Alike = Callable[[ItemMark, ItemMark], bool]
AlikeBlocks = Callable[[BlockMark, BlockMark], float]
Mark = TypeVar("Mark", ItemMark, BlockMark)


@frozen
class ItemMatches:
    """`pairs` are items of the plan by the number of the book's item, `rivals` those that each half fit one.

    `elsewhere` are items of other groups. One with rivals, and one in none of these, is no item for sure.
    """

    pairs: dict[str, ItemMark] = field(default_factory=dict)
    rivals: dict[str, tuple[ItemMark, ...]] = field(default_factory=dict)
    elsewhere: dict[str, ItemMark] = field(default_factory=dict)


def match_items(
    book: Sequence[ItemMark],
    own: Sequence[ItemMark],
    others: Callable[[], Iterable[ItemMark]],
    alike: Alike,
) -> ItemMatches:
    """The item of the plan that each item of a book is; `own` are those of its group, `others` the rest.

    An item is the one whose title and plan text it carries. Where only one of the two differs and no other
    item fits, it is the same item, changed; `alike` decides where both were reworded.
    """
    pairs = _equal(book, own, lambda mark: (mark.title, _keys(mark)), _item_name)
    left = _free(own, pairs)
    fitting = {one.id: _fitting(one, left) for one in book if one.id not in pairs}
    counts = Counter(found[0].id for found in fitting.values() if len(found) == 1)
    rivals = {}
    for number, found in fitting.items():
        if len(found) == 1 and (counts[found[0].id] == 1 or found[0].id == number):
            pairs[number] = found[0]
        elif found:
            rivals[number] = found
    unfit = [one for one in book if one.id in fitting and not fitting[one.id]]
    elsewhere = {one.id: mark for one in unfit for mark in others() if _is_wholly(one, mark)}
    free = {mark.id: mark for mark in _free(left, pairs)}
    for one in unfit:
        if one.id in free and one.id not in elsewhere and alike(one, free[one.id]):
            pairs[one.id] = free[one.id]
    return ItemMatches(pairs, rivals, elsewhere)


def _fitting(one: ItemMark, left: Sequence[ItemMark]) -> tuple[ItemMark, ...]:
    """The items that one may be: that of its number unless another has what it lacks, else what fits best."""
    fits = [mark for mark in left if one.has_title_of(mark) or (one.texts and one.shares_text_with(mark))]
    same = next((mark for mark in left if mark.id == one.id), None)
    if same and (same in fits or (one.title is None and one.shares_text_with(same))):
        title, text = one.has_title_of(same), one.shares_text_with(same)
        rivals = (
            mark
            for mark in fits
            if (one.has_title_of(mark) and not title) or (one.shares_text_with(mark) and not text)
        )
        return (same, *rivals)
    wholly = [mark for mark in fits if _is_wholly(one, mark)]
    return tuple(wholly if len(wholly) == 1 else fits)


def _is_wholly(one: ItemMark, mark: ItemMark) -> bool:
    return one.has_title_of(mark) and one.shares_text_with(mark)


def match_blocks(
    book: Sequence[BlockMark], plan: Sequence[BlockMark], alike: AlikeBlocks
) -> dict[str, BlockMark]:
    """The block of an item that each of its blocks in a book is, by its number there.

    First those with the same plan text, then those reworded, then those in the same place between others.
    """
    named = {mark.name: mark for mark in plan}
    unknown = {one.name: named[one.name] for one in book if _is_unknown(one, named.get(one.name))}
    known = [one for one in book if one.name not in unknown]
    pairs = unknown | _equal(known, _free(plan, unknown), lambda mark: mark.key, _block_name)
    _pair_alike(book, plan, pairs, alike)
    _pair_in_place(book, plan, pairs)
    return pairs


def _pair_alike(
    book: Sequence[BlockMark], plan: Sequence[BlockMark], pairs: dict[str, BlockMark], alike: AlikeBlocks
) -> None:
    """Pair what was reworded, the most alike first."""
    ones, marks = _left(book, plan, pairs)
    likeness = ((alike(one, mark), -i, -j) for i, one in enumerate(ones) for j, mark in enumerate(marks))
    for degree, i, j in sorted(likeness, reverse=True):
        one, mark = ones[-i], marks[-j]
        if degree >= _ALIKE and one.name not in pairs and mark in _free(marks, pairs):
            pairs[one.name] = mark


def _pair_in_place(book: Sequence[BlockMark], plan: Sequence[BlockMark], pairs: dict[str, BlockMark]) -> None:
    """Pair what is left between the same neighbours, where both sides have the same number of blocks."""
    ones, marks = _left(book, plan, pairs)
    order = {mark.name: place for place, mark in enumerate(plan)}
    places = [order[pairs[one.name].name] if one.name in pairs else None for one in book]
    gaps: dict[tuple[int, int], list[BlockMark]] = {}
    for place, one in enumerate(book):
        if one in ones:
            before = next((at for at in reversed(places[:place]) if at is not None), -1)
            after = next((at for at in places[place:] if at is not None), len(plan))
            gaps.setdefault((before, after), []).append(one)
    for (before, after), here in gaps.items():
        free = [mark for mark in marks if before < order[mark.name] < after]
        if len(free) == len(here):
            pairs.update((one.name, mark) for one, mark in zip(here, free, strict=True))


def _left(
    book: Iterable[BlockMark], plan: Iterable[BlockMark], pairs: dict[str, BlockMark]
) -> tuple[list[BlockMark], list[BlockMark]]:
    return [one for one in book if one.name not in pairs], _free(plan, pairs)


def _free(marks: Iterable[Mark], pairs: dict[str, Mark]) -> list[Mark]:
    """The marks of the plan that are in no pair."""
    taken = {id(mark) for mark in pairs.values()}
    return [mark for mark in marks if id(mark) not in taken]


def _is_unknown(one: BlockMark, named: BlockMark | None) -> bool:
    """Whether the plan text of a block, or of its namesake in the plan, is not known."""
    return named is not None and (one.text is None or named.text is None)


def _equal(
    book: Sequence[Mark],
    plan: Sequence[Mark],
    key: Callable[[Mark], Hashable],
    name: Callable[[Mark], str],
) -> dict[str, Mark]:
    """Pairs with the same key by the name in the book; of several, in order, or by name where one is new."""
    of_plan: dict[Hashable, list[Mark]] = {}
    of_book: dict[Hashable, list[Mark]] = {}
    for marks, found in ((book, of_book), (plan, of_plan)):
        for mark in marks:
            found.setdefault(key(mark), []).append(mark)
    pairs: dict[str, Mark] = {}
    for common, ones in of_book.items():
        marks = of_plan.get(common, [])
        if len(ones) == len(marks):
            pairs.update((name(one), mark) for one, mark in zip(ones, marks, strict=True))
        else:
            pairs.update((name(one), mark) for one in ones for mark in marks if name(one) == name(mark))
    return pairs


def _keys(mark: ItemMark) -> Hashable:
    return tuple(sorted(repr(block.text) for block in mark.blocks))


def _item_name(mark: ItemMark) -> str:
    return mark.id


def _block_name(mark: BlockMark) -> str:
    return mark.name
