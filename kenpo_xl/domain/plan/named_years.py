"""The years that headers name by number (R3, 令和3年度, 2021年度), and the months beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.time.fiscal_calendar import (
    ERAS,
    FiscalYear,
    Month,
    era_name_letter_and_year,
    months_in_header,
)
from kenpo_xl.domain.time.span import Years

_NAMES = "|".join(name for name, _, _ in ERAS)
# R3, H30 and S60年: a letter is an era only where no other letter, no 件 and no % is beside it.
_LETTER = r"(?<![A-Za-z])(?:R|H(?=\.?(?:[12]\d|3[01]|\d年))|S(?=\.?\d+年))"
_BESIDE = rf"(?:\((?:\d{{4}}|(?:{_NAMES}|[RHS])(?:\d{{1,2}}|元))年?度?\))?"
_YEAR = LazyPattern(
    rf"(?:(?P<era>{_NAMES}|{_LETTER})\.?(?P<number>\d{{1,2}}|元)|(?:FY|(?<!\d))(?P<western>(?:19|20)\d\d))"
    rf"(?!\d){_BESIDE}(?P<unit>年度|年|(?![A-Za-z%回号人件位型類級番区棟歳]))"
)
_BARE_YEAR = LazyPattern(r"\(?(?P<number>\d{1,2}|元)(?P<unit>年度|(?=[~～〜\-]\d{1,2}年度))(?![目間平計分])")
_SECOND = LazyPattern(
    rf"(?:(?P<era>{_NAMES}|[RHS])\.?)?(?P<number>\d{{1,4}}|元)(?!\d){_BESIDE}"
    r"(?P<unit>年度|年|(?(era)(?![A-Za-z%])|(?=[./]|\)|$)))"
)
_MONTH = LazyPattern(r"の?[./]?\(?(?P<month>1[0-2]|0?[1-9])(?P<unit>月|(?=[~～〜\-)]|から|末|$))")
_JOINS = LazyPattern(r"の?(?:[~～〜\-–—―ー]|から|→)")
_DAY = LazyPattern(r"[./]?\d{1,2}日?(?!\d)")
# A header that compares with a year, or says since when, is of its own time: 令和3年度比, 令和3年度以降.
_NOT_OF = LazyPattern(
    r"(?:\([^()]*\))?の?(?:対?比|増減|差|との|に対|以降|以前|以後|より|から|改正|改定|開始|創設|開設|設立"
    r"|採用|生まれ|生れ|並み?|基準(?!値|年|月|日)|伸び)"
)
_AGAINST = LazyPattern(r"対$")
_EARLIEST, _LATEST = 1926, 2200
_KEPT = 2_048
"""Headers whose time is kept: each is asked for several times, and the tables of all plans share most."""
_TWO_YEARS_AGO = LazyPattern(r"(?:前々|前前|一昨)年度?")
_NEXT_YEAR = LazyPattern(r"(?:翌|来|次)年度")
_LAST_YEAR = LazyPattern(r"(?:前|昨)年度?")
_THIS_YEAR = LazyPattern(r"(?:今|本|当)年度")
# What is said of another year in a header that is of this one: 前年度比, 前年度からの繰越, 前年度以上.
_COMPARES = LazyPattern(r"比|増減|差|伸び|以上|以下|並み|との|に対|から|より|繰越|繰り越|残")


@frozen
class NamedTime:
    """What a header names by number: years, and months (first and last, 1 to 12) that belong to them."""

    years: Years
    months: tuple[int, int] | None = None


@frozen
class _Point:
    """A year as it is written, and the month behind it; `is_fiscal` where it says 年度 or no unit at all."""

    year: int
    is_fiscal: bool
    month: int | None
    end: int

    def month_in(self, fiscal_year: FiscalYear) -> Month | None:
        """Its month in plans with such fiscal years, None without one."""
        if self.month is None:
            return None
        return fiscal_year.at(self.year).month(self.month) if self.is_fiscal else Month(self.year, self.month)


@lru_cache(maxsize=_KEPT)
def years_and_months_in_header(header: str, fiscal_year: FiscalYear) -> NamedTime | None:
    """The years and months that a header names by number or by 前々年度; None where it names no year.

    Two years that make no range (令和5年度と令和6年度の差) name none, nor does a year that is only compared
    with (令和3年度比). `fiscal_year` is the plan's: in it 5年度 is of the era of the day.
    """
    text = normalized_header(header)
    first = _first_year(text, fiscal_year)
    if first is None:
        return _time_from_year_words(text, fiscal_year)
    last = _end_point_of_range(text, first, fiscal_year)
    rest = text[(last or first).end :]
    if _NOT_OF.match(rest) or any(year != (last or first).year for year in _other_years_in(rest)):
        return None
    return _time_of_range(first, last, fiscal_year) if last else _time_of_year(first, rest, fiscal_year)


def each_year_named_in(text: str) -> Iterator[Years]:
    """Every year that a text names by number, one by one; a calendar year where it says 年, not 年度."""
    for found in _YEAR.finditer(normalized_header(text)):
        year = _western_year(found, None)
        if year is not None and found["unit"]:
            yield Years(year, year, calendar=found["unit"] == "年")


@lru_cache(maxsize=_KEPT)
def year_offset_named_in(header: str) -> int | None:
    """How many years before the plan's a header is in words (前年度 1, 今年度 0); None where it says none."""
    text = normalized_header(header)
    for offset, pattern in ((2, _TWO_YEARS_AGO), (-1, _NEXT_YEAR), (1, _LAST_YEAR), (0, _THIS_YEAR)):
        found = pattern.search(text)
        if found and not _COMPARES.search(text[found.end() :]) and not _AGAINST.search(text[: found.start()]):
            return offset
    return None


def normalized_header(header: str) -> str:
    """A header half-width, without white space and without what placeholders fill."""
    return "".join(unicodedata.normalize("NFKC", PLACEHOLDER.sub("", header)).split())


def _first_year(text: str, fiscal_year: FiscalYear) -> _Point | None:
    found = _BARE_YEAR.match(text)
    if found is None:
        found = next(filter(lambda match: _is_no_bare_number(text, match), _YEAR.finditer(text)), None)
        year = _western_year(found, None) if found else None
    else:
        year = _year_of_current_era(found["number"], fiscal_year)
    if found is None or year is None or _AGAINST.search(text[: found.start()]):
        return None
    return _year_point(text, year, found)


def _is_no_bare_number(text: str, found: re.Match[str]) -> bool:
    """Whether four digits without 年 are a year: alone in their header, or before a range or a month."""
    if found["unit"] or not found["western"] or found[0].startswith("FY"):
        return True
    around = (text[: found.start()] + text[found.end() :]).strip("()")
    return not around or bool(_MONTH.match(text, found.end()) or _match_range_end(text, found.end()))


def _end_point_of_range(text: str, first: _Point, fiscal_year: FiscalYear) -> _Point | None:
    """The end of a range that begins with a year: ～5年度, ～令和7年3月, ～9月; None where none is."""
    joins = _JOINS.match(text, _position_after_day(text, first))
    if joins is None:
        return None
    begin = first.month_in(fiscal_year)
    if begin is not None:
        month = _MONTH.match(text, joins.end())
        if month and not text.startswith("年", month.end()):
            return _month_of_range_end(begin, int(month["month"]), month.end())
    found = _SECOND.match(text, joins.end())
    if found is None:
        return None
    year = _western_year(found, first.year)
    if year is None or not 0 <= year - first.year <= _LATEST - _EARLIEST:
        return None
    last = _year_point(text, year, found)
    return last if (last.month is None) == (first.month is None) else None


def _match_range_end(text: str, start: int) -> re.Match[str] | None:
    joins = _JOINS.match(text, start)
    return _SECOND.match(text, joins.end()) if joins else None


def _position_after_day(text: str, point: _Point) -> int:
    day = _DAY.match(text, point.end) if point.month is not None else None
    return day.end() if day else point.end


def _month_of_range_end(first: Month, month: int, end: int) -> _Point:
    """The end of 令和6年10月～3月: the next such month."""
    year = first.year + (month < first.number)
    return _Point(year, False, month, end)


def _year_point(text: str, year: int, found: re.Match[str]) -> _Point:
    """The year that was found, with a month right behind it: 令和6年10月, R6.10, 令和6年度10月."""
    end = found.end()
    month = _MONTH.match(text, end)
    is_named = month and (month["unit"] or (not found["unit"] and text[end : end + 1] in (".", "/")))
    if month is None or not is_named:
        return _Point(year, found["unit"] != "年", None, end)
    return _Point(year, found["unit"] == "年度", int(month["month"]), month.end())


def _first_day_of_era(era: str | None) -> date | None:
    return next((first for name, letter, first in ERAS if era in (name, letter)), None)


def _western_year(found: re.Match[str], before: int | None) -> int | None:
    """The western year of a match; a number without era is of the era of the year `before` it."""
    groups = found.groupdict()
    number, era = groups.get("number") or "", groups.get("era")
    if groups.get("western"):
        return int(groups["western"])
    if len(number) == len("2021"):
        return int(number)
    if era is None and before is not None:
        era = era_name_letter_and_year(date(before, 5, 1))[0]
    first = _first_day_of_era(era)
    if first is None:
        return None
    year = first.year - 1 + (1 if number == "元" else int(number))
    return year if _EARLIEST <= year <= _LATEST else None


def _year_of_current_era(number: str, fiscal_year: FiscalYear) -> int | None:
    """The year of 5年度: of the era of the plan's year, and of the one before where that is far ahead."""
    if not fiscal_year:
        return None
    in_era = 1 if number == "元" else int(number)
    _, _, now = era_name_letter_and_year(date(fiscal_year, 5, 1))
    year = fiscal_year - now + in_era
    if in_era <= now + 20:
        return year
    before = next(first for _, _, first in ERAS[1:] if first < date(fiscal_year - now + 1, 1, 1))
    return before.year - 1 + in_era


def _other_years_in(rest: str) -> Iterator[int]:
    years = (_western_year(found, None) for found in _YEAR.finditer(rest) if found["unit"])
    return (year for year in years if year is not None)


def _time_of_range(first: _Point, last: _Point, fiscal_year: FiscalYear) -> NamedTime:
    begin, end = first.month_in(fiscal_year), last.month_in(fiscal_year)
    if begin and end:
        years = Years(fiscal_year.of(begin), fiscal_year.of(end))
        if begin.years_earlier(-1) > end:  # within twelve months the last one says the year
            years = Years(years.last, years.last)
        return NamedTime(years, (begin.number, end.number))
    return NamedTime(Years(first.year, last.year, calendar=not (first.is_fiscal and last.is_fiscal)))


def _time_of_year(point: _Point, rest: str, fiscal_year: FiscalYear) -> NamedTime:
    month = point.month_in(fiscal_year)
    if month:
        to_date = re.match(r"(?:\d{1,2}日)?(?:末)?(?:まで|累計)", rest)
        year = fiscal_year.of(month)
        return NamedTime(Years(year, year), (year.first_month if to_date else month.number, month.number))
    months = months_in_header(rest.removeprefix("の").strip("()"), fiscal_year)
    if months and not point.is_fiscal and re.search(r"\d月", rest):
        end = fiscal_year.of(Month(point.year + (months[0] > months[1]), months[1]))
        return NamedTime(Years(end, end), months)
    return NamedTime(Years(point.year, point.year, calendar=not point.is_fiscal), months)


def _time_from_year_words(text: str, fiscal_year: FiscalYear) -> NamedTime | None:
    offset = year_offset_named_in(text)
    if offset is None or offset in (0, 1):
        return None
    year = fiscal_year - offset
    return NamedTime(
        Years(year, year),
        months_in_header(re.sub(r"^(?:前々|前前|一昨|翌|来|次)年度?の?", "", text), fiscal_year),
    )
