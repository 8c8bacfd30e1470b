"""The same count in two sentences of a block: their numbers must agree (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, sentences_with_start
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.sense.counted_subjects import CountedSubject, counted_subject

_Count = tuple[PrintedText, int, CountedSubject]
_LEAST_OF_TOTAL, _LEAST, _LEAST_IN_ITEM = 3, 5, 8
"""Letters of a subject: shorter ones may be of another thing each."""


@rule(
    "CO48",
    Family.AGREEMENT,
    Severity.WARNING,
    "同じことの数が、ほかの行と違います",
    why="「説明会には76名が参加した」と「説明会の参加者は103名」が並ぶと、どちらが正しいのか読み手に分かりません。",
    remedy="実際の数を確かめ、違う方を直してください。別のことなら、見分けられるように書いてください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        *("CO04", "CO06", "CO10", "CO11", "CO16", "CO59", "CO63", "CO96", "WO20"),
    ),
)
def same_count_has_two_numbers(context: CheckContext) -> Iterator[Violation]:
    """Two sentences of a block that begin with the same words and count the same in the same unit.

    説明会を3回開催した and 説明会の開催回数は5回. Silent where only one names a time, for parts (うち, 各)
    and short names of which nothing says that it is all. In other blocks of the item for long names only.
    """
    by_item: dict[str, list[_Count]] = {}
    for written in printed_lines(context):
        counts = by_item.setdefault(written.item.id, [])
        for found in _counts_of(written):
            before = next((one for one in counts if _contradict(one, found)), None)
            if before:
                yield _violation(before, found)
            else:
                counts.append(found)


def _counts_of(written: PrintedText) -> Iterator[_Count]:
    plain = half_width(written.text)
    for sentence, start in sentences_with_start(plain):
        found = counted_subject(sentence)
        if found:
            yield written, start + found.start, found


def _contradict(before: _Count, now: _Count) -> bool:
    (one, _, first), (other, _, second) = before, now
    least = _LEAST_OF_TOTAL if first.is_total or second.is_total else _LEAST
    if one.block != other.block:
        least = _LEAST_IN_ITEM
    return len(first.subject) >= least and first.contradicts(second)


def _violation(before: _Count, now: _Count) -> Violation:
    (written, start, found), (other, at, first) = now, before
    source = other.source_at(at)
    act = f"の{found.act}" if found.act else ""
    return written.violation(
        start,
        f"「{found.subject}」{act}は、ここでは「{found.words}」ですが、"
        f"{source.sheet}!{source.cell} では「{first.words}」です。",
        "実際の数を確かめ、違う方を直してください。別のことなら、見分けられるように書いてください。",
        actual=found.words,
        related=(source,),
    )
