"""様式: lines that stand in another block than the one that they belong to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import noun_runs
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.submission.submission import ItemEntry

_NAMES = {LineKind.TABLE: "表", LineKind.KPI: "KPI"}
_PIECE, _SHORTEST = 3, 12
# So many pieces of two exchanged lines are in the plan of each other's block, and none in that of their own.
_LEAST_PIECES = 5
# Pieces that more than one in so many items have say nothing of one of them.
_SHARE = 3


@rule(
    "ST32",
    Family.STRUCTURE,
    Severity.WARNING,
    "表や KPI を載せる行が、計画とは別のブロックにあります",
    why="表や KPI は、その行の所に印字されます。別のブロックの評価の横に載ると、何の数か分かりません。",
    remedy="行の「内容」を、計画にあるブロックの行に入れ直してください。",
    superseded_by=("ST30",),
)
def table_or_kpi_in_another_block(context: CheckContext) -> Iterator[Violation]:
    """A line prints a table or a KPI that the plan has in other blocks of the item only."""
    for item in context.own_items:
        planned: dict[tuple[LineKind, str], list[str]] = defaultdict(list)
        for block in item.blocks:
            for line in block.lines:
                planned[line.kind, line.text].append(block.name)
        entry = context.entries_by_item.get(item.id)
        if entry and len(item.blocks) > 1:
            yield from _in_another_block(item, entry, planned)


def _in_another_block(
    item: Item, entry: ItemEntry, planned: dict[tuple[LineKind, str], list[str]]
) -> Iterator[Violation]:
    known = {block.name for block in item.blocks}
    for line in entry.lines:
        blocks = planned.get((line.kind, line.text), [])
        if line.kind is LineKind.TEXT or not blocks or line.block in blocks or line.block not in known:
            continue
        if line.source and not line.left_out:
            yield Violation(
                line.source,
                f"{item.id}/ブロック {line.block}/{line.text}",
                f"{_NAMES[line.kind]}「{line.text}」を載せる行は、計画ではブロック {blocks[0]} にあります。",
                f"この行をブロック {blocks[0]} に移してください。",
                line.text,
            )


@frozen
class _Misplaced:
    """A line without a word of its own block's plan, and its pieces in the plan of other blocks."""

    written: PrintedText
    block: str
    found: dict[str, int]


@rule(
    "ST33",
    Family.STRUCTURE,
    Severity.WARNING,
    "2 つのブロックか項の文が入れ替わっているようです",
    why="文が別のブロックにあると、計画の文の横に、その計画とは別の取組が印字されます。",
    remedy="文を、計画の文に合うブロックの行に移してください。",
    superseded_by=("WO20", "CO58"),
)
def lines_of_two_blocks_are_exchanged(context: CheckContext) -> Iterator[Violation]:
    """Two lines of an item each speak of the plan of the other one's block, and not of their own.

    Compared are pieces of three kanji or katakana: both have some in the plan of the other block, five
    together, and none in that of their own block. Of two items, pieces that few items have: both have more
    of the other item's plan and tables than of their own, five more together.
    """
    for item in context.own_items:
        if len(item.blocks) > 1:
            yield from _exchanged(list(_misplaced(context, item)))
    yield from _exchanged_between_items(context)


def _misplaced(context: CheckContext, item: Item) -> Iterator[_Misplaced]:
    plans = {
        block.name: normalized("|".join((*block.sentences, *(line.text for line in block.lines))))
        for block in item.blocks
    }
    for written in printed_lines(context, item.id):
        block = written.line.block if written.line else ""
        if not plans.get(block) or len(written.text) < _SHORTEST:
            continue
        if not any(piece in plans[block] for piece in _pieces(written.text)):
            pieces = set(_pieces(written.text))
            found = {name: _count(pieces, text) for name, text in plans.items() if name != block}
            yield _Misplaced(written, block, found)


def _pieces(text: str) -> Iterator[str]:
    for _, run in noun_runs(normalized(text)):
        yield from (run[at : at + _PIECE] for at in range(len(run) - _PIECE + 1))


def _count(pieces: Iterable[str], text: str) -> int:
    return sum(piece in text for piece in pieces)


def _exchanged(lines: Sequence[_Misplaced]) -> Iterator[Violation]:
    left = list(lines)
    for one in lines:
        for other in left if one in left else ():
            in_other, in_own = one.found.get(other.block, 0), other.found.get(one.block, 0)
            if in_other and in_own and in_other + in_own >= _LEAST_PIECES:
                left = [line for line in left if line not in (one, other)]
                yield _exchange_violation(one, other)
                break


_Scored = tuple[PrintedText, dict[str, int]]


def _exchanged_between_items(context: CheckContext) -> Iterator[Violation]:
    lines = list(_nearer_to_other_items(context))
    while lines:
        one, scores = lines.pop(0)
        for other, others in lines:
            here, there = one.item.id, other.item.id
            gains = (scores[there] - scores[here], others[here] - others[there])
            if here != there and min(gains) > 0 and sum(gains) >= _LEAST_PIECES:
                lines.remove((other, others))
                yield _item_violation(one, other)
                break


def _nearer_to_other_items(context: CheckContext) -> Iterator[_Scored]:
    """The lines that have more pieces of another item than of their own, and how many of each item."""
    pieces = {item.id: set(_pieces(_words_of(item))) for item in context.own_items}
    items_with = Counter(piece for found in pieces.values() for piece in found)
    few = max(1, len(pieces) // _SHARE)
    rare = {item: {one for one in found if items_with[one] <= few} for item, found in pieces.items()}
    for written in printed_lines(context) if len(pieces) > 1 else ():
        if len(written.text) < _SHORTEST:
            continue
        own = set(_pieces(written.text))
        scores = {item: len(own & found) for item, found in rare.items()}
        if max(scores.values()) > scores[written.item.id]:
            yield written, scores


def _words_of(item: Item) -> str:
    """What the plan says in the blocks and tables of an item."""
    blocks = [words for block in item.blocks for words in (*block.sentences, *(x.text for x in block.lines))]
    tables = [
        words
        for one in item.tables
        for words in (one.name, *(axis.name for axis in (*one.columns, *one.rows)))
    ]
    return "|".join((item.title, *blocks, *tables))


def _item_violation(one: PrintedText, other: PrintedText) -> Violation:
    place = f"{other.source.sheet}!{other.source.cell}"
    return one.violation(
        0,
        f"{quoted(one.text)}は、{other.item.id} の計画に合います。{other.item.id} の文（{place}）と"
        "入れ替わっているようです。",
        "2 つの文を、計画の文に合う項の行に移してください。",
        actual=one.text[:30],
        related=(other.source,),
    )


def _exchange_violation(one: _Misplaced, other: _Misplaced) -> Violation:
    cell = other.written.source
    return one.written.violation(
        0,
        f"{quoted(one.written.text)}は、ブロック {other.block} の計画の文に合います。"
        f"ブロック {other.block} の文（{cell.cell}）と入れ替わっているようです。",
        "2 つの文を、計画の文に合うブロックの行に移してください。",
        actual=one.written.text[:30],
        related=(cell,),
    )
