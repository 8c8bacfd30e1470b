"""What two sentences of an item say of one thing: a day, a count, a direction (整合)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, rule
from kenpo_xl.checks.support.number_matching import is_likely_slip, is_stated_exactly
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentences_with_start
from kenpo_xl.checks.support.sentences.directions import change_verbs_in
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.letters import noun_runs
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import TextNumber, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern

_SHORTEST, _LONG, _MOST_TIMES = 3, 5, 4
"""Letters of a name, of one that is compared by months, and how often an item has a telling one."""
_NAME_REACH = 24
_ACT = r"(?:開催|実施|発送|送付|郵送|配布|配付|発行|公表|掲載|通知|行|開|送|配)"
# 9月12日に送付した調査票, 8月の研修では: the words behind a day lead to what it is the day of.
_LEADS_TO_NAME = LazyPattern(
    rf"\s*(?:\([月火水木金土日祝・]+\))?\s*(?:(?:まで)?の|(?:に|付けで|から[^。、]{{0,12}}まで(?:に)?|にかけて)[^。、]{{0,8}}?{_ACT}[ぁ-ん]{{0,4}}た(?!。|、|が))"
)
_IN_BRACKET = LazyPattern(r"(?P<name>[^\s()、。]{3,24})\(\s*(?:令和\s*\d+\s*年\s*)?$", needs="(")
_OF_ANOTHER_TIME = AnyOf(
    "各回|各月|各会場|次回|前回|毎月|毎週|毎年|毎回|追加|再度|前年|昨年|例年|来年|翌年|予備日|延期|当初|変更|別の|ほか"
)
_OF_SOME = AnyOf(
    "うち|前年|昨年|目標|計画|予定|定員|各|ごと|当たり|あたり|平均|新たに|追加|累計|残り|ほか|前回|過去|全国|見込|延べ|割"
)
_PERSONS = {"名": "人", "者": "人"}
_DIRECTIONS = LazyPattern(
    r"(?P<good>改善し|向上し|緩和し|緩和され|短くなっ|解消し|好転し|軽減し)|(?P<bad>悪化し|低下し|激しくな|長くなっ|増大し|深刻)",
    needs=(
        "改善",
        "向上",
        "緩和",
        "短くな",
        "解消",
        "好転",
        "軽減",
        "悪化",
        "低下",
        "激し",
        "長くな",
        "増大",
        "深刻",
    ),
)
_SUBJECT = LazyPattern(r"(?P<name>[^、。はがも\s]{3,24})(?:は|が|も)[^。はが]{0,16}$", needs="はがも")
_MONTH = LazyPattern(
    r"(\d{1,2})\s*月(?!号)|第\s*\d\s*四半期|[上下]半?期|令和\s*\d+\s*年度?|(?:前|昨)年(?:度|同期|同月)?|第\s*\d+\s*回",
    contains=r"[月期年回]",
)


@frozen
class _Sentence:
    """A sentence of a line in half-width letters, where it begins, and the text of its whole item."""

    written: PrintedText
    text: str
    start: int
    item_text: str

    @cached_property
    def names(self) -> frozenset[str]:
        """Its names that tell things apart, since the item has them a few times only."""
        return frozenset(filter(self._is_telling, _names_in(self.text)))

    def _is_telling(self, name: str) -> bool:
        return self.item_text.count(name) <= _MOST_TIMES


_Dated = tuple[_Sentence, tuple[NamedDate, ...]]
_Count = tuple[_Sentence, TextNumber]


@frozen
class _Doubt:
    """What a sentence says otherwise than another one."""

    sentence: _Sentence
    place: int
    here: str
    other: _Sentence
    there: str


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
        sentences = _sentences_of(lines)
        for doubt in (*_other_days(sentences), *_other_counts(sentences), *_other_directions(sentences)):
            yield _violation(doubt)


def _violation(doubt: _Doubt) -> Violation:
    source = doubt.other.written.source_at(doubt.other.start)
    return doubt.sentence.written.violation(
        doubt.sentence.start + doubt.place,
        f"ここでは「{doubt.here}」ですが、{source.sheet}!{source.cell} の"
        f"{quoted(doubt.other.text.strip('・•●■※ '))}では「{doubt.there}」です。",
        "同じことか確かめ、違う方を直してください。",
        actual=doubt.here,
        related=() if source == doubt.sentence.written.source else (source,),
    )


def _sentences_of(lines: Iterable[PrintedText]) -> list[_Sentence]:
    found = [
        (written, sentence, start)
        for written in lines
        for sentence, start in sentences_with_start(half_width(written.text))
    ]
    item_text = "".join(text for _, text, _ in found)
    return [_Sentence(*one, item_text) for one in found]


def _names_in(text: str) -> Iterator[str]:
    return (run for _, run in noun_runs(text) if len(run) >= _SHORTEST)


# ---- days


def _other_days(sentences: Sequence[_Sentence]) -> Iterator[_Doubt]:
    """The days that lead to a name which other sentences have with other days, and none with this one."""
    dated = [(one, dates) for one in sentences if (dates := dates_in(one.text))]
    for one, dates in dated:
        for day in dates if not _OF_ANOTHER_TIME.is_in(one.text) else ():
            name = _name_of_day(one, day)
            if not name:
                continue
            others = [pair for pair in dated if pair[0] is not one and _has_name(pair[0], name)]
            found = _nearest_other_day(day, others, is_short=len(name) < _LONG)
            if found is not None:
                other, there = found
                yield _Doubt(one, day.start, _words(one, day), other, _words(other, there))
                break


def _has_name(sentence: _Sentence, name: str) -> bool:
    return name in "".join(sentence.text.split())


def _words(sentence: _Sentence, day: NamedDate) -> str:
    return sentence.text[day.start : day.end].strip()


def _name_of_day(sentence: _Sentence, day: NamedDate) -> str:
    """The name that a day leads to, or that is before the bracket that holds it; '' for none that few have.

    With its number: 第1回評議会.
    """
    lead = _LEADS_TO_NAME.match(sentence.text, day.end)
    bracket = _IN_BRACKET.search(sentence.text[: day.start])
    words = sentence.text[lead.end() : lead.end() + _NAME_REACH] if lead else ""
    words = words or (bracket["name"] if bracket else "")
    name = next((run for _, run in noun_runs(words) if run in sentence.names), "")
    numbered = (
        re.search(rf"第\s*\d+\s*回?\s*(?:の\s*)?{re.escape(name)}", words) if name and "第" in words else None
    )
    return "".join((numbered[0] if numbered else name).split())


def _nearest_other_day(
    day: NamedDate, others: Sequence[_Dated], *, is_short: bool
) -> tuple[_Sentence, NamedDate] | None:
    """A day that a slip makes of this one, or another month; None where a sentence has this one."""
    days = [(other, one) for other, found in others for one in found]
    if any(_may_be_same(day, one) for _, one in days):
        return None
    if day.day is None:
        return None if is_short else next((pair for pair in days if not _name_of_day(*pair)), None)
    return next((pair for pair in days if _is_slip_of_day(day, pair[1])), None)


def _is_slip_of_day(day: NamedDate, other: NamedDate) -> bool:
    return other.day is not None and (day.month == other.month or day.day == other.day)


def _may_be_same(one: NamedDate, other: NamedDate) -> bool:
    years = {year for year in (one.year, other.year) if year}
    return len(years) > 1 or (
        one.month == other.month and (one.day == other.day or not (one.day and other.day))
    )


# ---- counts


def _other_counts(sentences: Sequence[_Sentence]) -> Iterator[_Doubt]:
    """The only number of its unit in a sentence, where one before it has another one of the same thing."""
    by_unit: dict[str, list[_Count]] = {}
    for sentence in sentences:
        for unit, number in _single_counts(sentence).items():
            before, later = by_unit.setdefault(unit, []), (sentence, number)
            found = next((one for one in before if _are_of_one_thing(one, later)), None)
            if found:
                yield _Doubt(sentence, number.start, number.text, found[0], found[1].text)
            before.append(later)


def _are_of_one_thing(before: _Count, now: _Count) -> bool:
    """Whether two other numbers are slips, or of those who came, and their sentences share a name."""
    (earlier, there), (later, here) = before, now
    if here.value == there.value or min(here.value, there.value) < _TWO_DIGITS:
        return False
    is_same = is_likely_slip(here.value, there.value) or (_have_come(*before) and _have_come(*now))
    return is_same and bool(earlier.names & later.names) and _are_of_one_time(earlier, later)


_CAME = LazyPattern(r"\s*(?:が|の)?(?:参加|受講|出席|来場)")


def _have_come(sentence: _Sentence, number: TextNumber) -> bool:
    return _CAME.match(sentence.text, number.start + len(number.text)) is not None


def _single_counts(sentence: _Sentence) -> dict[str, TextNumber]:
    """The numbers of a sentence by their unit, of which it has one each."""
    numbers = [one for one in numbers_in(sentence.text) if one.unit]
    if not numbers or _OF_SOME.is_in(sentence.text):
        return {}
    units = Counter(_PERSONS.get(one.unit, one.unit) for one in numbers)
    return {
        unit: one
        for one in numbers
        if units[unit := _PERSONS.get(one.unit, one.unit)] == 1 and is_stated_exactly(one, sentence.text)
    }


_TWO_DIGITS = 10


def _are_of_one_time(one: _Sentence, other: _Sentence) -> bool:
    times = [
        {"".join(found[0].split()) for found in _MONTH.finditer(sentence.text)} for sentence in (one, other)
    ]
    return times[0] == times[1] or not (times[0] and times[1])


# ---- directions


def _other_directions(sentences: Sequence[_Sentence]) -> Iterator[_Doubt]:
    """A subject that a sentence says increased or got better, and one before it the contrary."""
    changes = [(one, *change) for one in sentences for change in _changes_in(one)]
    for place, (later, subject, sign, words) in enumerate(changes):
        for earlier, before, other_sign, other_words in changes[:place]:
            is_same = subject.endswith(before) or before.endswith(subject)
            if earlier is not later and is_same and sign == -other_sign and _have_same_times(earlier, later):
                yield _Doubt(later, later.text.find(words), words, earlier, other_words)
                break


def _have_same_times(one: _Sentence, other: _Sentence) -> bool:
    return {found[0] for found in _MONTH.finditer(one.text)} == {
        found[0] for found in _MONTH.finditer(other.text)
    }


def _changes_in(sentence: _Sentence) -> Iterator[tuple[str, int, str]]:
    """The subject, the sign and the words of each change that a sentence reports."""
    verbs: list[tuple[re.Match[str], bool]] = [
        (one, bool(one["up"])) for one in change_verbs_in(sentence.text)
    ]
    verbs += [(one, bool(one["good"])) for one in _DIRECTIONS.finditer(sentence.text)]
    for verb, is_up in verbs:
        found = _SUBJECT.search(sentence.text[: verb.start()])
        if found:
            yield "".join(found["name"].split("の")).lstrip("・•●■※"), 1 if is_up else -1, verb[0]
