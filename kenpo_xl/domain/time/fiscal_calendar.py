"""Fiscal years (年度: April to March, or from another month on) and the Japanese era (和暦)."""

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
APRIL = 4
"""The month with which a fiscal year begins where nothing else is set (年度の開始月)."""
_MONTHS = 12
_MONTH = r"(1[0-2]|[1-9])"


def is_leap_year(year: int) -> bool:
    """Whether a year has a 29th of February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """The days of a month (1 to 12). A check would load the module `calendar` for this alone."""
    return _DAYS[month - 1] + (month == _FEBRUARY and is_leap_year(year))


def era_name_letter_and_year(day: date) -> tuple[str, str, int]:
    """Era name, its letter and the year in it: (令和, R, 6); ValueError before the first era."""
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


class FiscalYear(int):
    """A fiscal year (年度): the number of the calendar year in which it begins, and
    its first month (年度の開始月).

    Those that begin with different months are not equal.
    """

    first_month: int

    def __new__(cls, number: int, first_month: int = APRIL) -> FiscalYear:
        year = super().__new__(cls, number)
        year.first_month = first_month
        return year

    def __reduce__(self) -> tuple[type[FiscalYear], tuple[int, int]]:
        return FiscalYear, (int(self), self.first_month)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FiscalYear) and other.first_month != self.first_month:
            return False
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = int.__hash__

    def __add__(self, years: int) -> FiscalYear:
        return FiscalYear(int(self) + years, self.first_month)

    def __sub__(self, years: int) -> FiscalYear:
        return self + -years

    @property
    def months(self) -> tuple[int, ...]:
        """The twelve months (1 to 12) in their order: 4 to 12 and 1 to 3."""
        return tuple((self.first_month + place - 1) % _MONTHS + 1 for place in range(_MONTHS))

    @property
    def whole(self) -> tuple[int, int]:
        """Its first and last month, 1 to 12."""
        return self.first_month, self.last_month

    @property
    def last_month(self) -> int:
        """The last month, 1 to 12."""
        return (self.first_month - 2) % _MONTHS + 1

    @property
    def first(self) -> Month:
        """The month with which it begins."""
        return self.month(self.first_month)

    @property
    def last(self) -> Month:
        """The month with which it ends."""
        return self.month(self.last_month)

    def month(self, number: int) -> Month:
        """The month `number` (1 to 12) of the year: of 2024 from April on, 1 is January 2025."""
        return Month(int(self) if number >= self.first_month else int(self) + 1, number)

    def of(self, month: Month) -> FiscalYear:
        """The year with the same first month that contains a month."""
        return FiscalYear(month.year - (month.number < self.first_month), self.first_month)

    def at(self, number: int) -> FiscalYear:
        """The year of another number with the same first month."""
        return FiscalYear(number, self.first_month)

    def contains(self, month: Month) -> bool:
        """Whether a month lies in the year."""
        return month.year - (month.number < self.first_month) == int(self)

    def elapsed_months(self, month: Month) -> int:
        """Months of its year that have passed when a month ends, 1 to 12."""
        return self.place_of(month.number) + 1

    def place_of(self, number: int) -> int:
        """The place of a month (1 to 12) in the year, from 0."""
        return (number - self.first_month) % _MONTHS

    def quarter(self, number: int) -> tuple[int, ...]:
        """The months of a quarter, 1 to 4."""
        return self.months[number * 3 - 3 : number * 3]

    def half(self, word: str) -> tuple[int, ...]:
        """The months of 上 or 下."""
        return self.months[:6] if word == "上" else self.months[6:]


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
    return exact_date_text(day)


def exact_date_text(day: date) -> str:
    """令和6年12月31日: the very day, also the last one of a month."""
    return f"{_era_text(day)}{day.month}月{day.day}日"


def date_text_with_weekday(day: date) -> str:
    """令和7年1月31日（金）: the very day, with that of the week."""
    return f"{exact_date_text(day)}（{_WEEKDAYS[day.weekday()]}）"


def date_text_in_both_calendars(day: date) -> str:
    """2025（令和7）年1月17日: the western year with the era year beside it."""
    return f"{day.year}（{_era_text(day)[:-1]}）年{day.month}月{day.day}日"


_FROM_TO = LazyPattern(rf"{_MONTH}月?(?:\d{{1,2}}日)?(?:[~～〜\-–—―‐−]|から)翌?年?{_MONTH}月")
_LIST = LazyPattern(r"(\d{1,2}月?(?:[・、,]\d{1,2}月?)+)(?<=月)(?:分|実施分|計)?")
_QUARTER = LazyPattern(r"第([1-4一二三四])・?四半期|(?<![A-Za-z\d])(?:第?([1-4])Q|Q([1-4]))(?![A-Za-z\d])")
_SO_FAR = LazyPattern(r"(?:末)?(?:まで|累計)")
_HALVES = (
    (LazyPattern(r"(?<!以)上(?:半)?期(?!間)|前半期"), "上"),
    (LazyPattern(r"(?<!以)下(?:半)?期(?!間)|後半期"), "下"),
)
_SINGLE = LazyPattern(rf"{_MONTH}月(?:分|末|号)?")
_TO_DATE = LazyPattern(rf"{_MONTH}月(?:\d{{1,2}}日|末)?(?:まで|累計)(?:の?(?:累計|計|実績))?")
_AT = LazyPattern(rf"{_MONTH}月(?:\d{{1,2}}日|末)?(?:現在|時点)")


def months_in_header(header: str, year: FiscalYear) -> tuple[int, int] | None:
    """First and last month (1 to 12) that a header names, else None: 10～12月, 第1四半期, 上半期, 10月まで.

    `header` is half-width (NFKC); white space does not matter. `year` is one of the plan's, for its months.
    """
    text = "".join(header.split())
    span = _FROM_TO.search(text)
    if span:
        return int(span[1]), int(span[2])
    quarter = _QUARTER.search(text)
    if quarter:
        number = next(group for group in quarter.groups() if group)
        months = year.quarter("1234".find(number) + "一二三四".find(number) + 2)
        return year.first_month if _SO_FAR.match(text, quarter.end()) else months[0], months[-1]
    half = next((year.half(word) for pattern, word in _HALVES if pattern.search(text)), None)
    if half:
        return half[0], half[-1]
    return _months_of_list(text) or _months_of_single(text.strip("()"), year)


def _months_of_list(text: str) -> tuple[int, int] | None:
    """First and last of 4・5月; None where they do not follow each other."""
    found = _LIST.fullmatch(text.strip("()"))
    numbers = [int(number) for number in re.findall(r"\d+", found[1])] if found else []
    follow = all(after == before % 12 + 1 for before, after in pairwise(numbers))
    return (numbers[0], numbers[-1]) if numbers and follow and max(numbers) <= 12 else None


def _months_of_single(text: str, year: FiscalYear) -> tuple[int, int] | None:
    month = _SINGLE.fullmatch(text) or _AT.fullmatch(text)
    if month:
        return int(month[1]), int(month[1])
    to_date = _TO_DATE.fullmatch(text)
    return (year.first_month, int(to_date[1])) if to_date else None
