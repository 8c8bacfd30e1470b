"""The marks by which a book recognizes the items of a plan: rows of its hidden sheet, written and read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kenpo_xl.books.common import names
from kenpo_xl.books.common.digests import text_hash, title_hash
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders, is_placeholder
from kenpo_xl.domain.plan.plan import Block, Item, Plan, StartLine
from kenpo_xl.domain.submission.plan_match import BlockMark, ItemMark

StampRow = tuple[str, str, str]
"""Excel name, identity and digest of a part of a book."""
DigestsByBlock = dict[str, dict[str, str]]
"""The digests of the blocks of an item, by block and part."""
_CONTINUED, _NO_SENTENCES = "（前のブロックの続き）", "（計画の文はありません）"
_PLAN_TEXT, _PROGRESS, _NUMBER = "計画内容", "実施状況", "番号"
_NONE = "－"
_NAMES = {_PLAN_TEXT: names.sentences_key, _PROGRESS: names.start_lines_key}
"""The two rows of a block: the word in its identity, and the function of its key."""


def stamp_rows_of_item(item: Item) -> Iterator[StampRow]:
    """The rows of an item: Excel name, identity, digests of title, sentences and starting lines.

    Where the item or block has a key, one more row contains its number.
    """
    yield names.item_excel_name(item.key), item.key, title_hash(item.title)
    if item.own_key:
        yield names.number_key(item.key), f"{item.key}/{_NUMBER}", item.id
    for block in item.blocks:
        place = (item.key, block.key)
        sentences = " ".join(map(text_hash, block.sentences)) or _NONE
        yield names.sentences_key(*place), f"{item.key}/{_PLAN_TEXT}/{block.key}", sentences
        starts = " ".join(map(start_line_hash, block.lines)) or _NONE
        yield names.start_lines_key(*place), f"{item.key}/{_PROGRESS}/{block.key}", starts
        if block.own_key:
            yield names.number_key(*place), f"{item.key}/{_NUMBER}/{block.key}", block.name


def start_line_hash(line: StartLine) -> str:
    """The kind of a line that a block starts with and a digest of its text, behind that of its text field."""
    field = f"{text_hash(line.text_field)}:" if line.text_field else ""
    return f"{field}{line.kind}:{text_hash(line.text)}"


def item_marks_in_stamp(rows: Iterable[Sequence[str]]) -> tuple[ItemMark, ...]:
    """The marks of the items with which a book was built, from its hidden sheet; () if one is incomplete."""
    rows = list(rows)
    titles, blocks = _digests_of_titles_and_blocks(rows)
    if not all(titles[item] and _have_all_digests(found) for item, found in blocks.items()):
        return ()
    numbers = {key: number for key, _, number in rows}
    return tuple(_item_mark_from_digests(item, titles[item], blocks[item], numbers) for item in blocks)


def _item_mark_from_digests(
    item: str, title: str, blocks: DigestsByBlock, numbers: Mapping[str, str]
) -> ItemMark:
    """The mark of an item; `numbers` has those of items and blocks with a key, by the key in the stamp."""
    found = []
    for block, parts in blocks.items():
        name = numbers.get(names.number_key(item, block), "")
        found.append(_block_mark_from_digests(name or block, parts, block if name else ""))
    number = numbers.get(names.number_key(item), "")
    return ItemMark(number or item, title, tuple(found), item if number else "")


def _digests_of_titles_and_blocks(
    rows: Iterable[Sequence[str]],
) -> tuple[dict[str, str], dict[str, DigestsByBlock]]:
    """The digest of each item's title, and by item, block and part those of its blocks."""
    titles: dict[str, str] = {}
    blocks: dict[str, DigestsByBlock] = {}
    for key, identity, digest in rows:
        item, _, rest = identity.partition("/")
        part, _, block = rest.partition("/")
        if not rest and key == names.item_excel_name(item):
            titles[item], blocks[item] = digest, {}
        elif digest and item in blocks and part in _NAMES and key == _NAMES[part](item, block):
            blocks[item].setdefault(block, {})[part] = digest
    return titles, blocks


def _have_all_digests(blocks: Mapping[str, Mapping[str, str]]) -> bool:
    return bool(blocks) and all(parts.keys() == _NAMES.keys() for parts in blocks.values())


def _block_mark_from_digests(name: str, parts: Mapping[str, str], key: str) -> BlockMark:
    text, starts = (parts[part].replace(_NONE, "") for part in (_PLAN_TEXT, _PROGRESS))
    return BlockMark(name, text, tuple(starts.split()), tuple(text.split()), key)


def item_mark(item: Item) -> ItemMark:
    """The mark of an item of the plan."""
    return ItemMark(item.id, title_hash(item.title), tuple(map(_block_mark, item.blocks)), item.own_key)


def _block_mark(block: Block) -> BlockMark:
    sentences = tuple(map(text_hash, block.sentences))
    starts = tuple(map(start_line_hash, block.lines))
    return BlockMark(block.name, " ".join(sentences), starts, sentences, block.own_key)


def plan_text_hashes(plan: Plan, item: Item) -> set[str]:
    """The hashes of an item's plan texts as a book displays them, without texts that contain figures."""
    return {text_hash(text) for block in item.blocks if (text := _displayed_plan_text(plan, block))}


def _displayed_plan_text(plan: Plan, block: Block) -> str:
    """The plan text of a block as a book displays it, '' if it contains figures."""
    words = (word for text in block.sentences for word in PLACEHOLDER.findall(text))
    if not all(map(is_placeholder, words)):
        return ""
    return "\n".join(fill_placeholders(text, plan.placeholder_context()) for text in block.sentences)


def item_label(item: Item) -> str:
    """The number and title of an item: 1-2-3「サービス水準の向上」."""
    return f"{item.id}「{item.title}」"


def text_in_place_of_sentences(item: Item, block: Block) -> str:
    """The plan text that a book displays for a block without sentences: it continues the one before it."""
    return _NO_SENTENCES if block.name == item.blocks[0].name else _CONTINUED
