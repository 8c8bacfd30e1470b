"""Numbered times (第1回, 2回目) with their dates, which go up together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern

_EVENT = "会議|(?:委員|協議|審議|検討|評議|部|研修|説明|講習|勉強|講演|連絡)会|研修|セミナー|教室|打合せ"
_NAME = rf"(?![をはがのにでと])[^\W\d]{{0,24}}?(?:{_EVENT})|[^\W\dぁ-ん]{{0,20}}"
_NUMBERED = LazyPattern(
    rf"(?<!様式)(?<!別記)第\s*(?P<number>\d{{1,3}})\s*(?P<unit>回|次|弾|報|クール|号(?=を|は|\())(?P<name>{_NAME})"
    r"|(?P<count>\d{1,3})\s*(?P<counted>回|次|通|クール)目(?P<counted_name>)"
    r"|(?P<spoken>初回|一次|二次)(?:の?(?:勧奨|催告|募集|検査|審査|発送|通知))?",
    needs=("第", "目", "初回", "一次", "二次"),
)
# Between a number and its date, either way round.
_THEN_DATE = LazyPattern(r"\s*(?:会)?\s*(?:[はをがの]|:|\(|、)?\s*")
_DATE_THEN = LazyPattern(
    r"\s*(?:\([^()]{1,4}\))?\s*(?:上旬|中旬|下旬|頃|末)?\s*(?:に|の|開催の?|実施の?|:|\()?\s*"
)
# Words of a sentence in which the order of dates is not that of the numbers, or which names only some.
_MOVED = AnyOf("前年|昨年|翌年|来年|延期|順延|繰り上げ|前倒|変更|年度")
_SOME = AnyOf("会場|オンライン|Web|WEB|中止|除|対面|書面|うち|集合")


_SPOKEN = {"初回": ("1", "回"), "一次": ("1", "次"), "二次": ("2", "次")}


@frozen
class NumberedTime:
    """A number with its date: `unit` is 回 or 次, `name` what is numbered, '' for nothing said."""

    number: int
    unit: str
    name: str
    date: NamedDate
    start: int
    end: int


def numbered_times_in(plain: str) -> Iterator[NumberedTime]:
    """The numbered times of a text in half-width letters that have a date of their own."""
    found = list(_NUMBERED.finditer(plain))
    if not found:
        return
    dates = dates_in(plain)
    begins_with_date = bool(dates) and dates[0].start < found[0].start()
    ends, starts = [0, *(one.end() for one in found)], [*(one.start() for one in found[1:]), len(plain)]
    for one, after, until in zip(found, ends, starts, strict=False):
        before, behind = _date_before(plain, one, dates, after), _date_behind(plain, one, dates, until)
        named = (before or behind) if begins_with_date else (behind or before)
        if named:
            yield _numbered_time(one, named)


def _numbered_time(found: re.Match[str], named: NamedDate) -> NumberedTime:
    spoken = _SPOKEN.get(found["spoken"] or "")
    number, unit = spoken or (found["number"] or found["count"], found["unit"] or found["counted"])
    start, end = min(found.start(), named.start), max(found.end(), named.end)
    return NumberedTime(int(number), unit, found["name"] or "", named, start, end)


def _date_behind(plain: str, one: re.Match[str], dates: Sequence[NamedDate], until: int) -> NamedDate | None:
    named = next((date for date in dates if date.start >= one.end()), None)
    if named is None or named.end > until or not _THEN_DATE.fullmatch(plain[one.end() : named.start]):
        return None
    return named


def _date_before(plain: str, one: re.Match[str], dates: Sequence[NamedDate], after: int) -> NamedDate | None:
    named = next((date for date in reversed(dates) if date.end <= one.start()), None)
    if named is None or named.start < after or not _DATE_THEN.fullmatch(plain[named.end : one.start()]):
        return None
    return named


def misordered_numbers(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """Numbered times of a sentence in the wrong order of dates, twice the same number, or one left out."""
    plain = half_width(text)
    for found in re.finditer(r"[^。\n]+", plain):
        for wrong in () if _MOVED.is_in(found[0]) else _misordered_numbers_of_sentence(found[0], report):
            yield Miswritten(found.start() + wrong.start, found.start() + wrong.end, wrong.wrong)
    if plain.count("第") > 1 and not _MOVED.is_in(plain):
        yield from _misordered_across_sentences(plain, report)


def _misordered_across_sentences(plain: str, report: ReportTime) -> Iterator[Miswritten]:
    """The times of one name that two sentences beside each other have in the wrong order."""
    for one, other in pairwise(numbered_times_in(plain)):
        is_across = "。" in plain[one.end : other.start]
        is_one_series = one.name and one.name == other.name and one.unit == other.unit
        if is_across and is_one_series and one.number != other.number:
            wrong = _text_on_wrong_order(one, other, report)
            if wrong:
                yield Miswritten(one.start, other.end, wrong)


def _misordered_numbers_of_sentence(sentence: str, report: ReportTime) -> Iterator[Miswritten]:
    times = list(numbered_times_in(sentence))
    names_all = len(times) > 2 and not _SOME.is_in(sentence)
    for one, other in pairwise(times):
        if not _are_of_one_series(one, other):
            continue
        wrong = _text_on_wrong_order(one, other, report)
        if (
            not wrong
            and names_all
            and other.number == one.number + 2
            and not _is_ordinal_named(sentence, one.number + 1)
        ):
            wrong = f"第{one.number + 1}{one.unit}が抜けています"
        if wrong:
            yield Miswritten(one.start, other.end, wrong)


def _are_of_one_series(one: NumberedTime, other: NumberedTime) -> bool:
    return one.unit == other.unit and (not one.name or not other.name or one.name == other.name)


def _text_on_wrong_order(one: NumberedTime, other: NumberedTime, report: ReportTime) -> str:
    """What is wrong between the numbers and the dates of two times; '' for nothing."""
    if one.number == other.number:
        return f"第{one.number}{one.unit}が2つあります" if one.date != other.date else ""
    first, then = sorted((one, other), key=lambda time: time.number)
    if not report.is_earlier(then.date, first.date):
        return ""
    return f"第{then.number}{one.unit}の日付が、第{first.number}{one.unit}より前です"


def _is_ordinal_named(sentence: str, number: int) -> bool:
    return re.search(rf"(?:第\s*{number}(?!\d)|(?<!\d){number}\s*[回次]目)", sentence) is not None
