"""Which item and block of a plan each item and block of a book is that was made from an earlier state of it.

Both sides are digests: of an item's title, and of each block's plan text and starting lines, with the keys
where there are any. What has the same words goes before an equal key: keys may have been left behind when
words were moved. Numbers only decide between what is otherwise equal, since they are given again when items
or blocks are moved or inserted. What has different keys and other words never matches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import field
from typing import TypeVar

from kenpo_xl.domain.frozen import frozen

ALIKE = 0.6
"""Plan texts that are as alike as this are one that was reworded."""


@frozen
class BlockMark:
    """What a block is known by: its number, and digests of its plan text and of its starting lines.

    `text` is '' for a block without plan text; `sentences` are the parts that it is made of and `starts` the
    lines that it begins with. `key` is '' for a block without one.
    """

    name: str
    text: str
    starts: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    key: str = ""

    @property
    def stored(self) -> str:
        """The name of the block in the hidden sheet of a book."""
        return self.key or self.name

    def has_key_of(self, other: BlockMark) -> bool:
        return bool(self.key) and self.key == other.key


@frozen
class ItemMark:
    """What an item is known by: its number, a digest of its title, its blocks, and its key ('' for none)."""

    id: str
    title: str
    blocks: tuple[BlockMark, ...]
    key: str = ""

    @property
    def stored(self) -> str:
        """The name of the item in the hidden sheet of a book, and in the Excel names of its parts."""
        return self.key or self.id

    @property
    def texts(self) -> frozenset[str]:
        return frozenset(block.text for block in self.blocks if block.text)

    def has_key_of(self, other: ItemMark) -> bool:
        return bool(self.key) and self.key == other.key

    def has_title_of(self, other: ItemMark) -> bool:
        return self.title == other.title

    def shares_text_with(self, other: ItemMark) -> bool:
        """Whether some plan text is the same; of two items without any that is so."""
        return bool(self.texts & other.texts) or not (self.texts or other.texts)


Likeness = Callable[[BlockMark, BlockMark], float]
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
    own_items: Sequence[ItemMark],
    other_groups_items: Callable[[], Iterable[ItemMark]],
) -> ItemMatches:
    """The item of the plan that each item of a book is; `own` are those of its group, `others` the rest.

    An item is the one whose title and plan text it carries. Where only one of the two differs and no other
    item fits, it is the same item, changed.
    """
    pairs: dict[str, ItemMark] = {}
    for digest in (_key_title_and_text, _item_key, _title_and_text, _own_key):
        rest = [one for one in book if one.id not in pairs]
        pairs |= _pairs_with_equal_key(rest, _marks_without_pair(own_items, pairs), digest)
    left = _marks_without_pair(own_items, pairs)
    fitting = {one.id: _candidate_items(one, left) for one in book if one.id not in pairs}
    changed, rivals = _unique_and_ambiguous_matches(fitting)
    unfit = [one for one in book if one.id in fitting and not fitting[one.id]]
    return ItemMatches(pairs | changed, rivals, _full_matches_elsewhere(unfit, other_groups_items))


def _full_matches_elsewhere(
    items: Iterable[ItemMark], other_groups_items: Callable[[], Iterable[ItemMark]]
) -> dict[str, ItemMark]:
    """By number, the items of other groups that have both the title and the plan text of one."""
    return {one.id: mark for one in items for mark in other_groups_items() if _is_fully_matching(one, mark)}


def _unique_and_ambiguous_matches(
    fitting: dict[str, tuple[ItemMark, ...]],
) -> tuple[dict[str, ItemMark], dict[str, tuple[ItemMark, ...]]]:
    """By number, the items that alone fit one, and those of which several fit or that fit several."""
    pairs: dict[str, ItemMark] = {}
    rivals: dict[str, tuple[ItemMark, ...]] = {}
    counts = Counter(found[0].id for found in fitting.values() if len(found) == 1)
    for number, found in fitting.items():
        if len(found) == 1 and (counts[found[0].id] == 1 or found[0].id == number):
            pairs[number] = found[0]
        elif found:
            rivals[number] = found
    return pairs, rivals


def _item_with_number(marks: Iterable[ItemMark], number: str) -> ItemMark | None:
    return next((mark for mark in marks if mark.id == number), None)


def _is_partly_matching(item: ItemMark, plan_item: ItemMark) -> bool:
    shares = item.has_title_of(plan_item) or (bool(item.texts) and item.shares_text_with(plan_item))
    return shares and not _have_different_keys(item, plan_item)


def _shares_what_match_lacks(item: ItemMark, other: ItemMark, match: ItemMark) -> bool:
    """Whether `other` has the title or the text of an item, and `match` does not."""
    has_title = item.has_title_of(other) and not item.has_title_of(match)
    return has_title or (item.shares_text_with(other) and not item.shares_text_with(match))


def _candidate_items(item: ItemMark, unpaired_plan_items: Sequence[ItemMark]) -> tuple[ItemMark, ...]:
    """The items that one may be: that of its number unless another has what it lacks, else what fits best."""
    fits = [mark for mark in unpaired_plan_items if _is_partly_matching(item, mark)]
    same = _item_with_number(fits, item.id)
    if same:
        return (same, *(mark for mark in fits if _shares_what_match_lacks(item, mark, same)))
    wholly = [mark for mark in fits if _is_fully_matching(item, mark)]
    return tuple(wholly if len(wholly) == 1 else fits)


def _is_fully_matching(item: ItemMark, plan_item: ItemMark) -> bool:
    return item.has_title_of(plan_item) and item.shares_text_with(plan_item)


def match_blocks(
    book: Sequence[BlockMark], plan: Sequence[BlockMark], likeness: Likeness
) -> dict[str, BlockMark]:
    """The block of an item that each of its blocks in a book is, by its number there.

    First those with the same plan text, then those with the same key, then, between these, those reworded and
    those in the same place.
    """
    pairs: dict[str, BlockMark] = {}
    for key in (_key_and_text, _block_key, _plan_text_key, _own_key):
        left = [one for one in book if one.name not in pairs]
        pairs |= _pairs_with_equal_key(left, _marks_without_pair(plan, pairs), key)
    for ones, marks in _unpaired_runs_between_pairs(book, plan, pairs):
        _add_pairs_of_similar_blocks(ones, marks, pairs, likeness)
    for ones, marks in _unpaired_runs_between_pairs(book, plan, pairs):
        if len(ones) == len(marks):
            places = zip(ones, marks, strict=True)
            pairs.update((one.name, mark) for one, mark in places if not _have_different_keys(one, mark))
    return pairs


def _first_known_index(indexes: Iterable[int | None], default: int) -> int:
    return next((at for at in indexes if at is not None), default)


def _unpaired_runs_between_pairs(
    book: Sequence[BlockMark], plan: Sequence[BlockMark], pairs: dict[str, BlockMark]
) -> list[tuple[list[BlockMark], list[BlockMark]]]:
    """What is left of both sides between neighbours that are in a pair."""
    free, order = _marks_without_pair(plan, pairs), {mark.name: place for place, mark in enumerate(plan)}
    places = [order[pairs[one.name].name] if one.name in pairs else None for one in book]
    gaps: dict[tuple[int, int], list[BlockMark]] = {}
    for place, one in enumerate(book):
        if one.name not in pairs:
            before = _first_known_index(reversed(places[:place]), -1)
            after = _first_known_index(places[place:], len(plan))
            gaps.setdefault((before, after), []).append(one)
    return [
        (ones, [mark for mark in free if before < order[mark.name] < after])
        for (before, after), ones in gaps.items()
    ]


def _add_pairs_of_similar_blocks(
    ones: Sequence[BlockMark], marks: Sequence[BlockMark], pairs: dict[str, BlockMark], likeness: Likeness
) -> None:
    """Pair what was reworded, the most alike first, as long as the order stays."""
    found: list[tuple[int, int]] = []
    degrees = (
        (likeness(one, mark), -i, -j)
        for i, one in enumerate(ones)
        for j, mark in enumerate(marks)
        if not _have_different_keys(one, mark)
    )
    for degree, i, j in sorted(degrees, reverse=True):
        if degree >= ALIKE and _is_in_order_with_pairs((-i, -j), found):
            found.append((-i, -j))
            pairs[ones[-i].name] = marks[-j]


def _is_in_order_with_pairs(pair: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether both sides of a pair are before, or both behind, those of every other."""
    one, mark = pair
    return all((one < a and mark < b) or (one > a and mark > b) for a, b in others)


def _marks_without_pair(marks: Iterable[Mark], pairs: dict[str, Mark]) -> list[Mark]:
    """The marks of the plan that are in no pair."""
    taken = {id(mark) for mark in pairs.values()}
    return [mark for mark in marks if id(mark) not in taken]


def _pairs_with_equal_key(
    book: Sequence[Mark], plan: Sequence[Mark], key: Callable[[Mark], Hashable]
) -> dict[str, Mark]:
    """Pairs with the same key by the name in the book; of several, in order, or by name where one is new.

    What has no key is in none.
    """
    of_plan: dict[Hashable, list[Mark]] = {}
    of_book: dict[Hashable, list[Mark]] = {}
    for marks, found in ((book, of_book), (plan, of_plan)):
        for mark in marks:
            found.setdefault(key(mark), []).append(mark)
    pairs: dict[str, Mark] = {}
    for common, ones in of_book.items():
        marks = of_plan.get(common, []) if common is not None else []
        if len(ones) == len(marks):
            pairs.update((_number_of_mark(one), mark) for one, mark in zip(ones, marks, strict=True))
        else:
            pairs.update(
                (_number_of_mark(one), mark)
                for one in ones
                for mark in marks
                if _number_of_mark(one) == _number_of_mark(mark)
            )
    return pairs


def _have_different_keys(one: Mark, other: Mark) -> bool:
    return bool(one.key and other.key) and one.key != other.key


def _own_key(mark: ItemMark | BlockMark) -> Hashable:
    return mark.key or None


def _key_title_and_text(mark: ItemMark) -> Hashable:
    return (mark.key, _title_and_text(mark)) if mark.key else None


def _key_and_text(mark: BlockMark) -> Hashable:
    return (mark.key, mark.text) if mark.key else None


def _item_key(mark: ItemMark) -> Hashable:
    return mark.title, *map(_block_key, mark.blocks)


def _title_and_text(mark: ItemMark) -> Hashable:
    texts = sorted(repr(block.text) for block in mark.blocks)
    return mark.title, *texts


def _block_key(mark: BlockMark) -> Hashable:
    return mark.text, mark.starts


def _plan_text_key(mark: BlockMark) -> Hashable:
    return mark.text or None


def _number_of_mark(mark: ItemMark | BlockMark) -> str:
    return mark.id if isinstance(mark, ItemMark) else mark.name
