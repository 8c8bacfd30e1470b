"""The fiscal calendar (年度: April to March) and the Japanese era (和暦)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern

# First days of the eras, after 元号法 and its cabinet orders.
ERAS = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1868, 1, 25)),
)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
_WEEKDAYS = "月火水木金土日"
MONTHS_OF_FISCAL_YEAR = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
_MONTH = r"(1[0-2]|[1-9])"


def is_leap_year(year: int) -> bool:
    """Whether a year has a 29th of February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """The days of a month (1 to 12). A check would load the module `calendar` for this alone."""
    return _DAYS[month - 1] + (month == _FEBRUARY and is_leap_year(year))


def era_name_letter_and_year(day: date) -> tuple[str, str, int]:
    """Era name, its letter and the year in it: (令和, R, 6)."""
    for name, letter, first in ERAS:
        if day >= first:
            return name, letter, day.year - first.year + 1
    raise ValueError(f"no era before {ERAS[-1][2]}: {day}")


def _era_text(day: date) -> str:
    name, _, year = era_name_letter_and_year(day)
    return f"{name}{'元' if year == 1 else year}年"


@frozen
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, days_in_month(self.year, self.number))

    @property
    def fiscal_year(self) -> int:
        return self.year if self.number >= 4 else self.year - 1

    @property
    def elapsed_months_of_fiscal_year(self) -> int:
        """Months of the fiscal year that have passed when this month ends, 1 to 12."""
        return MONTHS_OF_FISCAL_YEAR.index(self.number) + 1

    @property
    def next(self) -> Month:
        """The month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def years_earlier(self, years: int) -> Month:
        return Month(self.year - years, self.number)

    def __lt__(self, other: Month) -> bool:
        return (self.year, self.number) < (other.year, other.number)

    def __le__(self, other: Month) -> bool:
        return (self.year, self.number) <= (other.year, other.number)

    def __str__(self) -> str:
        return f"{_era_text(self.last_day)}{self.number}月"


def fiscal_month(fiscal_year: int, number: int) -> Month:
    """The month `number` (1 to 12) of a fiscal year: fiscal 2024, 1 is January 2025."""
    return Month(fiscal_year if number >= 4 else fiscal_year + 1, number)


def fiscal_year_text(fiscal_year: int, *, short: bool = False) -> str:
    """令和6年度, or R6年度. Most of its months name it: 2019 is 令和元年度, April or not."""
    name, letter, year = era_name_letter_and_year(date(fiscal_year, 5, 1))
    if short:
        return f"{letter}{year}年度"
    return f"{name}{'元' if year == 1 else year}年度"


def date_text(day: date) -> str:
    """令和6年12月31日, and 令和6年12月末 for the last day of a month."""
    if (day + timedelta(days=1)).day == 1:
        return f"{Month.of(day)}末"
    return f"{_era_text(day)}{day.month}月{day.day}日"


def date_text_with_weekday(day: date) -> str:
    """令和7年1月31日（金）: the very day, with that of the week."""
    return f"{_era_text(day)}{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def date_text_in_both_calendars(day: date) -> str:
    """2025（令和7）年1月17日: the western year with the era year beside it."""
    return f"{day.year}（{_era_text(day)[:-1]}）年{day.month}月{day.day}日"


_FROM_TO = LazyPattern(rf"{_MONTH}月?(?:\d{{1,2}}日)?(?:[~～〜\-–—―‐−]|から)翌?年?{_MONTH}月")
_LIST = LazyPattern(r"(\d{1,2}月?(?:[・、,]\d{1,2}月?)+)(?<=月)(?:分|実施分|計)?")
_QUARTER = LazyPattern(r"第([1-4一二三四])・?四半期|(?<![A-Za-z\d])(?:第?([1-4])Q|Q([1-4]))(?![A-Za-z\d])")
_SO_FAR = LazyPattern(r"(?:末)?(?:まで|累計)")
_HALVES = (
    (LazyPattern(r"(?<!以)上(?:半)?期(?!間)|前半期"), (4, 9)),
    (LazyPattern(r"(?<!以)下(?:半)?期(?!間)|後半期"), (10, 3)),
)
_SINGLE = LazyPattern(rf"{_MONTH}月(?:分|末|号)?")
_TO_DATE = LazyPattern(rf"{_MONTH}月(?:\d{{1,2}}日|末)?(?:まで|累計)(?:の?(?:累計|計|実績))?")
_AT = LazyPattern(rf"{_MONTH}月(?:\d{{1,2}}日|末)?(?:現在|時点)")


def months_in_header(header: str) -> tuple[int, int] | None:
    """First and last month (1 to 12) that a header names, else None: 10～12月, 第1四半期, 上半期, 10月まで.

    `header` is half-width (NFKC); white space does not matter.
    """
    text = "".join(header.split())
    span = _FROM_TO.search(text)
    if span:
        return int(span[1]), int(span[2])
    quarter = _QUARTER.search(text)
    if quarter:
        number = next(group for group in quarter.groups() if group)
        last = ("1234".find(number) + "一二三四".find(number) + 2) * 3 - 1
        begins = 0 if _SO_FAR.match(text, quarter.end()) else last - 2
        return MONTHS_OF_FISCAL_YEAR[begins], MONTHS_OF_FISCAL_YEAR[last]
    half = next((months for pattern, months in _HALVES if pattern.search(text)), None)
    if half:
        return half
    return _months_of_list(text) or _months_of_single(text.strip("()"))


def _months_of_list(text: str) -> tuple[int, int] | None:
    """First and last of 4・5月; None where they do not follow each other."""
    found = _LIST.fullmatch(text.strip("()"))
    numbers = [int(number) for number in re.findall(r"\d+", found[1])] if found else []
    follow = all(after == before % 12 + 1 for before, after in pairwise(numbers))
    return (numbers[0], numbers[-1]) if numbers and follow and max(numbers) <= 12 else None


def _months_of_single(text: str) -> tuple[int, int] | None:
    month = _SINGLE.fullmatch(text) or _AT.fullmatch(text)
    if month:
        return int(month[1]), int(month[1])
    to_date = _TO_DATE.fullmatch(text)
    return (4, int(to_date[1])) if to_date else None
