"""Periods within a month that end before they begin: 9月16日から14日, 11月下旬から11月上旬."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kenpo_xl.domain.language.dates.date_groups import groups_of_dates
from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.normalize import AnyOf, half_width, places_of, sentence_around
from kenpo_xl.domain.language.times.spoken_time import SpokenTime
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_WRONG = "終わりの日が始まりの日より前です"
_THIRDS = {"上旬": 0, "初旬": 0, "中旬": 1, "下旬": 2}
_MAY_LEAD = AnyOf("日から|日 から|日~|日 ~|)から|)~")
_JOINTS = ("旬から", "旬より", "旬~")
_UP_TO = LazyPattern(
    r"(?<!\d)(?P<month>\d{1,2})\s*月\s*(?P<first>\d{1,2})\s*日\s*(?:\([^()]{1,4}\))?\s*(?:より|以降)、?\s*"
    r"(?P=month)\s*月\s*(?P<last>\d{1,2})\s*日\s*(?:\([^()]{1,4}\))?\s*まで",
    needs=("日より", "日以降", ")より"),
)
# What may last from a day to the same day of the next month or year.
_TO_THE_NEXT = AnyOf("翌|年間|1年|一年|生まれ|学年|年齢|毎月|月間|締め|締切日|〆|来年|次年|1か月|任期")
_HELD = AnyOf("募集|受付|受け付け|開催|実施|展示|掲示|案内|送付|発送|にかけて|勧奨|広報|訪問")


def reversed_ranges(text: str) -> Iterator[Miswritten]:
    """Ranges of days or thirds of one month whose last is before the first.

    Not of what goes on into the next month or year (毎月16日から15日まで).
    """
    plain = half_width(text)
    ranges = chain(
        _reversed_up_to(plain),
        _reversed_ranges_of_thirds(plain),
        _reversed_day_ranges(plain),
        _reversed_ranges_of_parts(plain),
    )
    for start, end in ranges:
        if not _is_range_to_next_year(plain, start, end):
            yield Miswritten(start, end, _WRONG)


def _reversed_up_to(plain: str) -> Iterator[TextSpan]:
    """Where a day is followed by an earlier one with its month: 9月16日より9月14日まで."""
    for found in _UP_TO.finditer(plain):
        if int(found["last"]) < int(found["first"]):
            yield found.span()


# Quarters, halves and months with their year whose last is before the first, and 月末 before 初旬.
_PARTS_OF_YEAR = LazyPattern(
    r"第\s*(?P<first>[1-4])\s*四半期(?:から|~|より)第\s*(?P<last>[1-4])\s*四半期(?!の間の)"
    r"|(?P<second>下半?期(?:から|~|より)上半?期)"
    r"|(?P<month>\d{1,2})\s*月(?P<third>末)(?:から|~|より)(?P=month)\s*月(?P<then>初旬|上旬|初め|中旬)",
    needs=(
        *(f"期{joint}{behind}" for joint in ("から", "~", "より") for behind in ("上", "第", " 第")),
        *(f"月{third}{joint}" for third in ("末",) for joint in ("から", "~", "より")),
    ),
)


def _reversed_ranges_of_parts(plain: str) -> Iterator[TextSpan]:
    for found in _PARTS_OF_YEAR.finditer(plain):
        is_reversed = found["first"] and int(found["last"]) < int(found["first"])
        is_third = bool(found["third"])
        if is_reversed or found["second"] or is_third:
            yield found.span()
    yield from _reversed_month_ranges(plain)


def _reversed_month_ranges(plain: str) -> Iterator[TextSpan]:
    """令和7年8月から令和7年6月: the year is said twice, and the second month is before the first."""
    for joint in ("月から", "月~", "月より"):
        for at in places_of(plain, joint):
            lead = plain[max(0, at - 14) : at].replace(" ", "")
            behind = plain[at + len(joint) : at + len(joint) + 14].replace(" ", "")
            year, _, month = lead.rpartition("年")
            year = _year_named_in(year)
            last = behind.removeprefix(year).partition("月")[0] if year and behind.startswith(year) else ""
            if month.isdecimal() and last.isdecimal() and int(last) < int(month):
                yield at - len(month), at + len(joint) + len(year) + len(last) + 1


def _year_named_in(words: str) -> str:
    """The year with its era or in full at the end of some words before 年 (令和7年), '' for none."""
    name = next((one for one in ("令和", "20") if one in words), "")
    return f"{words[words.rfind(name) :]}年" if name else ""


def _reversed_day_ranges(plain: str) -> Iterator[TextSpan]:
    """Where a range of dates within a month ends before it begins: 9月16日から14日."""
    for time in groups_of_dates(plain) if _MAY_LEAD.is_in(plain) else ():
        if time.is_range and _is_time_reversed(plain, time):
            yield time.start, time.end


def _is_time_reversed(plain: str, time: SpokenTime) -> bool:
    """Whether the last day of a range is before the first, bare or of what is held on the day before."""
    first, last = time.dates[0], time.dates[-1]
    if first.month != last.month or first.day is None or last.day is None or last.day >= first.day:
        return False
    if last.goes_on and plain[last.start : last.end].strip(" 日").isdecimal():
        return True
    is_eve = first.year is None and last.year is None and last.day == first.day - 1
    return is_eve and _is_range_of_lasting_event(plain, time.start, time.end)


def _reversed_ranges_of_thirds(plain: str) -> Iterator[TextSpan]:
    """Where a third of a month leads to an earlier one of it: 11月下旬から11月上旬, 下旬から上旬."""
    for joint in _JOINTS:
        at = plain.find(joint)
        while at > 0:
            behind = plain[at + len(joint) : at + len(joint) + 8]
            named, month, rest = behind.rpartition("月")
            last = rest.lstrip(" の")[:2]
            month_before = plain[max(0, at - 7) : at - 1].rstrip(" の").removesuffix("月").rstrip()
            before = month_before[len(month_before.rstrip("0123456789")) :]
            is_same = not month or named.strip() == "同" or before == named.strip()
            is_month = plain[max(0, at - 6) : at - 1].rstrip(" の").endswith("月")
            first = _THIRDS.get(plain[at - 1 : at + 1], 0)
            if is_month and is_same and _THIRDS.get(last, first) < first:
                yield at - 1, at + len(joint) + behind.index(last) + len(last)
            at = plain.find(joint, at + 1)


def _is_range_to_next_year(plain: str, start: int, end: int) -> bool:
    first, last = sentence_around(plain, start, end)
    return _TO_THE_NEXT.is_in(plain[max(first, start - 12) : min(last, end + 16)])


def _is_range_of_lasting_event(plain: str, start: int, end: int) -> bool:
    """Whether the words beside a range are of what lasts for days."""
    first, last = sentence_around(plain, start, end)
    return _HELD.is_in(plain[max(first, start - 16) : min(last, end + 30)])
