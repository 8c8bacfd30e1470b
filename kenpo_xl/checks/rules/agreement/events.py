"""The same event (行事) reported in several items: its dates and counts must agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, digest_of_texts, lines_of_all_books
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import mutable
from kenpo_xl.domain.language.dates.dates_in_text import (
    NamedDate,
    dates_in,
    dates_outside_remarks,
    without_dates,
)
from kenpo_xl.domain.language.names.event_names import EventName, event_names_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width, match_positions, normalized
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.cross_checks import CrossCheckKind
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

Day = tuple[int, int | None]
# Names that many a section has of its own: 連絡協議会, 支部内研修.
_EVERYWHERE = LazyPattern(
    r"(?:連絡|事務|定例|合同|支部内|部内|庁内|所内|職員|全体|担当者?|運営|推進|実務|関係者|各種|本部|新任|地区|市町村|階層別|伝達|内部|外部|同)*"
)
_BRACKET = r"(?:\s*\([^()]*\))?"
_SENTENCE = LazyPattern(r"[^。\n]+")
_BRACKET_BEHIND = LazyPattern(r"\s*\(([^()]*)\)", needs="(")
_BETWEEN = LazyPattern(rf"{_BRACKET}\s*(?:[、・と]|及び|および|並びに)\s*")
_GOES_ON = LazyPattern(rf"{_BRACKET}\s*(?:を|は|が|と|及び|および|並びに|、|の?開催|の?実施)")
_HELD = AnyOf("実施|開催|受講|行っ|行う|開い")
_UNITS = ("人", "回")


@mutable
class EventDetails:
    """An event in one item: its lines with dates as (month, day), and the sentences of them that name it."""

    lines: list[tuple[PrintedText, frozenset[Day]]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)

    @cached_property
    def dates(self) -> frozenset[Day]:
        return frozenset(day for _, days in self.lines for day in days)

    @cached_property
    def counts(self) -> dict[str, set[str]]:
        """The counts in its sentences by unit; most events are in one item and compared with nothing."""
        found: dict[str, set[str]] = {unit: set() for unit in _UNITS}
        for one in (number for sentence in self.sentences for number in numbers_in(sentence)):
            unit = one.unit.replace("名", "人")
            if unit in found:
                found[unit].add(str(one.value))
        return found


def violations_for_event_details(
    context: CheckContext, name: str, words: Sequence[str], note: str = ""
) -> Iterator[Violation]:
    """A violation for each item of the book with other dates or counts of the event."""
    details: dict[str, EventDetails] = {}
    for written in context.computed_once(lines_of_all_books):
        if not all(normalized(word) in normalized(written.text) for word in words):
            continue
        for sentence in _SENTENCE.findall(written.text):
            if all(match_positions(word, sentence) for word in words):
                days = _days_in_fiscal_year(context, _dates_of_event(sentence, words))
                _add_mention(details.setdefault(written.item.id, EventDetails()), written, days, sentence)
    yield from _violations_for_details(context, name, details, note)


def _days_in_fiscal_year(context: CheckContext, dates: Sequence[NamedDate]) -> frozenset[Day]:
    """The dates of the plan's fiscal year."""
    year = context.plan.fiscal_year
    return frozenset(
        (named.month, named.day)
        for named in dates
        if named.is_possible and year.contains(named.month_in(year))
    )


def _add_mention(details: EventDetails, written: PrintedText, days: frozenset[Day], sentence: str) -> None:
    details.lines.append((written, days))
    details.sentences.append(sentence)


@rule(
    "CO11",
    Family.AGREEMENT,
    Severity.WARNING,
    "同じ行事の日付や人数が、ほかの項と違います",
    why="同じ研修や会議が 2 つの項に載るときは、日付も人数も同じはずです。一方だけ古いことがあります。",
    remedy="実際の日付と人数を確かめ、違う方を直してください。別の行事なら、名前で見分けられるようにしてください。",
    across=True,
)
def event_has_other_dates_elsewhere(context: CheckContext) -> Iterator[Violation]:
    """An event of one name is reported in two items with different dates or counts.

    A name is kanji, katakana and letters up to 研修, 会議, 委員会, セミナー and the like; names that every
    section uses (連絡協議会, 支部内研修) are skipped, and so are dates of other fiscal years. 7月 and
    7月23日 agree. Books of other groups are included if present. Events of 検算 are left to that rule.
    """
    events: dict[str, dict[str, EventDetails]] = {}
    lines = context.computed_once(lines_of_all_books)
    texts = [one.text for one in lines]
    found = context.remember(
        "held events",
        digest_of_texts((context.plan.fiscal_year, texts)),
        lambda: [tuple(held_events_with_days(context, text)) for text in texts],
    )
    for written, held in zip(lines, found, strict=True):
        for name, days, sentence in held:
            details = events.setdefault(name, {}).setdefault(written.item.id, EventDetails())
            _add_mention(details, written, days, sentence)
    checked = [
        check.words.split() for check in context.plan.cross_checks if check.kind is CrossCheckKind.SAME_EVENT
    ]
    for name, by_item in events.items():
        if not any(all(normalized(word) in name for word in words) for words in checked):
            yield from _violations_for_details(context, name, by_item)


def _is_name_reported_as_event(sentence: str, found: EventName, with_common_names: bool) -> bool:
    """Whether the text after a name reports an event, and not one that every section has."""
    is_own = with_common_names or not _EVERYWHERE.fullmatch(found.text_without_kind)
    return is_own and _GOES_ON.match(sentence, found.end) is not None


def _dates_of_event(sentence: str, words: Sequence[str]) -> Sequence[NamedDate]:
    """The dates of a sentence without those of other events, if it names the event that has these words."""
    dates = dates_in(sentence)
    masked = without_dates(half_width(sentence), dates)
    own = [
        found
        for found in event_names_in(masked)
        if all(normalized(word) in normalized(found.text) for word in words)
    ]
    return _dates_not_beside_other_events(masked, dates, own) if own else dates


def _dates_not_beside_other_events(
    masked: str, dates: Sequence[NamedDate], own: Sequence[EventName]
) -> list[NamedDate]:
    """The dates that are not right beside another event: 9月12日の研修には…、8月29日の会議には…."""

    def is_of_another(named: NamedDate) -> bool:
        beside = [
            found for found in event_names_in(masked) if _is_event_name_beside_date(masked, named, found)
        ]
        return bool(beside) and not any(found in own for found in beside)

    return [named for named in dates if not is_of_another(named)]


_JOINS_DATE_TO_NAME = LazyPattern(r"\s*(?:\([^()]*\)\s*)?(?:の|に(?:は)?)?[^、。,□の]{0,8}")
_JOINS_NAME_TO_DATE = LazyPattern(r"\s*(?:を|は|が|も)?[、,\s(]*")


def _is_event_name_beside_date(masked: str, named: NamedDate, found: EventName) -> bool:
    """Whether the name of an event is right behind a date or right before it."""
    if named.end <= found.start:
        return _JOINS_DATE_TO_NAME.fullmatch(masked[named.end : found.start]) is not None
    return _JOINS_NAME_TO_DATE.fullmatch(masked[found.end : named.start]) is not None


def _dates_in_bracket(sentence: str, start: int, dates: Sequence[NamedDate]) -> list[NamedDate]:
    """The dates in the bracket that begins at a place; none without a bracket."""
    bracket = _BRACKET_BEHIND.match(sentence[start:])
    end = start + (bracket.end() if bracket else 0)
    return [named for named in dates if start < named.start < end]


def held_events_with_days(
    context: CheckContext, text: str, *, with_common_names: bool = False
) -> Iterator[tuple[str, frozenset[Day], str]]:
    """The events that a text reports as held: name, days, and sentence.

    `with_common_names`: also the names that every item may have for an event of its own.
    """
    for sentence in filter(None, half_width(text).replace("\n", "。").split("。")):
        if not _HELD.is_in(sentence):
            continue
        all_dates = dates_in(sentence)
        masked = without_dates(sentence, all_dates)
        dates = dates_outside_remarks(masked, all_dates)
        names = [
            found
            for found in event_names_in(masked)
            if _is_name_reported_as_event(masked, found, with_common_names)
        ]
        for found in names:
            inside = _dates_in_bracket(masked, found.end, dates)
            if inside:
                yield found.text, _days_in_fiscal_year(context, inside), sentence
            elif len(names) == 1 or _names_follow_one_another(masked, names):
                own = _dates_not_beside_other_events(masked, dates, names)
                yield found.text, _days_in_fiscal_year(context, own), sentence


def _names_follow_one_another(sentence: str, names: Sequence[EventName]) -> bool:
    """Whether the names follow one another: A委員会、B委員会を実施."""
    between = (sentence[one.end : other.start] for one, other in pairwise(names))
    return all(_BETWEEN.fullmatch(words) for words in between)


def _violations_for_details(
    context: CheckContext, name: str, by_item: dict[str, EventDetails], note: str = ""
) -> Iterator[Violation]:
    """One violation for each item of the book that differs from another, at its first such line."""
    own = {entry.item for entry in context.submission.items}
    for item, details in by_item.items():
        others = [(other, there) for other, there in by_item.items() if other != item]
        wrong = next(((o, t) for o, t in others if _has_different_details(details, t)), None)
        if item not in own or wrong is None:
            continue
        other, there = wrong
        written = _line_with_date_missing_there(details, there)
        source = _line_with_date_missing_there(there, details).source
        what, here, elsewhere = _differing_detail_and_both_values(context.plan.fiscal_year, details, there)
        yield written.violation(
            0,
            note
            or f"「{name}」の{what}が、ここでは {here}、{_cell_place(other, source)} では {elsewhere} です。",
            "実際のことを確かめ、違う方を直してください。別の行事なら、名前で見分けられるように書いてください。",
            actual=here,
            related=(source,),
        )


def _cell_place(item: str, source: Source) -> str:
    """Sheet and cell, with the number of the item where the sheet has another name."""
    cell = f"{source.sheet}!{source.cell}"
    return cell if source.sheet == item else f"{item}（{cell}）"


def _has_different_details(one: EventDetails, other: EventDetails) -> bool:
    return _dates_differ(one, other) or bool(_unit_with_different_count(one, other))


def _differing_detail_and_both_values(
    year: FiscalYear, one: EventDetails, other: EventDetails
) -> tuple[str, str, str]:
    """The name of the differing detail, and its value in each item."""
    if _dates_differ(one, other):
        return "日付", text_of_days(year, one.dates), text_of_days(year, other.dates)
    unit = _unit_with_different_count(one, other)
    here, there = (f"{next(iter(details.counts[unit]))}{unit}" for details in (one, other))
    return "人数" if unit == "人" else "回数", here, there


def _dates_differ(one: EventDetails, other: EventDetails) -> bool:
    """Whether either has a date that the other lacks; False if one has no dates."""
    if not one.dates or not other.dates:
        return False
    return any(
        not _matches_any_day(day, there.dates)
        for here, there in ((one, other), (other, one))
        for day in here.dates
    )


def _matches_any_day(day: Day, days: frozenset[Day]) -> bool:
    return any(day[0] == month and (day[1] is None or date is None or day[1] == date) for month, date in days)


def _unit_with_different_count(one: EventDetails, other: EventDetails) -> str:
    """The unit for which both have one number, but different ones; '' for none."""
    for unit in _UNITS:
        here, there = one.counts[unit], other.counts[unit]
        if len(here) == len(there) == 1 and here != there:
            return unit
    return ""


def _line_with_date_missing_there(details: EventDetails, there: EventDetails) -> PrintedText:
    """The line with a date that the other item lacks, else the first with a date."""
    for written, days in details.lines:
        if any(not _matches_any_day(day, there.dates) for day in days):
            return written
    return next((written for written, days in details.lines if days), details.lines[0][0])


def text_of_days(year: FiscalYear, days: frozenset[Day]) -> str:
    """Days of a year in their order: 4月3日・5月27日."""
    order = sorted(days, key=lambda one: (year.place_of(one[0]), one[1] or 0))
    return "・".join(f"{month}月" + (f"{day}日" if day else "") for month, day in order)
