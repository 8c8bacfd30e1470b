"""The months and years that a sentence names for its numbers: 第3四半期, 12月までで, 前年同期."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import ERA, western_year
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.span import Accumulation, Span


class TimeKind(StrEnum):
    """How a sentence means a time."""

    MONTHS = "months"
    UP_TO = "up to a month"
    AT = "at the end of a month"
    YEAR = "year"
    LAST_YEAR = "year before"
    SAME_PERIOD = "same period of the year before"
    OTHER = "another time"

    @property
    def is_last_year(self) -> bool:
        """Whether it is the year before, or a part of it."""
        return self in (TimeKind.LAST_YEAR, TimeKind.SAME_PERIOD)


class TimeFit(StrEnum):
    """How well the months of a figure are those of a sentence."""

    EXACT = "exact"
    LOOSE = "loose"
    NONE = "none"


@frozen
class StatedTime:
    """A time as named: `year` is the era year or western year read as a fiscal year, None without one.

    `is_of_fiscal_year`: the year of some months is a fiscal one (令和5年度第3四半期); `is_of_year_before`:
    they are those of the year before (前年度の6月). `parts` are the months that it joins, one by one.
    """

    kind: TimeKind
    start: int
    end: int
    months: tuple[int, int] | None = None
    year: int | None = None
    is_of_fiscal_year: bool = False
    is_of_year_before: bool = False
    parts: tuple[tuple[int, int], ...] = ()

    def fit(self, span: Span, fiscal_year: FiscalYear) -> TimeFit:
        """How well a span is this time in a report of a fiscal year."""
        if self.kind is TimeKind.OTHER or not self.fiscal_year_in(fiscal_year).contains(span.last):
            return TimeFit.NONE
        is_running = span.kind is Accumulation.MOMENT or span.first.number == fiscal_year.first_month
        if self.months is None:
            return self._fit_of_year(span, fiscal_year, is_running=is_running)
        if self.kind is TimeKind.MONTHS:
            return _fit_of_months(span, self.months, is_running=is_running)
        return TimeFit.EXACT if span.last.number == self.months[1] and is_running else TimeFit.NONE

    def fiscal_year_in(self, fiscal_year: FiscalYear) -> FiscalYear:
        """Its fiscal year in a report of a fiscal year."""
        if self.is_of_year_before or self.kind.is_last_year:
            return fiscal_year - 1
        if self.year is None:
            return fiscal_year
        is_calendar_year = self.months is not None and not self.is_of_fiscal_year
        if self.months and is_calendar_year:
            return fiscal_year.of(Month(self.year, self.months[1]))
        return fiscal_year.at(self.year)

    def _fit_of_year(self, span: Span, fiscal_year: FiscalYear, *, is_running: bool) -> TimeFit:
        if (
            self.kind is TimeKind.SAME_PERIOD
            and span.kind is not Accumulation.MOMENT
            and span.first == span.last
        ):
            return TimeFit.LOOSE  # the month that 同月 means is named elsewhere
        if span.kind is Accumulation.MONTH and span.first == span.last:
            return TimeFit.NONE  # the first month of a year is no part of a running figure
        is_whole = span.kind is Accumulation.YEAR or span.last.number == fiscal_year.last_month
        if self.kind is TimeKind.LAST_YEAR:
            return TimeFit.EXACT if is_whole and is_running else TimeFit.NONE
        return TimeFit.EXACT if is_running else TimeFit.NONE


def _fit_of_months(span: Span, months: tuple[int, int], *, is_running: bool) -> TimeFit:
    """How well a span is from one month to another; one month may mean all up to it."""
    if (span.first.number, span.last.number) == months:
        return TimeFit.EXACT
    is_last = is_running and months[0] == months[1] == span.last.number
    return TimeFit.LOOSE if is_last else TimeFit.NONE


_MONTH = r"(?:1[0-2]|0?[1-9])"
_YEAR = rf"(?:(?P<era>{ERA})\s*(?P<in_era>\d{{1,2}}|元)\s*年(?!度)\s*)?"
_RANGE = (
    rf"{_YEAR}(?<!\d)(?P<first>{_MONTH})\s*月?\s*(?:から|~|-)\s*(?:令和\s*\d+\s*年\s*)?"
    rf"(?P<last>{_MONTH})\s*月(?!\s*\d|号)(?:末)?(?:まで)?"
)
_SINGLE = (
    rf"{_YEAR.replace('?P<', '?P<m_')}(?<!\d)(?P<month>{_MONTH})\s*月(?P<not>\s*\d|号|間|以)?"
    r"(?P<end>末日?)?(?P<at>現在|時点)?(?P<until>まで)?"
)
_TIMES = LazyPattern(
    rf"{_RANGE}|{_SINGLE}"
    r"|第\s*(?P<quarter>[1-4一二三四])\s*四半期(?P<q_end>末)?(?P<q_until>まで)?"
    r"|(?P<half>[上下])(?:半)?期"
    # 前年同期比 is of now.
    # 昨年度からの累計 is of more than one year.
    rf"|(?P<since>(?:前年度?|昨年度|一昨年度?|{ERA}\s*(?:\d{{1,2}}|元)\s*年度)から(?:の|通算)?(?:累計|通算|累積|合計|延べ))"
    r"|(?P<same>(?:前年|昨年)度?(?:の?同(?:期|月|時期|四半期|じ(?:時期|期間|月)))(?!末?対?比))"
    r"|(?P<before>(?:前年度?|昨年度)(?!末?対?比|度|の?同))"
    r"|(?P<this>[今本当]年度)"
    rf"|(?P<y_era>{ERA})\s*(?P<y_in_era>\d{{1,2}}|元)\s*年度"
    r"|(?P<other>昨年|前回|前期|前月|前四半期|過去|翌年度?|来年度?|翌月|今月|毎月|(?:(?<!\d)1\s*[かヶカケヵ箇]\s*)?月平均|年平均)",
    needs="月年期回過均",
)
_DIGITS = str.maketrans("一二三四", "1234")


@lru_cache(maxsize=512)
def stated_times_in(plain: str, fiscal_year: FiscalYear) -> tuple[StatedTime, ...]:
    """The times of a text with half-width digits, in their order; `fiscal_year` is the report's."""
    found: list[StatedTime] = []
    for time in _times_of_matches(plain, fiscal_year):
        year = found[-1] if found else None
        if year and _is_year_of(year, time) and _BETWEEN.fullmatch(plain[year.end : time.start]):
            found[-1] = _months_of_year(year, time)
        else:
            found.append(time)
    return tuple(found)


def joined_times(
    times: tuple[StatedTime, ...], plain: str, fiscal_year: FiscalYear
) -> tuple[StatedTime, ...]:
    """The times with those as one that a text joins: 第1四半期と第2四半期, 4月、5月.

    Months that do not follow one another are another time, with their parts, and so are those of which each
    has a number of its own. Those that are compared stay apart.
    """
    if len(times) <= 1:
        return times
    found = [times[0]]
    for time in times[1:]:
        former = found[-1]
        join = plain[former.end : time.start].strip()
        rest = plain[time.end :]
        if join in _JOINS and _may_be_joined(former, time) and not _is_followed_by_comparison(rest):
            is_each = _EACH_TIME.is_in(rest)
            joined = _joined_time(former, time, fiscal_year, is_range=join in _RANGES)
            found[-1] = replace(joined, kind=TimeKind.OTHER, parts=()) if is_each else joined
        else:
            found.append(time)
    return tuple(found)


_RANGES = ("から", "~", "〜", "-")
_JOINS = ("と", "及び", "および", "、", "・", ",", "+", *_RANGES)
_EACH_TIME = AnyOf("それぞれ|各々|おのおの|ともに|いずれも|順に")
_COMPARED = AnyOf("比べ|比較|の差は|の差が|の差を|の差も|対比|にかけて")


# 第3四半期は第2四半期を上回り75,277千円: the number is not of the time that it is compared with.
_IS_BESIDE = LazyPattern(
    r"の?(?:実績|件数|人数|数)?(?:を(?:大きく|大幅に|わずかに|やや)?(?:上回|下回)|より(?:も)?[^。、\d]{0,12}い)"
)


def time_of_number(local: str, times: tuple[StatedTime, ...]) -> StatedTime | None:
    """The last time before a number that it is not compared with, None without one."""
    return next((one for one in reversed(times) if not _IS_BESIDE.match(local, one.end)), None)


def time_behind(plain: str, end: int, fiscal_year: FiscalYear) -> StatedTime | None:
    """The time in the bracket right behind a number: 43,089件（10月末）."""
    bracket = re.match(r"\s*\(([^()。]{1,24})\)", plain[end : end + 30])
    times = stated_times_in(bracket[1], fiscal_year) if bracket else ()
    if bracket is None or len(times) != 1 or times[0].start:
        return None
    return None if _NUMBER_OF_TIME.match(bracket[1], times[0].end) else times[0]


# 12,377件(前年同期15,736件): the time is that of the number in the bracket.
_NUMBER_OF_TIME = LazyPattern(r"(?!\s*\d+\s*[月日])[^、,\d]{0,14}\d")


def _is_followed_by_comparison(rest: str) -> bool:
    """Whether the words behind a time compare it with another: 第2四半期より."""
    return rest.lstrip().startswith("より") or _COMPARED.is_in(rest)


def _may_be_joined(former: StatedTime, time: StatedTime) -> bool:
    is_first = former.kind is TimeKind.MONTHS or (former.kind is TimeKind.OTHER and former.months is not None)
    is_next = time.kind in (TimeKind.MONTHS, TimeKind.UP_TO) and time.months is not None
    return is_first and is_next and time.year is None and not time.is_of_year_before


def _joined_time(former: StatedTime, time: StatedTime, year: FiscalYear, *, is_range: bool) -> StatedTime:
    assert former.months is not None
    assert time.months is not None
    steps = year.place_of(time.months[0]) - year.place_of(former.months[1])
    is_sure = former.kind is TimeKind.MONTHS and (steps > 0 if is_range else steps == 1)
    parts = () if is_range else (*(former.parts or (former.months,)), time.months)
    months = former.months[0], time.months[1]
    kind = former.kind if is_sure else TimeKind.OTHER
    return replace(former, kind=kind, end=time.end, months=months, parts=parts)


_BETWEEN = LazyPattern(r"[\s()]{0,2}の?\s?\(?")
"""What is between a year and its months: 令和5年度第3四半期, 前年度の6月, 令和5年度(10月まで)."""


def _is_year_of(year: StatedTime, time: StatedTime) -> bool:
    """Whether a time is a year without months, and the one behind it months without a year."""
    is_year = year.months is None and year.kind is not TimeKind.SAME_PERIOD
    return is_year and time.months is not None and time.year is None and not time.is_of_year_before


def _months_of_year(year: StatedTime, time: StatedTime) -> StatedTime:
    """Months of the year named before them; of 昨年, which may be either, they are another time."""
    return replace(
        time,
        kind=TimeKind.OTHER if year.kind is TimeKind.OTHER else time.kind,
        start=year.start,
        year=year.year,
        is_of_fiscal_year=True,
        is_of_year_before=year.kind is TimeKind.LAST_YEAR,
    )


def _times_of_matches(plain: str, fiscal_year: FiscalYear) -> Iterator[StatedTime]:
    for found in _TIMES.finditer(plain):
        kind, months = _kind_and_months(found, fiscal_year)
        yield StatedTime(kind, found.start(), found.end(), months, _named_year(found))


def _kind_and_months(
    found: re.Match[str], fiscal_year: FiscalYear
) -> tuple[TimeKind, tuple[int, int] | None]:
    if found["last"]:
        return TimeKind.MONTHS, (int(found["first"]), int(found["last"]))
    if found["month"]:
        return _kind_of_month(found), (int(found["month"]), int(found["month"]))
    if found["quarter"]:
        first, *_, last = fiscal_year.quarter(int(found["quarter"].translate(_DIGITS)))
        if found["q_until"]:
            return TimeKind.UP_TO, (last, last)
        return (TimeKind.AT, (last, last)) if found["q_end"] else (TimeKind.MONTHS, (first, last))
    if found["half"]:
        first, *_, last = fiscal_year.half(found["half"])
        return TimeKind.MONTHS, (first, last)
    kinds = {
        "same": TimeKind.SAME_PERIOD,
        "before": TimeKind.LAST_YEAR,
        "this": TimeKind.YEAR,
        "y_era": TimeKind.YEAR,
    }
    return next((kind for name, kind in kinds.items() if found[name]), TimeKind.OTHER), None


def _kind_of_month(found: re.Match[str]) -> TimeKind:
    if found["not"]:
        return TimeKind.OTHER
    if found["until"]:
        return TimeKind.UP_TO
    return TimeKind.AT if found["end"] or found["at"] else TimeKind.MONTHS


def _named_year(found: re.Match[str]) -> int | None:
    for prefix in ("", "m_", "y_"):
        if found[f"{prefix}era"]:
            return western_year(found[f"{prefix}era"], found[f"{prefix}in_era"])
    return None
