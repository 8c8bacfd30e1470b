"""An event that two sentences of an item report with another day or another place (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, found_in_each
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.sense.reported_events import ReportedEvent, reported_events


@rule(
    "CO49",
    Family.AGREEMENT,
    Severity.WARNING,
    "同じ行事の日か場所が、ほかの文と違います",
    why="「6月19日に県民会館で開催した」と「6月19日の説明会（市民ホール）」では、どこで開いたのか読み手に分かりません。",
    remedy="実際の日と場所を確かめ、違う方を直してください。別の行事なら、見分けられるように書いてください。",
    superseded_by=("CO06", "CO11", "CO48", "CO63", "WO20", "WO57"),
)
def events_contradict(context: CheckContext) -> Iterator[Violation]:
    """Two sentences of an item name one event: on one day at two places, or the second is about it."""
    by_item: dict[str, list[tuple[PrintedText, ReportedEvent]]] = {}
    for written, events in found_in_each(context, reported_events):
        reported = by_item.setdefault(written.item.id, [])
        for event in events if written.line else ():
            before = next((one for one in reported if one[1].contradicts(event)), None)
            if before:
                yield _violation_for_contradictory_events(written, event, *before)
            reported.append((written, event))


def _violation_for_contradictory_events(
    written: PrintedText, event: ReportedEvent, other: PrintedText, before: ReportedEvent
) -> Violation:
    kind = before.contradicts(event)
    here, there = (_text_of_day_or_place(one, kind) for one in (event, before))
    source = other.source_at(before.start)
    return written.violation(
        event.start,
        f"「{event.name}」の{kind}が、ここでは「{here}」ですが、"
        f"{source.sheet}!{source.cell} では「{there}」です。",
        f"実際の{kind}を確かめ、違う方を直してください。",
        actual=here,
        related=(source,),
    )


def _text_of_day_or_place(event: ReportedEvent, kind: str) -> str:
    month, day = event.day
    return event.place if kind == "場所" else f"{month}月{day}日"
