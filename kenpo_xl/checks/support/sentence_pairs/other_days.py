"""Days that lead to a name which other sentences of the item have with other days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kenpo_xl.checks.support.sentence_pairs.item_sentences import ItemSentence, SentenceDoubt
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.letters import noun_runs
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern

_LONG, _NAME_REACH = 5, 24
"""Letters of a name that is compared by months, and how far behind a day it begins and ends."""
_ACT = r"(?:開催|実施|発送|送付|郵送|配布|配付|発行|公表|掲載|通知|行|開|送|配)"
# 9月12日に送付した調査票, 8月の研修では: the words behind a day lead to what it is the day of.
_LEADS_TO_NAME = LazyPattern(
    rf"\s*(?:\([月火水木金土日祝・]+\))?\s*(?:(?:まで)?の|(?:に|付けで|から[^。、]{{0,12}}まで(?:に)?|にかけて)[^。、]{{0,8}}?{_ACT}[ぁ-ん]{{0,4}}た(?!。|、|が))"
)
_IN_BRACKET = LazyPattern(r"(?P<name>[^\s()、。]{3,24})\(\s*(?:令和\s*\d+\s*年\s*)?$", needs="(")
_OF_ANOTHER_TIME = AnyOf(
    "各回|各月|各会場|次回|前回|毎月|毎週|毎年|毎回|追加|再度|前年|昨年|例年|来年|翌年|予備日|延期|当初|変更|別の|ほか"
)

_Dated = tuple[ItemSentence, tuple[NamedDate, ...]]


def doubts_on_days(sentences: Sequence[ItemSentence]) -> Iterator[SentenceDoubt]:
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
                yield SentenceDoubt(
                    one, day.start, _words_of_day(one, day), other, _words_of_day(other, there)
                )
                break


def _has_name(sentence: ItemSentence, name: str) -> bool:
    return name in "".join(sentence.text.split())


def _words_of_day(sentence: ItemSentence, day: NamedDate) -> str:
    return sentence.text[day.start : day.end].strip()


def _name_of_day(sentence: ItemSentence, day: NamedDate) -> str:
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
) -> tuple[ItemSentence, NamedDate] | None:
    """A day that a slip makes of this one, or another month; None where a sentence has this one."""
    days = [(other, one) for other, found in others for one in found]
    if any(_may_be_same_day(day, one) for _, one in days):
        return None
    if day.day is None:
        return None if is_short else next((pair for pair in days if not _name_of_day(*pair)), None)
    return next((pair for pair in days if _is_slip_of_day(day, pair[1])), None)


def _is_slip_of_day(day: NamedDate, other: NamedDate) -> bool:
    return other.day is not None and (day.month == other.month or day.day == other.day)


def _may_be_same_day(one: NamedDate, other: NamedDate) -> bool:
    years = {year for year in (one.year, other.year) if year}
    return len(years) > 1 or (
        one.month == other.month and (one.day == other.day or not (one.day and other.day))
    )
