"""How many took part in the same event of the same day, where two sentences say it (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.agreement.events import lines_of_all_books, without_dates
from kenpo_xl.checks.support.printed_text import PrintedText
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.event_names import event_names_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit, numbers_in

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
    one item two sentences without a day are compared too, if the name is a long one.
    """
    own = {item.id for item in context.own_items}
    first: dict[_Event, _Attendance] = {}
    for written in lines_of_all_books(context):
        for event, found in _attendances(written):
            other = first.setdefault(event, found)
            if found.number.value == other.number.value:
                continue
            here, there = (found, other) if written.item.id in own else (other, found)
            if here.written.item.id in own:
                yield _violation(event, here, there)


def _violation(event: _Event, here: _Attendance, there: _Attendance) -> Violation:
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


def _attendances(written: PrintedText) -> Iterator[tuple[_Event, _Attendance]]:
    """The events of a text with the people that took part."""
    place = 0
    if not _ENDS.is_in(written.text):
        return
    for sentence in half_width(written.text).replace("\n", "。").split("。"):
        start, place = place, place + len(sentence) + 1
        if not _counts_people(sentence):
            continue
        dates = dates_in(sentence)
        names = event_names_in(without_dates(sentence, dates))
        event = _event(written, sentence, names[0].text.lstrip(_MARKS), dates) if len(names) == 1 else None
        if event is None:
            continue
        people = [one for one in numbers_in(sentence) if is_same_unit(one.unit, "人")]
        if len(people) == 1:
            found = _Attendance(written, people[0], start + people[0].start)
            yield event, found


def _counts_people(sentence: str) -> bool:
    """Whether a sentence is about an event and those who took part in it."""
    return _PEOPLE.is_in(sentence) and _ENDS.is_in(sentence) and not _OTHER_COUNT.is_in(sentence)


def _event(written: PrintedText, sentence: str, name: str, dates: Sequence[NamedDate]) -> _Event | None:
    """The event of a sentence: its name and its only day, or without one its item; None for others."""
    if len(dates) == 1 and dates[0].day:
        return name, "", dates[0].month, dates[0].day
    is_single = not dates and len(name) >= _LONG_NAME and not _ONE_OF_SEVERAL.is_in(sentence)
    return (name, written.item.id, 0, 0) if is_single else None
