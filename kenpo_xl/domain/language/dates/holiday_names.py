"""A holiday or observance beside the date of another day: 文化の日（11月4日）, 11月24日の勤労感謝の日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.time.holidays import HOLIDAYS, days_of_holiday

_NAMES = "|".join(HOLIDAYS)
_NAME = LazyPattern(rf"(?<![一-龥ァ-ヴ])(?:{_NAMES})(?!の?(?:振替|前後|前日|翌日))", needs=HOLIDAYS)
_THEN_DATE = LazyPattern(r"\s*(?:\(|の|(?:である|(?:に|で)当たる|にあたる|、すなわち)\s*|:)\s*")
_OLD = LazyPattern(r"体育の日", needs=("体育の日",))
# What joins a date and the name behind it: 11月4日の文化の日, 11月4日（文化の日）.
_DATE_THEN = LazyPattern(
    r"\s*(?:\([月火水木金土日](?:曜日?)?\))?\s*(?:\((?:[月火水木金土日][・、,])?|の|、)\s*"
)
_DATE_ONLY = LazyPattern(r"\s*(?:\([月火水木金土日][^()]{0,6}\))?\s*(?:の?(?:前後|頃|ごろ|以降|前|後|翌))")
_NEAR = 12
_FIRST_YEAR_OF_NEW_NAME = 2020


def contradicting_holidays(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """A holiday whose name is right beside a date that is another day, or a month without it."""
    plain = half_width(text)
    for found in _NAME.finditer(plain):
        for named in dates_in(text):
            right = (
                _first_and_last_day(found[0], named, report)
                if _is_holiday_name_of_date(plain, found, named)
                else None
            )
            if right and not _is_date_within(named, *right, report):
                start, end = min(found.start(), named.start), max(found.end(), named.end)
                end += plain[end : end + 1] == ")"
                yield Miswritten(start, end, f"日付が合いません（{found[0]}は{_text_of_days(*right)}）")
    for found in _OLD.finditer(plain) if report.fiscal_year >= _FIRST_YEAR_OF_NEW_NAME else ():
        if any(_is_date_beside_span(one, *found.span()) for one in dates_in(text)):
            yield Miswritten(*found.span(), "今は「スポーツの日」です")


def _is_holiday_name_of_date(plain: str, found: re.Match[str], named: NamedDate) -> bool:
    """Whether a name is said to be that of a date."""
    behind, before = named.start - found.end(), found.start() - named.end
    is_joined = (0 <= behind <= _NEAR and _THEN_DATE.fullmatch(plain[found.end() : named.start])) or (
        0 <= before <= _NEAR and _DATE_THEN.fullmatch(plain[named.end : found.start()])
    )
    return bool(is_joined) and not _DATE_ONLY.match(plain, named.end)


def _is_date_beside_span(named: NamedDate, start: int, end: int) -> bool:
    return 0 <= named.start - end <= 2 or 0 <= start - named.end <= 2


def _first_and_last_day(name: str, named: NamedDate, report: ReportTime) -> tuple[date, date] | None:
    return days_of_holiday(name, named.month_in(report.fiscal_year).year) if named.is_possible else None


def _is_date_within(named: NamedDate, first: date, last: date, report: ReportTime) -> bool:
    day = named.day_in(report.fiscal_year)
    return first <= day <= last if day else first.month <= named.month <= last.month


def _text_of_days(first: date, last: date) -> str:
    start = f"{first.month}月{first.day}日"
    return start if first == last else f"{start}から{last.month}月{last.day}日まで"
