"""An event that two sentences of an item tell with another day or another place (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.sense.told_events import ToldEvent, told_events


@rule(
    "CO49",
    Family.AGREEMENT,
    Severity.WARNING,
    "同じ行事の日か場所が、ほかの文と違います",
    why="「6月19日に県民会館で開催した」と「6月19日の説明会（市民ホール）」では、どこで開いたのか読み手に分かりません。",
    remedy="実際の日と場所を確かめ、違う方を直してください。別の行事なら、見分けられるように書いてください。",
    superseded_by=("CO06", "CO11", "CO48", "CO63", "WO20", "WO57"),
)
def event_is_told_in_two_ways(context: CheckContext) -> Iterator[Violation]:
    """Two sentences of an item name one event: on one day at two places, or the second is about it."""
    by_item: dict[str, list[tuple[PrintedText, ToldEvent]]] = {}
    for written in printed_lines(context):
        told = by_item.setdefault(written.item.id, [])
        for event in told_events(written.text):
            before = next((one for one in told if one[1].contradicts(event)), None)
            if before:
                yield _violation(written, event, *before)
            told.append((written, event))


def _violation(written: PrintedText, event: ToldEvent, other: PrintedText, before: ToldEvent) -> Violation:
    kind = before.contradicts(event)
    here, there = (_said(one, kind) for one in (event, before))
    source = other.source_at(before.start)
    return written.violation(
        event.start,
        f"「{event.name}」の{kind}が、ここでは「{here}」ですが、"
        f"{source.sheet}!{source.cell} では「{there}」です。",
        f"実際の{kind}を確かめ、違う方を直してください。",
        actual=here,
        related=(source,),
    )


def _said(event: ToldEvent, kind: str) -> str:
    month, day = event.day
    return event.place if kind == "場所" else f"{month}月{day}日"
