"""How many took part in an event, and how often it was held, where two sentences say it (整合)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.agreement.events import (
    Day,
    held_events_with_days,
    text_of_days,
)
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    lines_of_all_books,
    printed_lines,
    sentence_span,
    sentences_with_start,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in, without_dates
from kenpo_xl.domain.language.names.event_names import event_names_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern

_PEOPLE = AnyOf("人|名")
_OTHER_COUNT = AnyOf("定員|予定|申込|申し込|うち|案内|見込|目標|延べ|のべ|欠席|前年|昨年|講師|回答|送付|約")
_Event = tuple[str, str, int, int]
"""Name, month and day; without a day also the item."""
_LONG_NAME, _MARKS = 7, "・•●■※"
_ONE_OF_SEVERAL = AnyOf("第|各|会場|午前|午後|回目|オンライン|支部|1日目|2日目|他")
_ENDS = AnyOf("参加|出席|受講|来場|聴講|出場")


@frozen
class _Attendance:
    """A number of persons, where a sentence says it of an event."""

    written: PrintedText
    number: TextNumber
    start: int


@rule(
    "CO63",
    Family.AGREEMENT,
    Severity.WARNING,
    "同じ日の同じ行事の人数が、ほかの文と違います",
    why="同じ日の同じ研修や会議の参加者数が 2 つあると、どちらが正しいのか読み手に分かりません。",
    remedy="実際の人数を確かめ、違う方を直してください。",
    across=True,
    superseded_by=("CO03", "CO06", "CO07", "CO11"),
)
def attendance_differs(context: CheckContext) -> Iterator[Violation]:
    """Two sentences name an event with month and day, and say that other numbers of people took part.

    In one item or in two; each has one event, one day and one number of 人. Silent for 定員, 予定, うち. In
    one item two sentences without a day are compared too, if the name is a long one. And 参加者62名のうち
    right behind a sentence in which 57名 took part.
    """
    yield from _miscounted_in_next_sentence(context)
    own = {item.id for item in context.own_items}
    first: dict[_Event, _Attendance] = {}
    for written in lines_of_all_books(context):
        for event, found in _events_and_attendances(written):
            other = first.setdefault(event, found)
            if found.number.value == other.number.value:
                continue
            here, there = (found, other) if written.item.id in own else (other, found)
            if here.written.item.id in own:
                yield _violation_for_two_attendances(event, here, there)


_THOSE = ("参加者", "受講者", "出席者", "来場者", "参加した", "受講した", "出席した", "来場した", "修了した")
_OF_THEM = ("のうち", "には", "に", "から", "全員", "を対象", "へ", "の")
_NOT_THEM = AnyOf("計|累計|これまで|年度|前回|会場|事業所|回目|定員|延べ|のべ|同様")


def _miscounted_in_next_sentence(context: CheckContext) -> Iterator[Violation]:
    """57名が参加した。参加者62名のうち: another number of the same people in the next sentence."""
    for written in printed_lines(context):
        sentences = list(sentences_with_start(half_width(written.text))) if "。" in written.text else []
        for (before, _), (behind, start) in pairwise(sentences):
            people = [one for one in numbers_in(before) if is_same_unit(one.unit, "人")]
            again = _number_of_participants_at_start(behind)
            if len(people) != 1 or not again or again.value == people[0].value:
                continue
            after = behind[again.start + len(again.text) :].lstrip()
            if again.value < people[0].value and not after.startswith(("のうち", "全員")):
                continue
            if _is_about_participants_of_event(before) and not _NOT_THEM.is_in(before + behind):
                yield written.violation(
                    start + again.start,
                    f"参加した人数が、前の文では「{people[0].text.strip()}」、ここでは「{again.text.strip()}」です。",
                    "実際の人数を確かめ、違う方を直してください。",
                    actual=again.text.strip(),
                )


def _number_of_participants_at_start(sentence: str) -> TextNumber | None:
    """The number behind 参加者 at the beginning of a sentence, where it goes on with のうち and the like."""
    words = sentence.strip().removeprefix("この").removeprefix("その")
    lead = next((one for one in _THOSE if words.startswith(one)), "")
    start = sentence.find(lead) + len(lead)
    number = next(iter(numbers_in(sentence)), None) if lead else None
    if (
        number is None
        or not is_same_unit(number.unit, "人")
        or sentence[start : number.start].strip(" の、は")
    ):
        return None
    behind = sentence[number.start + len(number.text) :].lstrip()
    return number if behind.startswith(_OF_THEM) and not behind.startswith(("につき", "に対し")) else None


def _violation_for_two_attendances(event: _Event, here: _Attendance, there: _Attendance) -> Violation:
    name, _, month, day = event
    when = f"{month}月{day}日の" if day else ""
    source = there.written.source
    return here.written.violation(
        here.start,
        f"{when}「{name}」の人数が、ここでは「{here.number.text.strip()}」、"
        f"{source.sheet}!{source.cell} では「{there.number.text.strip()}」です。",
        "実際の人数を確かめ、違う方を直してください。",
        actual=here.number.text.strip(),
        related=(source,),
    )


def _events_and_attendances(written: PrintedText) -> Iterator[tuple[_Event, _Attendance]]:
    """The events of a text with the people that took part."""
    place = 0
    if not _ENDS.is_in(written.text):
        return
    for sentence in half_width(written.text).replace("\n", "。").split("。"):
        start, place = place, place + len(sentence) + 1
        if not _is_about_participants_of_event(sentence):
            continue
        dates = dates_in(sentence)
        names = event_names_in(without_dates(sentence, dates))
        event = (
            _event_of_sentence(written, sentence, names[0].text.lstrip(_MARKS), dates)
            if len(names) == 1
            else None
        )
        if event is None:
            continue
        people = [one for one in numbers_in(sentence) if is_same_unit(one.unit, "人")]
        if len(people) == 1:
            found = _Attendance(written, people[0], start + people[0].start)
            yield event, found


def _is_about_participants_of_event(sentence: str) -> bool:
    """Whether a sentence is about an event and those who took part in it."""
    return _PEOPLE.is_in(sentence) and _ENDS.is_in(sentence) and not _OTHER_COUNT.is_in(sentence)


def _event_of_sentence(
    written: PrintedText, sentence: str, name: str, dates: Sequence[NamedDate]
) -> _Event | None:
    """The event of a sentence: its name and its only day, or without one its item; None for others."""
    if len(dates) == 1 and dates[0].day:
        return name, "", dates[0].month, dates[0].day
    is_single = not dates and len(name) >= _LONG_NAME and not _ONE_OF_SEVERAL.is_in(sentence)
    return (name, written.item.id, 0, 0) if is_single else None


_HELD_TIMES = LazyPattern(
    r"\s*(?:の(?:開催|実施))?(?:は|を|について(?:は)?)[、\s]*(?:これまでに|今年度は?|年度内に|延べ|計|合計|全部で)*\s*"
    r"(?P<count>\d{1,2})\s*回\s*(?:開催|実施|行|開|受講)[^。]{0,6}(?:た|。|$)",
    needs="回",
)
_OTHER_TIMES = AnyOf("予定|うち|ほか|他に|以上|程度|前年|昨年|今後|計画|目標|除|臨時")
_BEGINS_WITH_DATE = LazyPattern(r"[\s・•●■※○]*(?:令和\s*\S{1,2}\s*年)?\s*\d{1,2}\s*(?:月|/)\s*\d{1,2}")
_BETWEEN_DAYS = LazyPattern(r"[\s、・,と]*(?:\([月火水木金土日祝・]{1,3}\))?[\s、・,と]*(?:及び|および)?\s*")
_FEWEST_LISTED, _FEWEST_LINES, _APART = 2, 3, timedelta(days=4)


@rule(
    "CO96",
    Family.AGREEMENT,
    Severity.WARNING,
    "行事の回数が、並べた日付の数と違います",
    why="「委員会は5回開催した」の横に 6 つの開催日があると、読み手は数えて気付きます。",
    remedy="開催日の抜けや重なりを確かめ、回数か日付を直してください。",
    superseded_by=("CO08", "WO55"),
)
def times_differ_from_days(context: CheckContext) -> Iterator[Violation]:
    """A sentence without a date says how often an event was held, and its item has more days of it.

    Fewer too, where they are the list of one sentence, or three and more lines that begin with a date. Days
    after the as-of date do not count.
    """
    for item in context.own_items:
        lines = [one for one in printed_lines(context, item.id) if event_names_in(one.text)]
        stated = [
            found for one in lines if "回" in one.text for found in _events_with_stated_number_of_times(one)
        ]
        for written, start, name, count in stated:
            days, is_complete = _past_days_of_event_and_is_whole_list(context, lines, name)
            is_wrong = count < len(days) or (is_complete and count > len(days))
            if len(days) >= _FEWEST_LISTED and is_wrong:
                yield written.violation(
                    start,
                    f"「{name}」は {count} 回とありますが、この項にある開催日は {len(days)} 日です"
                    f"（{text_of_days(context.plan.fiscal_year, days)}）。",
                    "開催日の抜けや重なりを確かめ、回数か日付を直してください。",
                    actual=f"{count}回",
                    expected=f"{len(days)}回",
                )


def _events_with_stated_number_of_times(written: PrintedText) -> Iterator[tuple[PrintedText, int, str, int]]:
    """The place, the name and the number of times of each event that a text counts."""
    plain = half_width(written.text)
    for name in event_names_in(plain):
        found = _HELD_TIMES.match(plain, name.end) if name.text_without_kind else None
        first, end = sentence_span(plain, name.start)
        if found and not dates_in(plain[first:end]) and not _OTHER_TIMES.is_in(plain[first:end]):
            yield written, name.start, name.text, int(found["count"])


def _past_days_of_event_and_is_whole_list(
    context: CheckContext, lines: Iterable[PrintedText], name: str
) -> tuple[frozenset[Day], bool]:
    """The days up to the as-of date that lines give for an event, and whether they are a whole list.

    No days where some follow one another: 2 回 of three days each. What a sentence says of its other dates is
    not known.
    """
    found: set[date] = set()
    lists, dated_lines, others = 0, 0, 0
    for written in lines:
        for other, days, sentence in held_events_with_days(context, written.text, with_common_names=True):
            if other != name or not days:
                continue
            if not _is_list_of_days(sentence):
                others += 1
                continue
            past = _dates_up_to_as_of_date(context, days)
            found |= past
            lists += len(past) == len(days) >= _FEWEST_LISTED
            dated_lines += bool(_BEGINS_WITH_DATE.match(half_width(written.text)))
    if any(one - before < _APART for before, one in pairwise(sorted(found))):
        return frozenset(), False
    is_complete = not others and (dated_lines >= _FEWEST_LINES or (lists == 1 and not dated_lines))
    return frozenset((one.month, one.day) for one in found), is_complete


def _dates_up_to_as_of_date(context: CheckContext, days: Iterable[Day]) -> set[date]:
    """The days of the year that are over at the as-of date; no whole months."""
    year, as_of = context.plan.fiscal_year, context.plan.period.as_of
    named = (NamedDate(None, month, day, 0, 0).day_in(year) for month, day in days if day)
    return {one for one in named if one and one <= as_of}


def _is_list_of_days(sentence: str) -> bool:
    """Whether the dates of a sentence are one list, or lists in brackets."""
    dates = dates_in(sentence)
    between = (sentence[one.end : other.start] for one, other in pairwise(dates))
    return all(_BETWEEN_DAYS.fullmatch(words) or ("(" in words and ")" in words) for words in between)
