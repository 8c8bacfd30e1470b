"""様式: lines of text that were typed in each other's block or item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.past_reports import last_report_of_fiscal_year
from kenpo_xl.checks.support.printed_text import PrintedText, digest_of_texts, printed_lines, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.sense.topics import (
    Key,
    PlacedLine,
    Topics,
    indexes_of_exchanged_lines,
    pieces_of,
)
from kenpo_xl.domain.plan.items import Block, Item
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.table import Table

_SHORTEST = 12
# Two lines together are so much nearer to each other's place than to their own; blocks share words.
_LEAST = 2.5
_LEAST_OF_BLOCKS = 5.0
# A line with a sentence more is still the same line.
_FEWEST_PIECES, _SAME_SHARE = 6, 0.8

_Place = tuple[str, str]
"""The number of an item and the name of a block."""


class _Texts(NamedTuple):
    """What decides where a line belongs: words of the plan, last quarter's lines, and the lines in order."""

    of_items: Mapping[str, list[str]]
    of_blocks: Mapping[_Place, list[str]]
    reported: Mapping[_Place, Sequence[str]]
    written: Sequence[tuple[_Place, str]]


@rule(
    "ST33",
    Family.STRUCTURE,
    Severity.INFO,
    "2 つのブロックか項の文が入れ替わっているようです",
    why="文が別のブロックにあると、計画の文の横に、その計画とは別の取組が印字されます。",
    remedy="文を、計画の文に合うブロックの行に移してください。",
    superseded_by=("WO20", "CO58"),
)
def lines_of_two_blocks_are_exchanged(context: CheckContext) -> Iterator[Violation]:
    """Two lines are each nearer to the plan and the lines of each other's block or item than of their own.

    Compared are pieces of two and three kanji or katakana; the fewer of the blocks or items have one, the
    more it says. What was reported there last quarter counts as well. Silent where the other place, or one
    that is nearer still, has the line as well. A remark only: the words of a right line that is new to its
    item can be those of another item's plan.
    """
    written = [one for one in printed_lines(context) if one.line and not one.line.text_field]
    texts = _Texts(
        {item.id: list(words_of_item(item)) for item in context.own_items},
        {(item.id, block.name): list(_words_of_block(item, block)) for item, block in _own_blocks(context)},
        _reported_lines(context),
        [((one.item.id, one.block), one.text) for one in written],
    )
    found = context.remember(
        "exchanged lines", digest_of_texts(texts), lambda: [*_index_pairs_in_items_and_blocks(texts)]
    )
    for first, second in found:
        yield _violation_for_exchanged_lines(written[first], written[second])


def _index_pairs_in_items_and_blocks(texts: _Texts) -> Iterator[tuple[int, int]]:
    """The numbers of the lines of each pair, of items before blocks, each line in one pair."""
    of_items = [(item, reported) for (item, _), reported in texts.reported.items()]
    written = [(item, text) for (item, _), text in texts.written]
    paired: set[int] = set()
    for pair in (
        *_index_pairs_of_exchanged_lines(
            texts.of_items, of_items, written, _LEAST, lambda one, other: one != other
        ),
        *_index_pairs_of_exchanged_lines(
            texts.of_blocks, texts.reported.items(), texts.written, _LEAST_OF_BLOCKS, _are_of_one_item
        ),
    ):
        if paired.isdisjoint(pair):
            paired.update(pair)
            yield pair


def _own_blocks(context: CheckContext) -> Iterator[tuple[Item, Block]]:
    return ((item, block) for item in context.own_items for block in item.blocks)


def _are_of_one_item(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] == other[0] and one != other


def _reported_lines(context: CheckContext) -> Mapping[_Place, tuple[str, ...]]:
    past = last_report_of_fiscal_year(context)
    return past.lines if past else {}


def _index_pairs_of_exchanged_lines(
    planned: Mapping[Key, list[str]],
    before: Iterable[tuple[Key, Sequence[str]]],
    placed: Sequence[tuple[Key, str]],
    least: float,
    are_two_places: Callable[[Key, Key], bool],
) -> Iterator[tuple[int, int]]:
    """The numbers of two of the `placed` texts each that are in each other's place."""
    known = [number for number, (place, _) in enumerate(placed) if place in planned]
    lines = [PlacedLine(place, pieces_of(text)) for place, text in (placed[number] for number in known)]
    reported = [
        PlacedLine(place, pieces_of(text)) for place, texts in before if place in planned for text in texts
    ]
    topics = Topics(planned, [*reported, *lines])
    places: dict[frozenset[str], set[Key]] = {}

    def is_nearer_to_copy(one: PlacedLine[Key], other: PlacedLine[Key]) -> bool:
        """Whether the line is also in the other place, or in one that it is nearer to."""
        if one.pieces not in places:
            places[one.pieces] = {
                line.place for line in lines if _have_most_pieces_in_common(line.pieces, one.pieces)
            }
        copies = places[one.pieces] - {one.place}
        nearness = topics.nearness_without(one, other.place, other.pieces) if copies else 0
        return other.place in copies or any(
            topics.nearness_without(one, copy, one.pieces) > nearness for copy in copies
        )

    def are_comparable(one: PlacedLine[Key], other: PlacedLine[Key]) -> bool:
        if not are_two_places(one.place, other.place):
            return False
        return not is_nearer_to_copy(one, other) and not is_nearer_to_copy(other, one)

    long = [at for at, number in enumerate(known) if len(placed[number][1]) >= _SHORTEST]
    for first, second in indexes_of_exchanged_lines(
        topics, [lines[at] for at in long], least, are_comparable
    ):
        yield known[long[first]], known[long[second]]


def _have_most_pieces_in_common(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether nearly all pieces of one of two lines are in the other as well."""
    fewest = min(len(one), len(other))
    return one == other or (fewest >= _FEWEST_PIECES and len(one & other) >= _SAME_SHARE * fewest)


def words_of_item(item: Item) -> Iterator[str]:
    """The texts of an item's plan: its title, sentences, first lines and tables."""
    yield item.title
    for block in item.blocks:
        yield from block.sentences
        yield from (line.text for line in block.lines)
    yield from _words_of_tables(item.tables)


def _words_of_block(item: Item, block: Block) -> Iterator[str]:
    yield from block.sentences
    yield from (line.text for line in block.lines)
    tables = [item.table(line.text) for line in block.lines if line.kind is LineKind.TABLE]
    yield from _words_of_tables(table for table in tables if table)


def _words_of_tables(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        yield table.name
        yield from (axis.name for axis in (*table.columns, *table.rows))


def _violation_for_exchanged_lines(one: PrintedText, other: PrintedText) -> Violation:
    if one.item.id == other.item.id:
        home, unit = f"ブロック {other.block}", "ブロック"
        place = other.source.cell
    else:
        home, unit = other.item.id, "項"
        place = f"{other.source.sheet}!{other.source.cell}"
    return one.violation(
        0,
        f"{quoted(one.text)}は、{home} の計画の文に合います。"
        f"{home} の文（{place}）と入れ替わっているようです。",
        f"2 つの文を、計画の文に合う{unit}の行に移してください。",
        actual=one.text[:30],
        related=(other.source,),
    )
