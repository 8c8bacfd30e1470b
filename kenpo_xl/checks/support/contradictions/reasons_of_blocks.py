"""Reasons of ratings that are about what only another block counts or does (評価の理由)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.printed_text import printed_lines
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import noun_runs
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.submission.submission import RatingEntry

_COUNTS = ("者数", "件数", "所数", "回数", "人数", "関数", "社数", "率", "割合", "額", "参加者", "受診者")
_KINDS_OF_COUNTS = ("件数", "人数", "回数", "割合", "数", "率", "額")
_GENERAL = ("達成率", "進捗率", "実施率", "実施件数", "実施回数", "目標達成率", "予算額", "執行率")
_RESULT = LazyPattern(r"[、\s]*[^。、]{0,10}(?:目標|計画|上回|下回|超え|増[え加]|減[少っり]|届か|達し|伸び)")
_OTHERS = AnyOf("全国|他支部|他の|ほかの|連動|影響|伴い|一方")
_SHORTEST = 3
_CUT = 2


@frozen
class OtherBlock:
    """What a reason speaks of, and where that belongs: an item, or an item and a block."""

    words: str
    place: str


@frozen
class _Block:
    item: str
    block: str
    names: tuple[str, ...]
    """Its KPIs, and the rows and columns of its tables."""
    kpis: tuple[str, ...]
    spoken: str


def _other_block_with_name(
    blocks: tuple[_Block, ...], item: Item, rating: RatingEntry, words: str
) -> _Block | None:
    """The first other block with a name that ends with some words; of the own item by its KPIs alone."""
    for other in blocks:
        is_own = other.item == item.id and other.block == rating.block
        names = other.kpis if other.item == item.id else other.names
        if not is_own and any(name.endswith(words) for name in names):
            return other
    return None


def other_block_of_reason(context: CheckContext, item: Item, rating: RatingEntry) -> OtherBlock | None:
    """The block that a reason is about, where its own says nothing of that; None where it may be its own.

    受診者数が目標を上回った where no KPI, table or line of the item has such a count, and those of another
    have; 調査票を送付した where only one other item sends any.
    """
    blocks = context.computed_once(_blocks_of_plan)
    reason = half_width(rating.reason)
    if _OTHERS.is_in(reason) or _is_own_block_named(context, item, rating, reason):
        return None
    for words in _names_of_compared_counts(reason):
        if not _is_any_word_in_text(words, _texts_of_own_block(blocks, item, rating)):
            other = _other_block_with_name(blocks, item, rating, words)
            if other:
                return OtherBlock(words, _name_of_block(other, item))
    return _other_block_with_object(blocks, item, reason)


def _is_own_block_named(context: CheckContext, item: Item, rating: RatingEntry, reason: str) -> bool:
    """Whether a reason has a longer word that its own block says, but for one that blocks have in common."""
    blocks = context.computed_once(_blocks_of_plan)
    own = _texts_of_own_block(blocks, item, rating)
    words = [
        run for _, run in noun_runs(reason) if len(run) > _SHORTEST and run not in ("前年同期", "当初計画")
    ]
    return any(_plain_words(word) in own for word in words)


def _names_of_compared_counts(reason: str) -> Iterator[str]:
    """What a reason says was above or below something, each by the words that name the count."""
    plain = reason.replace("の", "")
    for start, run in noun_runs(plain):
        behind = plain[start + len(run) :]
        is_subject = behind[:1] in ("が", "は", "も")
        is_aim = behind.startswith("目標") or run.endswith("目標")
        words = run.removesuffix("目標")
        is_count = words.endswith(_COUNTS) and words not in _GENERAL and len(words) >= _SHORTEST
        if is_count and (is_aim or (is_subject and _RESULT.match(behind[1:]))):
            yield _plain_words(words)


def _is_any_word_in_text(words: str, spoken: str) -> bool:
    """Whether a text names a count, or what is counted: 受診者 for 受診者数."""
    kind = next((kind for kind in _KINDS_OF_COUNTS if words.endswith(kind)), "")
    stem = words.removesuffix(kind)
    return words in spoken or (len(stem) >= _CUT and stem in spoken)


def _other_block_with_object(blocks: tuple[_Block, ...], item: Item, reason: str) -> OtherBlock | None:
    """The only other item that does something with what a reason says was dealt with: 調査票を."""
    own = "|".join(one.spoken for one in blocks if one.item == item.id)
    for start, run in noun_runs(reason):
        if len(run) < _SHORTEST or reason[start + len(run) : start + len(run) + 1] != "を":
            continue
        words = _plain_words(run)
        owners = {one.item: one for one in blocks if f"{words}を" in one.spoken}
        is_new = words not in own and words[:_CUT] not in own and words[-_CUT:] not in own
        if len(owners) == 1 and is_new:
            return OtherBlock(run, _name_of_block(next(iter(owners.values())), item))
    return None


def _name_of_block(other: _Block, item: Item) -> str:
    return f"ブロック {other.block}" if other.item == item.id else other.item


def _texts_of_own_block(blocks: tuple[_Block, ...], item: Item, rating: RatingEntry) -> str:
    """What the block of a rating says, or its whole item where the block has no KPI of its own."""
    own = [one for one in blocks if one.item == item.id]
    block = [one for one in own if one.block == rating.block and one.kpis]
    return "|".join(one.spoken for one in block or own)


def _blocks_of_plan(context: CheckContext) -> tuple[_Block, ...]:
    """Every block of the plan with its names, and what it says: of this book's items the lines too."""
    lines: dict[tuple[str, str], list[str]] = {}
    for written in printed_lines(context):
        lines.setdefault((written.item.id, written.block), []).append(written.text)
    return tuple(
        _block_with_texts(
            context, item, block.name, [*block.sentences, *lines.get((item.id, block.name), [])]
        )
        for item in context.plan.items
        for block in item.blocks
    )


def _block_with_texts(context: CheckContext, item: Item, block: str, texts: list[str]) -> _Block:
    kpis = [
        _plain_words(one.kpi.name)
        for one in context.assessments.kpis
        if one.item == item.id and one.block in (block, "")
    ]
    tables = _table_names_of_block(context, item, block)
    axes = [
        axis.name for table in item.tables if table.name in tables for axis in (*table.rows, *table.columns)
    ]
    captions = [table.caption for table in item.tables if table.name in tables]
    names = (*kpis, *(_plain_words(part) for axis in axes for part in axis.split("＞")))
    spoken = _plain_words("|".join((*texts, *axes, *captions, *tables, *kpis)))
    return _Block(item.id, block, names, tuple(kpis), spoken)


def _table_names_of_block(context: CheckContext, item: Item, block: str) -> set[str]:
    """The tables of a block; all of the item where the book does not say."""
    entry = context.entries_by_item.get(item.id)
    placed = {
        line.text: line.block for line in (entry.lines if entry else ()) if line.kind is not LineKind.TEXT
    }
    return {table.name for table in item.tables if placed.get(table.name, block) == block}


def _plain_words(text: str) -> str:
    return normalized(text).replace("の", "")
