"""The dates (日付) that a Japanese sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from datetime import MAXYEAR, date
from functools import lru_cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.time.fiscal_calendar import ERAS, FiscalYear, Month, days_in_month

WEEKDAYS = "月火水木金土日"
ERA = "|".join(name for name, _, _ in ERAS)
YEAR = (
    rf"(?:(?P<era>{ERA}|(?<![A-Za-z])[RHS](?=\s*\d))\s*(?P<in_era>\d+|元)(?:\s*\([^()]*\))?"
    r"|(?<!\d)(?P<western>(?:19|20)\d\d)(?:\([^()]*\))?)"
)
NOT_INSIDE = r"(?<![\d/.,-])(?<!\d:)"
# 日, or the days that follow in a list or range whose last has it: the 20 of 12月20、21日.
_DAY_ENDS = r"(?:\s*日(?![間以])|(?=(?:\s*[・、,~\-]\s*\d{1,2}){1,31}\s*日(?![間以])))"
# 令和6年12月25日, 12月25日, 12月; R6.12.25, 2024/12/25; 12/25
_NAMED = LazyPattern(
    rf"(?:{YEAR}\s*年(?:\s*\([^()]*年\))?\s*|{NOT_INSIDE})(?P<month>\d{{1,2}})\s*月(?![間額例謝])(?:\s*(?P<day>\d{{1,2}}){_DAY_ENDS})?"
    rf"|{YEAR.replace('?P<', '?P<n_')}[./](?P<n_month>\d{{1,2}})[./](?P<n_day>\d{{1,2}})(?![\d.,/])"
    rf"|{NOT_INSIDE}(?P<s_month>1[0-2]|0?[1-9])/(?P<s_day>3[01]|[12]\d|0?[1-9])(?![\d/])",
    needs="月./",
)
# What joins two dates of one list: the second takes over the year, a bare day the month too.
_JOINED = LazyPattern(r"\s*(?:[・、]|[,~\-]|から|及び|および|と)\s*")
_MORE_DAYS = LazyPattern(rf"(?:\([^()]{{1,2}}\))?\s*[・、,~\-]\s*(?P<day>\d{{1,2}}){_DAY_ENDS}")
_MORE_MONTHS = LazyPattern(rf"{NOT_INSIDE}(?P<month>\d{{1,2}})\s*[・、,~]\s*$")


@frozen
class NamedDate:
    """A date as named: `year` is western, None where none is written; `day` None for a whole month.

    `start` and `end` are its place in the text. Month and day may be impossible ones. `goes_on`: it
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
        return self.day is None or 1 <= self.day <= _days_in_month(self.year, self.month)

    def month_in(self, fiscal_year: FiscalYear) -> Month:
        """Its month; where no year is named, that of the fiscal year."""
        return fiscal_year.month(self.month) if self.year is None else Month(self.year, self.month)

    def day_in(self, fiscal_year: FiscalYear) -> date | None:
        """The day itself, None for a whole month or one that the calendar does not have."""
        year = self.month_in(fiscal_year).year
        if self.day is None or not self.is_possible or self.day > _days_in_month(year, self.month):
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
        named = _named_date(match)
        if found and named.year is None and _JOINED.fullmatch(plain[found[-1].end : named.start]):
            named = replace(named, year=_year_carried_over(found[-1], named), goes_on=True)
        found += [*_months_listed_before(plain, named), named, *_days_listed_after(plain, named)]
    return tuple(found)


def _named_date(match: re.Match[str]) -> NamedDate:
    for prefix in ("", "n_"):
        if match[f"{prefix}month"]:
            written = [match[f"{prefix}{part}"] for part in ("era", "in_era", "western")]
            day = match[f"{prefix}day"]
            return NamedDate(
                _western_year_of(*written),
                int(match[f"{prefix}month"]),
                int(day) if day else None,
                *match.span(),
            )
    return NamedDate(None, int(match["s_month"]), int(match["s_day"]), *match.span())


def _western_year_of(era: str | None, in_era: str | None, western: str | None) -> int | None:
    if western:
        return int(western)
    if not era or not in_era:
        return None
    return western_year(era, in_era)


def western_year(era: str, in_era: str) -> int:
    """The western year of a year in an era, named by its word or letter; 元 is the first."""
    first = next(first for name, letter, first in ERAS if era in (name, letter))
    return first.year - 1 + (1 if in_era == "元" else int(in_era))


def _year_carried_over(before: NamedDate, named: NamedDate) -> int | None:
    """The year taken over in a list; 令和6年12月、1月 goes on into the next."""
    if before.year is None:
        return None
    return before.year + (before.month >= 4 > named.month)  # April begins the fiscal year


def _months_listed_before(plain: str, named: NamedDate) -> Iterator[NamedDate]:
    """The 4 of 4～6月."""
    match = _MORE_MONTHS.search(plain, max(0, named.start - 6), named.start)
    if match:
        yield replace(named, month=int(match["month"]), day=None, start=match.start(), end=match.end("month"))


def _days_listed_after(plain: str, named: NamedDate) -> Iterator[NamedDate]:
    """The 28日 and 29日 of 7月26日・28日・29日."""
    match = _MORE_DAYS.match(plain, named.end) if named.day is not None else None
    while match:
        yield replace(named, day=int(match["day"]), start=match.start("day"), end=match.end(), goes_on=True)
        match = _MORE_DAYS.match(plain, match.end())


def _days_in_month(year: int | None, month: int) -> int:
    """Days of a month, the longest it can have where the year is not known; 0 for no month."""
    if not 1 <= month <= 12:
        return 0
    return days_in_month(year or 2024, month)


def is_compared_with_year_after(dates: Sequence[NamedDate], named: NamedDate) -> bool:
    """Whether the same month of the year after it is named too: 令和7年1月の研修会, 令和6年1月の研修会."""
    return named.year is not None and any(
        (one.month, one.year) == (named.month, named.year + 1) and one.day is None for one in dates
    )


def without_dates(sentence: str, dates: Sequence[NamedDate]) -> str:
    """The sentence with its dates hidden, so that 月 or 日 begins no name."""
    for named in dates:
        hidden = "".join("□" if letter.strip() else letter for letter in sentence[named.start : named.end])
        sentence = sentence[: named.start] + hidden + sentence[named.end :]
    return sentence


_REMARK = LazyPattern(r"\([^()]*[はがを][^()]*\)")


def dates_outside_remarks(masked: str, dates: Sequence[NamedDate]) -> list[NamedDate]:
    """The dates outside of brackets with a sentence of their own (3名は7月に受講); they are `masked`."""
    remarks = [one.span() for one in _REMARK.finditer(masked)]
    return [named for named in dates if not any(start < named.start < end for start, end in remarks)]
