"""The dates (日付) that a Japanese sentence names, and what is wrong with the way they are written."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import field, replace
from datetime import MAXYEAR, date
from functools import lru_cache
from itertools import pairwise

from kenpo_xl.domain.calendar import ERAS, Month, fiscal_month
from kenpo_xl.domain.text import half_width
from kenpo_xl.domain.text_numbers import UNIT
from kenpo_xl.domain.values import frozen

WEEKDAYS = "月火水木金土日"
_ERA = "|".join(name for name, _, _ in ERAS)
_YEAR = (
    rf"(?:(?P<era>{_ERA}|(?<![A-Za-z])[RHS](?=\s*\d))\s*(?P<in_era>\d+|元)"
    r"|(?<!\d)(?P<western>(?:19|20)\d\d)(?:\([^()]*\))?)"
)
_NOT_INSIDE = r"(?<![\d/.,:-])"
# 令和6年12月25日, 12月25日, 12月; R6.12.25, 2024/12/25; 12/25
_NAMED = re.compile(
    rf"(?:{_YEAR}\s*年\s*|{_NOT_INSIDE})(?P<month>\d{{1,2}})\s*月(?![間額例謝])(?:\s*(?P<day>\d{{1,2}})\s*日(?![間以]))?"
    rf"|{_YEAR.replace('?P<', '?P<n_')}[./](?P<n_month>\d{{1,2}})[./](?P<n_day>\d{{1,2}})(?![\d.,/])"
    rf"|{_NOT_INSIDE}(?P<s_month>1[0-2]|0?[1-9])/(?P<s_day>3[01]|[12]\d|0?[1-9])(?![\d/])"
)
# What joins two dates of one list: the second takes over the year, a bare day the month too.
_JOINED = re.compile(r"\s*(?:[・、,~\-]|から|及び|および|と)\s*")
_MORE_DAYS = re.compile(r"(?:\([^()]{1,2}\))?\s*[・、,~]\s*(?P<day>\d{1,2})\s*日(?![間以])")
_MORE_MONTHS = re.compile(rf"{_NOT_INSIDE}(?P<month>\d{{1,2}})\s*[・、,~]\s*$")


@frozen
class NamedDate:
    """A date as named: `year` is western, None where none stands; `day` None for a whole month.

    `start` and `end` are its place in the text. Month and day may be impossible ones. `goes_on` tells that it
    follows another in a list and takes over its year.
    """

    year: int | None
    month: int
    day: int | None
    start: int
    end: int
    goes_on: bool = field(default=False, compare=False)

    @property
    def is_possible(self) -> bool:
        """Whether the calendar has it; a 29th of February without a year may be one."""
        if not 1 <= self.month <= 12 or (self.year or 1) > MAXYEAR:
            return False
        return self.day is None or 1 <= self.day <= _length(self.year, self.month)

    def month_in(self, fiscal_year: int) -> Month:
        """Its month; where no year is named, that of the fiscal year."""
        return fiscal_month(fiscal_year, self.month) if self.year is None else Month(self.year, self.month)

    def day_in(self, fiscal_year: int) -> date | None:
        """The day itself, None for a whole month or one that the calendar does not have."""
        year = self.month_in(fiscal_year).year
        if self.day is None or not self.is_possible or self.day > _length(year, self.month):
            return None
        return date(year, self.month, self.day)


@lru_cache(maxsize=2_048)
def dates_in(text: str) -> tuple[NamedDate, ...]:
    """Every date of `text` that names a month, in their order.

    Of 令和7年1月23日・2月17日・21日 the second and third are of the same year; 4～6月 are two months.
    """
    plain = half_width(text)
    found: list[NamedDate] = []
    for match in _NAMED.finditer(plain):
        named = _named(match)
        if found and named.year is None and _JOINED.fullmatch(plain[found[-1].end : named.start]):
            named = replace(named, year=_next_year(found[-1], named), goes_on=True)
        found += [*_months_before(plain, named), named, *_days_after(plain, named)]
    return tuple(found)


def _named(match: re.Match[str]) -> NamedDate:
    for prefix in ("", "n_"):
        if match[f"{prefix}month"]:
            written = [match[f"{prefix}{part}"] for part in ("era", "in_era", "western")]
            day = match[f"{prefix}day"]
            return NamedDate(
                _western(*written), int(match[f"{prefix}month"]), int(day) if day else None, *match.span()
            )
    return NamedDate(None, int(match["s_month"]), int(match["s_day"]), *match.span())


def _western(era: str | None, in_era: str | None, western: str | None) -> int | None:
    if western:
        return int(western)
    if not era or not in_era:
        return None
    first = next(first for name, letter, first in ERAS if era in (name, letter))
    return first.year - 1 + (1 if in_era == "元" else int(in_era))


def _next_year(before: NamedDate, named: NamedDate) -> int | None:
    """The year taken over in a list; 令和6年12月、1月 goes on into the next."""
    if before.year is None:
        return None
    return before.year + (before.month >= 4 > named.month)  # April begins the fiscal year


def _months_before(plain: str, named: NamedDate) -> Iterator[NamedDate]:
    """The 4 of 4～6月."""
    match = _MORE_MONTHS.search(plain, max(0, named.start - 6), named.start)
    if match:
        yield replace(named, month=int(match["month"]), day=None, start=match.start(), end=match.end("month"))


def _days_after(plain: str, named: NamedDate) -> Iterator[NamedDate]:
    """The 28日 and 29日 of 7月26日・28日・29日."""
    match = _MORE_DAYS.match(plain, named.end) if named.day is not None else None
    while match:
        yield replace(named, day=int(match["day"]), start=match.start("day"), end=match.end(), goes_on=True)
        match = _MORE_DAYS.match(plain, match.end())


def _length(year: int | None, month: int) -> int:
    """Days of a month, the longest it can have where the year is not known; 0 for no month."""
    if not 1 <= month <= 12:
        return 0
    return calendar.monthrange(year or 2024, month)[1]


@frozen
class Miswritten:
    """A piece of a text that is no whole date: its place, and in Japanese what is wrong with it."""

    start: int
    end: int
    wrong: str


_HAS_NO_YEAR = "年号のあとの年が抜けています"
_MALFORMED = (
    # 令和7月, 令和 7 月1～3月, 令和12日: a month or day where the year belongs
    (re.compile(rf"(?:{_ERA})\s*\d+\s*(?:月|日)[\d~\-・月日]*"), "年号のあとに「年」がありません"),
    (re.compile(rf"(?:{_ERA})\s*年(?:\s*\d+\s*月)?"), _HAS_NO_YEAR),
    (re.compile(rf"(?:{_ERA})\s*(?:\d+|元)\s+\d{{1,2}}\s*月"), "年号のあとに「年」がありません"),
    # 令和6度, 令和6の, 令和6年 is right, and so are 令和5・6年度, 令和6.12.20 and 昭和3丁目
    (
        re.compile(
            rf"(?:{_ERA})\s*(?:\d+(?!\d)|元)(?!\s*(?:[年./\d]|[・、,~\-及とか]|から|丁目|[番号条区]))度?"
        ),
        "年号のあとに「年」がありません",
    ),
    (re.compile(rf"(?:{_ERA})\s*(?:{_ERA})"), "年号が重なっています"),
    (re.compile(r"\d\s*(?:年\s*年|月\s*月(?!曜))"), "同じ字が重なっています"),
)
# Words that begin as a unit does: 令和6年5月27 個人情報保護委員会.
_NO_UNIT = "個人|人事|名簿|部会|部内|本部|点検|社会|社労|台帳|回収|組合|年金|代表|分科|分析|通知"
_DAY_ALONE = r"\s*(?:1[0-2]|0?[1-9])\s*月\s*(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_UNFINISHED = (
    (
        re.compile(
            rf"{_NOT_INSIDE}{_DAY_ALONE}(?=\s*(?:に|から|まで|より|付け|現在|時点|~\s*\d+\s*月\s*\d+\s*日"
            r"|(?:開催|実施|発送|送付|発行|開始|終了|締切)|\("
            f"[{WEEKDAYS}]"
            r"\)))"
        ),
        "「日」が抜けています",
    ),
    # With its year before it, what follows can only be a day: 令和6年5月27 委員会を開催
    (
        re.compile(
            rf"{_YEAR}\s*年{_DAY_ALONE}(?=\s+[^\W\d]|\s*[、。]|\s*$)(?!\s*(?:日|(?!{_NO_UNIT})(?:{UNIT})))"
        ),
        "「日」が抜けています",
    ),
    (
        re.compile(
            rf"{_YEAR}\s*年\s*(?:1[0-2]|0?[1-9])(?!\d)(?=\s+[^\W\d])(?!\s*(?:[月日度つ]|(?!{_NO_UNIT})(?:{UNIT})))"
        ),
        "「月」が抜けています",
    ),
    (re.compile(r"\d\s*月\s*日(?=\s*(?:に|から|まで|より|付|、|。|\())"), "日の数が抜けています"),
    (re.compile(r"(?:^|[。、(])\s*月\s*\d{1,2}\s*日"), "月の数が抜けています"),
)


def malformed_eras(text: str) -> Iterator[Miswritten]:
    """Where an era (年号) is not followed by its year: 令和7月1～3月, 令和年6月, 令和6 12月."""
    return _miswritten(text, _MALFORMED)


def unfinished_dates(text: str) -> Iterator[Miswritten]:
    """Dates that stop half way: 12月20に, 12月日に."""
    return _miswritten(text, _UNFINISHED)


def _miswritten(text: str, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> Iterator[Miswritten]:
    plain, end = half_width(text), 0
    found = [(match.span(), wrong) for pattern, wrong in patterns for match in pattern.finditer(plain)]
    for (start, stop), wrong in sorted(found):
        if start >= end:
            yield Miswritten(start, stop, wrong)
            end = stop


_ERA_YEAR = re.compile(rf"(?P<era>{_ERA})\s*(?P<year>\d+)(?:\s*年(?:\s*(?P<month>\d{{1,2}})\s*月)?|[./])")
# The last year of each era; 昭和64年 had a week, 平成31年 ended on April 30.
_LAST_YEARS = {name: later.year - first.year + 1 for (_, _, later), (name, _, first) in pairwise(ERAS)}


def impossible_years(text: str) -> Iterator[Miswritten]:
    """Years that their era does not have: 令和0年, 平成32年, 昭和65年."""
    for match in _ERA_YEAR.finditer(half_width(text)):
        year, last = int(match["year"]), _LAST_YEARS.get(match["era"])
        if year == 0 or (last is not None and year > last):
            yield Miswritten(*match.span(), f"{match['era']}{year}年はありません")


def impossible_dates(text: str) -> Iterator[Miswritten]:
    """Months and days that the calendar does not have: 13月, 2月30日."""
    for named in dates_in(text):
        if not named.is_possible:
            said = f"{named.month}月" + (f"{named.day}日" if named.day is not None else "")
            yield Miswritten(named.start, named.end, f"{said}はありません")


_WEEKDAY = re.compile(rf"\s*\(\s*([{WEEKDAYS}])(?:曜日?)?(?:[・,、]祝)?\s*\)")


def wrong_weekdays(text: str, fiscal_year: int) -> Iterator[Miswritten]:
    """Dates whose weekday in brackets is that of another day: 12月20日（土）. No year: the fiscal year's."""
    plain = half_width(text)
    for named in dates_in(text):
        match, day = _WEEKDAY.match(plain, named.end), named.day_in(fiscal_year)
        if match and day and match[1] != WEEKDAYS[day.weekday()]:
            yield Miswritten(
                named.start, match.end(), f"{day.month}月{day.day}日は{WEEKDAYS[day.weekday()]}曜日です"
            )
