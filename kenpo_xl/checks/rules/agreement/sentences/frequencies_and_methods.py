"""How often or by which method something is done, which two lines state in two ways (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, found_in_each, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.times.stated_practices import StatedPractice, stated_practices


@rule(
    "CO130",
    Family.AGREEMENT,
    Severity.INFO,
    "同じことの回数や開催の方法が、ほかの行と違います",
    why="「毎月の打合せ」と「打合せを四半期に1回」、「（ｅ－ラーニング）」と「（集合研修）」が並ぶと、どちらなのか読み手に分かりません。",
    remedy="実際の回数や方法を確かめ、違う方を直してください。別のことなら、見分けられるように書いてください。",
    superseded_by=("CO48", "CO49", "WO20", "ST33"),
)
def frequency_or_method_is_another(context: CheckContext) -> Iterator[Violation]:
    """Two lines of an item state how often a thing is done, or two of the book the method, in two ways."""
    first: dict[tuple[str, str], tuple[PrintedText, StatedPractice]] = {}
    for written, practices in found_in_each(context, stated_practices):
        for stated in practices if written.line else ():
            place = written.item.id if stated.is_frequency else ""
            other, before = first.setdefault((place, stated.thing), (written, stated))
            if before.meaning != stated.meaning and other is not written:
                yield _violation_for_two_practices(written, stated, other, before)


def _violation_for_two_practices(
    written: PrintedText, stated: StatedPractice, other: PrintedText, before: StatedPractice
) -> Violation:
    there = other.source
    return written.violation(
        stated.start,
        f"「{stated.thing}」が、ここでは{quoted(stated.words)}、"
        f"{there.sheet}!{there.cell} では{quoted(before.words)}です。",
        "実際の回数や方法を確かめ、違う方を直してください。",
        actual=stated.words,
        related=(there,),
    )
