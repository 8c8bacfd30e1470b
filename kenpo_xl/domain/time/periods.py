"""The periods of a fiscal year: how many there are, their names and months, and which one is next.

The one module that counts periods: whatever is asked of the next or the last one is asked here. A period is
known by its fiscal year, its kind (期の種類) and its number, which counts from 1 in each year.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month, fiscal_year_text

FIRST_PERIOD = 1
_HALVES = ("上半期", "下半期")
_HALF_WORDS = ("[上前]半?期|前半", "[下後]半?期|後半")
_KANJI = "一二三四"
_MONTHS_OF_YEAR = 12


class Cycle(StrEnum):
    """How often a branch reports (期の種類)."""

    MONTH = "月"
    QUARTER = "四半期"
    HALF = "半期"
    YEAR = "年度"

    @property
    def last_number(self) -> int:
        """The number of the last period of a year, which is how many there are."""
        return {Cycle.MONTH: 12, Cycle.QUARTER: 4, Cycle.HALF: 2, Cycle.YEAR: 1}[self]

    @property
    def numbers(self) -> range:
        return range(FIRST_PERIOD, self.last_number + 1)

    def is_last(self, number: int) -> bool:
        """Whether a period ends the year, when every target is due."""
        return number == self.last_number

    def next_period(self, fiscal_year: FiscalYear, number: int) -> tuple[FiscalYear, int]:
        """Fiscal year and number of the period after one."""
        return (fiscal_year + 1, FIRST_PERIOD) if self.is_last(number) else (fiscal_year, number + 1)

    def period_before(self, fiscal_year: FiscalYear, number: int) -> tuple[FiscalYear, int]:
        """Fiscal year and number of the period before one."""
        return (fiscal_year, number - 1) if number > FIRST_PERIOD else (fiscal_year - 1, self.last_number)

    def name_of(self, fiscal_year: FiscalYear, number: int) -> str:
        """第3四半期, 上半期, 12月, 通期"""
        match self:
            case Cycle.MONTH:
                return f"{fiscal_year.months[number - 1]}月"
            case Cycle.QUARTER:
                return f"第{number}四半期"
            case Cycle.HALF:
                return _HALVES[number - 1]
        return "通期"

    def full_name_of(self, fiscal_year: FiscalYear, number: int, separator: str = "") -> str:
        """令和6年度第3四半期, 令和6年度上半期, 令和6年度12月, 令和6年度通期"""
        return fiscal_year_text(fiscal_year) + separator + self.name_of(fiscal_year, number)

    def number_in(self, text: str, fiscal_year: FiscalYear) -> int | None:
        """The number of a period that half-width text names: 3, 第3四半期, 上期, 12月; None for any other."""
        match self:
            case Cycle.MONTH:
                found = re.fullmatch(r"(1[0-2]|[1-9])月?", text)
                return fiscal_year.place_of(int(found[1])) + 1 if found else None
            case Cycle.HALF:
                named = (number for number in self.numbers if re.fullmatch(_HALF_WORDS[number - 1], text))
                return next(named, None) or self._plain_number_in(text)
            case Cycle.YEAR:
                return FIRST_PERIOD if re.fullmatch("1|通[期年]|年[度間]|年1回", text) else None
        return self._plain_number_in(text)

    def _plain_number_in(self, text: str) -> int | None:
        found = re.fullmatch(rf"第?(\d|[{_KANJI}])(?:四?半期|期|Q)?", text)
        number = (_KANJI.find(found[1]) + 1 or int(found[1])) if found else 0
        return number if number in self.numbers else None

    @property
    def examples(self) -> str:
        """What a period may be typed as, for a sentence to staff."""
        return {
            Cycle.MONTH: "4月 のような月",
            Cycle.QUARTER: "1～4",
            Cycle.HALF: "上半期 か 下半期",
            Cycle.YEAR: "1",
        }[self]

    def months_of(self, fiscal_year: FiscalYear, number: int) -> tuple[Month, ...]:
        """The months of a period, in order."""
        count = _MONTHS_OF_YEAR // self.last_number
        return tuple(map(fiscal_year.month, fiscal_year.months[(number - 1) * count : number * count]))

    def months_until_end_of(self, number: int) -> int:
        """The months of the year that have passed when a period ends, 1 to 12."""
        return number * _MONTHS_OF_YEAR // self.last_number

    def first_day_of(self, fiscal_year: FiscalYear, number: int) -> date:
        """The first day of a period: April 1 for the first one."""
        first = self.months_of(fiscal_year, number)[0]
        return date(first.year, first.number, 1)

    def last_day_of(self, fiscal_year: FiscalYear, number: int) -> date:
        """The last day of a period: June 30 for the first quarter."""
        return self.months_of(fiscal_year, number)[-1].last_day

    def period_of(self, month: Month, year: FiscalYear) -> tuple[FiscalYear, int]:
        """Fiscal year and number of the period that contains a month; `year` is any with its first month."""
        count = _MONTHS_OF_YEAR // self.last_number
        return year.of(month), year.place_of(month.number) // count + FIRST_PERIOD
