"""What the items of a plan are known by in a book: the rows of its hidden sheet, written and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kenpo_xl.domain.belonging import BlockMark, ItemMark
from kenpo_xl.domain.placeholders import PLACEHOLDER, fill, is_known
from kenpo_xl.domain.plan import Block, Item, Plan, StartLine
from kenpo_xl.excel import names
from kenpo_xl.excel.digests import text_hash, title_hash

Row = tuple[str, str, str]
CONTINUED = "（前のブロックの続き）"
"""What a book shows for the plan text of a block without sentences."""
_PLAN_TEXT, _PROGRESS = "計画内容", "実施状況"
_NONE = "－"
_CONTINUED = text_hash(CONTINUED)


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
    """The items that a book was made with, by the rows of its hidden sheet.

    A book made before there were digests of sentences has those of the plan text as written in their place;
    one without any says nothing.
    """
    found: dict[str, tuple[str, dict[str, dict[str, str]]]] = {}
    for key, identity, digest in rows:
        item, _, rest = identity.partition("/")
        part, _, block = rest.partition("/")
        if not rest and key == names.item_name(item):
            found[item] = (digest, {})
        elif digest and item in found and key in _names_of(item, part, block):
            found[item][1].setdefault(block, {})[key] = digest
    if not all(blocks for _, blocks in found.values()):
        return ()
    return tuple(
        ItemMark(item, title or None, tuple(_block(item, name, kept) for name, kept in blocks.items()))
        for item, (title, blocks) in found.items()
    )


def _names_of(item: str, part: str, block: str) -> tuple[str, ...]:
    if part == _PROGRESS:
        return (names.starts_name(item, block),) if block else ()
    return (names.plan_name(item, block), names.sentences_name(item, block)) if part == _PLAN_TEXT else ()


def _block(item: str, name: str, kept: dict[str, str]) -> BlockMark:
    written = kept.get(names.plan_name(item, name))
    text = kept.get(names.sentences_name(item, name), written)
    starts = kept.get(names.starts_name(item, name))
    if text in (_NONE, _CONTINUED):
        text = ""
    return BlockMark(
        name,
        text,
        None if starts is None else tuple(starts.replace(_NONE, "").split()),
        tuple((text or "").split()),
    )


def mark_of(plan: Plan, item: Item, *, as_written: bool = False) -> ItemMark:
    """What an item of the plan is known by; `as_written` in a book without digests of sentences."""
    blocks = (_as_written(plan, block) if as_written else _mark(block) for block in item.blocks)
    return ItemMark(item.id, title_hash(item.title), tuple(blocks))


def has_sentences(marks: Iterable[ItemMark]) -> bool:
    """Whether a book holds digests of sentences and starting lines."""
    return any(block.starts is not None for mark in marks for block in mark.blocks)


def _mark(block: Block) -> BlockMark:
    sentences = tuple(map(text_hash, block.sentences))
    return BlockMark(block.name, " ".join(sentences), tuple(map(start_hash, block.lines)), sentences)


def _as_written(plan: Plan, block: Block) -> BlockMark:
    """A block by its plan text as written in a book, which is not known where it speaks of figures."""
    words = (word for text in block.sentences for word in PLACEHOLDER.findall(text))
    if not all(map(is_known, words)):
        return BlockMark(block.name, None)
    text = "\n".join(fill(text, plan.moment()) for text in block.sentences)
    return BlockMark(block.name, text_hash(text) if text else "")
