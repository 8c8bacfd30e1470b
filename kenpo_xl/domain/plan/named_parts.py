"""Items and blocks as stored (by key) and as shown (by number), and which of two plans match."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized, title_without_number

if TYPE_CHECKING:
    from kenpo_xl.domain.plan.plan import Plan


@frozen
class NamedPart:
    """An item, or a block of it: `item` and `block` as stored, `number` and `block_name` as shown.

    `text` is a digest of the block's plan text, '' if unknown.
    """

    item: str
    number: str
    title: str = ""
    block: str = ""
    block_name: str = ""
    text: str = ""

    @property
    def has_item_key(self) -> bool:
        return self.item != self.number

    @property
    def has_block_key(self) -> bool:
        return self.block != self.block_name

    @property
    def compared_title(self) -> str:
        """The title without the number before it, '' for none."""
        return normalized(title_without_number(self.title))


def named_parts(plan: Plan) -> tuple[NamedPart, ...]:
    """The items of a plan, each followed by its blocks."""
    return tuple(
        NamedPart(item.key, item.id, item.title, *block)
        for item in plan.items
        for block in [
            ("", "", ""),
            *((one.key, one.name, _digest_of_sentences(one.sentences)) for one in item.blocks),
        ]
    )


def _digest_of_sentences(sentences: Iterable[str]) -> str:
    text = normalized("".join(sentences))
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


Matches = dict[NamedPart, NamedPart]
"""The part of the current plan for each part of an earlier one."""


def matches_of_parts(past: Sequence[NamedPart], current: Sequence[NamedPart]) -> Matches:
    """The current part of each past one: by key, where one side has none by title or plan text or number.

    Two items that have different keys never match, nor do two blocks.
    """
    items = _matched_parts(
        [one for one in past if not one.block],
        [one for one in current if not one.block],
        key=lambda one: one.item if one.has_item_key else None,
        words=lambda one: one.compared_title or None,
        number=lambda one: one.number,
    )
    numbers = {one.item: now.item for one, now in items.items()}
    return items | _matched_parts(
        [one for one in past if one.block],
        [one for one in current if one.block],
        key=lambda one: one.block if one.has_block_key else None,
        words=lambda one: (numbers.get(one.item, one.item), one.text) if one.text else None,
        number=lambda one: (numbers.get(one.item, one.item), one.block_name),
    )


_Key = Callable[[NamedPart], Hashable]


def _matched_parts(
    past: Sequence[NamedPart], current: Sequence[NamedPart], *, key: _Key, words: _Key, number: _Key
) -> Matches:
    found = _unique_pairs(past, current, key)
    for same in (words, number):
        taken = set(found.values())
        left = [one for one in past if one not in found]
        others = [one for one in current if one not in taken]
        pairs = _unique_pairs(left, others, same)
        found |= {one: now for one, now in pairs.items() if key(one) is None or key(now) is None}
    return found


def _unique_pairs(past: Sequence[NamedPart], current: Sequence[NamedPart], key: _Key) -> Matches:
    """The pairs with an equal key that is unique on both sides."""
    counts = [Counter(map(key, parts)) for parts in (past, current)]
    by_key = {key(one): one for one in current}
    return {
        one: by_key[key(one)]
        for one in past
        if key(one) is not None and key(one) in by_key and all(count[key(one)] == 1 for count in counts)
    }
