"""Rules on numbered events (第2回運営委員会) that several lines name: their dates must agree (表記)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.miswritten import report_time_of
from kenpo_xl.checks.support.other_times import is_another_year_named
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, sentence_at
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.times.ordinals import NumberedTime, numbered_times_in

# Shorter names are those of many events: 第1回会議, 第1回研修会.
_SHORTEST_NAME = 5
Mention = tuple[PrintedText, NumberedTime]


@rule(
    "WO57",
    Family.WORDING,
    Severity.WARNING,
    "同じ回の日付が、ほかの行と違います",
    why="「第2回運営委員会」の日付が 2 つあると、どちらの日に開いたのか読み手に分かりません。",
    remedy="実際の日付を確かめ、違う方を直してください。",
    superseded_by=(rule_codes.IMPOSSIBLE_DATE, "CO06", "CO11", "WO53"),
)
def numbered_event_has_two_dates(context: CheckContext) -> Iterator[Violation]:
    """An event of one name and number has another date in a later line, or one against the order of numbers.

    The name has at least five letters. 7月 and 7月23日 agree. Sentences of other years are not meant.
    Nor does the meeting of the period have another number or day than in the plan.
    """
    yield from _violations_for_meetings_unlike_plan(context)
    report = report_time_of(context)
    for mentions in _mentions_by_name(context).values():
        for place, (written, time) in enumerate(mentions):
            for before, other in mentions[:place]:
                same = time.number == other.number
                first, later = (other, time) if other.number < time.number else (time, other)
                if (
                    _are_different_days(time.date, other.date)
                    if same
                    else report.is_earlier(later.date, first.date)
                ):
                    yield _violation_for_contradicting_dates(written, time, before, other)
                    break


def _mentions_by_name(context: CheckContext) -> dict[tuple[str, str], list[Mention]]:
    """The numbered events of the book by name and unit, in the order of the lines."""
    found: dict[tuple[str, str], list[Mention]] = {}
    for written in printed_lines(context):
        plain = half_width(written.text)
        for time in numbered_times_in(plain) if "第" in plain else ():
            is_of_year = not is_another_year_named(sentence_at(plain, time.start), context.plan.fiscal_year)
            if len(time.name) >= _SHORTEST_NAME and is_of_year and time.date.is_possible:
                found.setdefault((time.name, time.unit), []).append((written, time))
    return found


def _are_different_days(one: NamedDate, other: NamedDate) -> bool:
    return one.month != other.month or (None not in (one.day, other.day) and one.day != other.day)


def _violation_for_contradicting_dates(
    written: PrintedText, time: NumberedTime, before: PrintedText, other: NumberedTime
) -> Violation:
    here, there = (f"第{one.number}{one.unit}{one.name}" for one in (time, other))
    day, other_day = _date_as_written(written, time.date), _date_as_written(before, other.date)
    source = before.source_at(other.start)
    return written.violation(
        time.start,
        f"「{here}」は、ここでは{day}ですが、{source.sheet}!{source.cell} の「{there}」は{other_day}です。",
        "実際の日付を確かめ、違う方を直してください。",
        actual=day,
        related=(source,),
    )


def _date_as_written(written: PrintedText, named: NamedDate) -> str:
    return "".join(written.text[named.start : named.end].split())


def _violations_for_meetings_unlike_plan(context: CheckContext) -> Iterator[Violation]:
    """The meeting to which the period's report goes on another day, or that day with another number."""
    period = context.plan.period
    meeting, held_on = half_width("".join(period.meeting.split())), period.held_on
    number, _, name = meeting.partition("第")[2].partition("回")
    names = {name, name.removeprefix(context.plan.branch)} - {""}
    if not number.isdecimal() or not names or held_on is None:
        return
    expected = f"{period.meeting}（{held_on.month}月{held_on.day}日）"
    for written, time in _meetings_named(context, names):
        is_day = (time.date.month, time.date.day) == (held_on.month, held_on.day)
        if is_day != (time.number == int(number)):
            yield _violation_for_meeting_unlike_plan(written, time, expected)


def _meetings_named(context: CheckContext, names: Collection[str]) -> Iterator[Mention]:
    """Where lines name a meeting of the plan's year by its number, with its day."""
    for written in printed_lines(context):
        plain = half_width(written.text)
        for time in numbered_times_in(plain) if "第" in plain else ():
            is_meeting = time.unit == "回" and time.name in names and time.date.day is not None
            is_of_year = not is_another_year_named(sentence_at(plain, time.start), context.plan.fiscal_year)
            if is_meeting and is_of_year and not _is_of_another_act(plain, time):
                yield written, time


def _is_of_another_act(plain: str, time: NumberedTime) -> bool:
    """Whether a date may be that of an act on something of the meeting: 17日に第3回評議会の議事録を."""
    behind = plain[time.date.end :].lstrip()
    return behind.startswith("に") and plain[time.end :].lstrip().startswith("の")


def _violation_for_meeting_unlike_plan(written: PrintedText, time: NumberedTime, expected: str) -> Violation:
    actual = f"第{time.number}{time.unit}{time.name}（{time.date.month}月{time.date.day}日）"
    return written.violation(
        time.start,
        f"「{actual}」とありますが、計画ではこの期の会議は「{expected}」です。",
        "会議の回と日付を確かめ、違う方を直してください。",
        actual=actual,
        expected=expected,
    )
