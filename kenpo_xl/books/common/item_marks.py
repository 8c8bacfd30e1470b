"""What the items of a plan are known by in a book: the rows of its hidden sheet, written and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kenpo_xl.books.common import names
from kenpo_xl.books.common.digests import text_hash, title_hash
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders, is_placeholder
from kenpo_xl.domain.plan.plan import Block, Item, Plan, StartLine
from kenpo_xl.domain.submission.plan_match import BlockMark, ItemMark

Row = tuple[str, str, str]
CONTINUED = "（前のブロックの続き）"
"""What a book shows for the plan text of a block without sentences."""
_PLAN_TEXT, _PROGRESS = "計画内容", "実施状況"
_NONE = "－"
_NAMES = {_PLAN_TEXT: names.sentences_name, _PROGRESS: names.starts_name}
"""The two rows of a block: the words in its identity, and what gives its Excel name."""


def item_rows(item: Item) -> Iterator[Row]:
    """The rows of an item: Excel name, identity, digests of title, sentences and starting lines."""
    yield names.item_name(item.id), item.id, title_hash(item.title)
    for block in item.blocks:
        sentences = " ".join(map(text_hash, block.sentences)) or _NONE
        yield names.sentences_name(item.id, block.name), f"{item.id}/{_PLAN_TEXT}/{block.name}", sentences
        starts = " ".join(map(start_hash, block.lines)) or _NONE
        yield names.starts_name(item.id, block.name), f"{item.id}/{_PROGRESS}/{block.name}", starts


def start_hash(line: StartLine) -> str:
    """The kind of a line that a block starts with, and a digest of its text."""
    return f"{line.kind}:{text_hash(line.text)}"


def marks_in(rows: Iterable[Sequence[str]]) -> tuple[ItemMark, ...]:
    """The items that a book was made with, by the rows of its hidden sheet; none where one is incomplete."""
    titles, blocks = _titles_and_blocks(rows)
    if not all(titles[item] and _is_complete(found) for item, found in blocks.items()):
        return ()
    return tuple(
        ItemMark(item, titles[item], tuple(_read(name, parts) for name, parts in found.items()))
        for item, found in blocks.items()
    )


def _titles_and_blocks(
    rows: Iterable[Sequence[str]],
) -> tuple[dict[str, str], dict[str, dict[str, dict[str, str]]]]:
    """The digest of each item's title, and those of the parts of its blocks."""
    titles: dict[str, str] = {}
    blocks: dict[str, dict[str, dict[str, str]]] = {}
    for key, identity, digest in rows:
        item, _, rest = identity.partition("/")
        part, _, block = rest.partition("/")
        if not rest and key == names.item_name(item):
            titles[item], blocks[item] = digest, {}
        elif digest and item in blocks and part in _NAMES and key == _NAMES[part](item, block):
            blocks[item].setdefault(block, {})[part] = digest
    return titles, blocks


def _is_complete(blocks: Mapping[str, Mapping[str, str]]) -> bool:
    return bool(blocks) and all(parts.keys() == _NAMES.keys() for parts in blocks.values())


def _read(name: str, parts: Mapping[str, str]) -> BlockMark:
    text, starts = (parts[part].replace(_NONE, "") for part in (_PLAN_TEXT, _PROGRESS))
    return BlockMark(name, text, tuple(starts.split()), tuple(text.split()))


def mark_of(item: Item) -> ItemMark:
    """What an item of the plan is known by."""
    return ItemMark(item.id, title_hash(item.title), tuple(map(_mark, item.blocks)))


def _mark(block: Block) -> BlockMark:
    sentences = tuple(map(text_hash, block.sentences))
    return BlockMark(block.name, " ".join(sentences), tuple(map(start_hash, block.lines)), sentences)


def written_texts(plan: Plan, item: Item) -> set[str]:
    """Digests of an item's plan texts as a book shows them; not of those that hold figures."""
    return {text_hash(text) for block in item.blocks if (text := _written(plan, block))}


def _written(plan: Plan, block: Block) -> str:
    """The plan text of a block as a book shows it, '' where it holds figures."""
    words = (word for text in block.sentences for word in PLACEHOLDER.findall(text))
    if not all(map(is_placeholder, words)):
        return ""
    return "\n".join(fill_placeholders(text, plan.placeholder_context()) for text in block.sentences)


def item_label(item: Item) -> str:
    """An item as staff call it: 1-2-3「サービス水準の向上」."""
    return f"{item.id}「{item.title}」"
