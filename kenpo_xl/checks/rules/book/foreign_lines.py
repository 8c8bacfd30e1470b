"""様式: a line about what the plan has in another item only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.book.exchanged_lines import words_of_item
from kenpo_xl.checks.support.printed_text import PrintedText, digest_of_texts, printed_lines, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import noun_runs
from kenpo_xl.domain.language.normalize import normalized

_LENGTH = 3
_FEWEST, _MOST_OWN, _LEAST_OTHER = 5, 0.2, 0.4
_NEXT = 1.5
"""How much more of a line the nearest item must have than the one after it."""
_Line = tuple[str, str]
"""The number of an item and the text of one of its lines."""


@rule(
    "ST35",
    Family.STRUCTURE,
    Severity.INFO,
    "別の項のことが書かれているようです",
    why="ほかの項やグループの文を貼り付けたままだと、計画の文の横に、その計画とは別の取組が印字されます。",
    remedy="この項で実施したことに書き直すか、文を計画の文に合う項に移してください。",
    superseded_by=("ST33", "WO20", "CO58", "CO11", "CO49"),
)
def line_is_about_another_item(context: CheckContext) -> Iterator[Violation]:
    """Much of a line is in the plan of one other item, of any group, and next to nothing in its own.

    Compared are pieces of three kanji or katakana. What the other lines of the item and its tables say counts
    as its own.
    """
    lines = [one for one in printed_lines(context) if one.line and not one.line.text_field]
    texts: list[_Line] = [(one.item.id, one.text) for one in lines]
    plans = context.computed_once(_text_by_item)
    found = context.remember(
        "lines about another item",
        digest_of_texts((texts, plans)),
        lambda: [*_line_indexes_and_other_items(texts, plans)],
    )
    for number, item in found:
        yield _violation_for_foreign_line(lines[number], item)


def _violation_for_foreign_line(written: PrintedText, item: str) -> Violation:
    return written.violation(
        0,
        f"{quoted(written.text)}は、この項の計画の文と合わず、{item} の計画の文に合います。",
        f"{item} のことなら、その項に移してください。この項のことなら、そのままで構いません。",
        actual=written.text[:30],
    )


def _text_by_item(context: CheckContext) -> Mapping[str, str]:
    """All words of each item of the plan, normalized."""
    return {
        item.id: normalized("|".join(words_of_item(item)))
        for section in context.plan.sections
        for item in section.items
    }


def _line_indexes_and_other_items(lines: list[_Line], plans: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The number of each line that is about another item, and that item."""
    for number, (item, text) in enumerate(lines):
        pieces = _letter_pieces(text)
        if len(pieces) < _FEWEST:
            continue
        if _has_enough_pieces_in_own_text(plans.get(item, ""), pieces):
            continue
        others = "|".join(other for at, (place, other) in enumerate(lines) if place == item and at != number)
        if _has_enough_pieces_in_own_text(plans.get(item, "") + normalized(others), pieces):
            continue
        nearest = _nearest_item(pieces, item, plans)
        if nearest:
            yield number, nearest


def _has_enough_pieces_in_own_text(own: str, pieces: frozenset[str]) -> bool:
    """Whether the item of a line has more of its pieces than a line of another item shares with it."""
    return sum(piece in own for piece in pieces) > _MOST_OWN * len(pieces)


def _letter_pieces(text: str) -> frozenset[str]:
    return frozenset(
        run[at : at + _LENGTH]
        for _, run in noun_runs(normalized(text))
        for at in range(len(run) - _LENGTH + 1)
    )


def _nearest_item(pieces: frozenset[str], own: str, plans: Mapping[str, str]) -> str:
    """The item whose plan has most of some pieces, '' where it has few, or another has nearly as many."""
    shared = sorted(
        ((sum(piece in text for piece in pieces), item) for item, text in plans.items() if item != own),
        reverse=True,
    )
    (most, nearest), (after, _) = (*shared, (0, ""), (0, ""))[:2]
    is_near = most >= max(_FEWEST, _LEAST_OTHER * len(pieces)) and most >= _NEXT * after
    return nearest if is_near else ""
