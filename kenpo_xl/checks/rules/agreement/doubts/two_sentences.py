"""What two sentences of an item say of one thing: a day, a count, a direction (整合)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, rule
from kenpo_xl.checks.support.printed_text import PrintedText, digest_of_texts, printed_lines, quoted
from kenpo_xl.checks.support.sentence_pairs.item_sentences import sentences_of_item
from kenpo_xl.checks.support.sentence_pairs.other_counts import doubts_on_counts
from kenpo_xl.checks.support.sentence_pairs.other_days import doubts_on_days
from kenpo_xl.checks.support.sentence_pairs.other_directions import doubts_on_directions
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.source import Source


@rule(
    "CO113",
    Family.AGREEMENT,
    Severity.INFO,
    "同じことの日付、数か増減が、ほかの文と違うようです",
    why="2 つの文が同じことを別の日や数で書くと、どちらが正しいのか読み手に分かりません。",
    remedy="どちらが正しいか確かめ、違う方を直してください。別のことなら、見分けられるように書いてください。",
    superseded_by=(ANY_OTHER,),
)
def sentences_of_one_thing_differ(context: CheckContext) -> Iterator[Violation]:
    """Two sentences of an item share a name that few have, and give it another day, count or direction.

    A day where the name follows it (9月12日に送付した調査票) and no sentence has that day; a count of one
    unit that a slip makes of the other; 増加 and 減少 of one subject at the same time.
    """
    lines = tuple(printed_lines(context))
    texts = [(one.item.id, one.text) for one in lines]
    found = context.remember(
        "two sentences", digest_of_texts(texts), lambda: [*_doubted_places_of_two_sentences(texts)]
    )
    for line, place, here, other, start, sentence, there in found:
        yield _violation_for_two_sentences(
            lines[line], place, here, (lines[other].source_at(start), sentence, there)
        )


def _doubted_places_of_two_sentences(
    texts: Iterable[tuple[str, str]],
) -> Iterator[tuple[int, int, str, int, int, str, str]]:
    """The line, the place and the words of each doubt; the line, start, text and words of the other side."""
    for _, lines in groupby(enumerate(texts), lambda line: line[1][0]):
        sentences = sentences_of_item((number, text) for number, (_, text) in lines)
        for one in (
            *doubts_on_days(sentences),
            *doubts_on_counts(sentences),
            *doubts_on_directions(sentences),
        ):
            here, other = one.sentence, one.other
            yield here.line, here.start + one.place, one.here, other.line, other.start, other.text, one.there


def _violation_for_two_sentences(
    written: PrintedText, place: int, here: str, other: tuple[Source, str, str]
) -> Violation:
    source, sentence, there = other
    return written.violation(
        place,
        f"ここでは「{here}」ですが、{source.sheet}!{source.cell} の"
        f"{quoted(sentence.strip(LINE_MARKS))}では「{there}」です。",
        "同じことか確かめ、違う方を直してください。",
        actual=here,
        related=() if source == written.source else (source,),
    )
