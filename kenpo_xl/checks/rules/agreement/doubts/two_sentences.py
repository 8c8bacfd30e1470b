"""What two sentences of an item say of one thing: a day, a count, a direction (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, rule
from kenpo_xl.checks.support.printed_text import printed_lines, quoted
from kenpo_xl.checks.support.sentence_pairs.item_sentences import SentenceDoubt, sentences_of_item
from kenpo_xl.checks.support.sentence_pairs.other_counts import other_counts
from kenpo_xl.checks.support.sentence_pairs.other_days import other_days
from kenpo_xl.checks.support.sentence_pairs.other_directions import other_directions
from kenpo_xl.domain.findings.finding import Family, Severity, Violation


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
    for _, lines in groupby(printed_lines(context), lambda written: written.item.id):
        sentences = sentences_of_item(lines)
        for doubt in (*other_days(sentences), *other_counts(sentences), *other_directions(sentences)):
            yield _violation(doubt)


def _violation(doubt: SentenceDoubt) -> Violation:
    source = doubt.other.written.source_at(doubt.other.start)
    return doubt.sentence.written.violation(
        doubt.sentence.start + doubt.place,
        f"ここでは「{doubt.here}」ですが、{source.sheet}!{source.cell} の"
        f"{quoted(doubt.other.text.strip('・•●■※ '))}では「{doubt.there}」です。",
        "同じことか確かめ、違う方を直してください。",
        actual=doubt.here,
        related=() if source == doubt.sentence.written.source else (source,),
    )
