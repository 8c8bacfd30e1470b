"""Dates listed one behind the other, of which one is out of order or occurs twice: 4/24、7/23、6/10."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.language.times.spoken import spoken_times_in
from kenpo_xl.domain.language.times.spoken_time import Kind
from kenpo_xl.domain.lazy_patterns import LazyPattern

_FEWEST = 3
_MONTHS = 12
_NEAR = 24
# Words that order dates by something else: by place, by rank, by another year.
_OTHER_ORDER = AnyOf(
    "多い順|少ない順|会場順|前年|昨年|翌年|来年|延期|順延|振替|予備日|それぞれ|各々|比較|比べ|対比"
)
_GOES_ON_AS_COMPARISON = LazyPattern(r"\s*(?:に(?:続|比|対|つ[ぐい])|よりも?|と(?:比|同)|を除)")
_Key = tuple[int, int]


def disordered_dates(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """The dates of a list of which one occurs twice, or is not where its day belongs.

    The order may be that of the fiscal year, of the calendar or the newest first; of two dates only with
    their days or a year, and of three or more only where a single one is out of order.
    """
    plain = half_width(text)
    for time in spoken_times_in(text, report):
        if time.kind is not Kind.DATES or time.is_range or len(time.dates) < 2:
            continue
        around = plain[max(0, time.start - _NEAR) : time.end + _NEAR]
        if _OTHER_ORDER.is_in(around) or _GOES_ON_AS_COMPARISON.match(plain, time.end):
            continue
        wrong = _text_of_wrong_place(time.dates, report)
        if wrong:
            yield Miswritten(time.start, time.end, wrong)


def _text_of_wrong_place(dates: Sequence[NamedDate], report: ReportTime) -> str:
    """What is wrong with the order of dates, '' for nothing."""
    if len({one.day is None for one in dates}) > 1:
        return ""
    fiscal = [_fiscal_key(one, report) for one in dates]
    if len(set(fiscal)) < len(fiscal):
        return "同じ日付が 2 度あります" if dates[0].day else "同じ月が 2 度あります"
    if _are_dates_in_usual_order(dates, fiscal) and not _is_reversed_pair(dates, fiscal):
        return ""
    is_wrong = _is_one_key_misplaced(fiscal) if len(dates) > 2 else _is_reversed_pair(dates, fiscal)
    return "並べた日付の順が合いません" if is_wrong else ""


def _are_dates_in_usual_order(dates: Sequence[NamedDate], fiscal: Sequence[_Key]) -> bool:
    """Whether dates are in the order of the fiscal year, in that of the calendar, or the newest first."""
    calendar = [(one.month, one.day or 0) for one in dates]
    return any(_are_keys_sorted(keys) for keys in (fiscal, fiscal[::-1], calendar))


def _fiscal_key(named: NamedDate, report: ReportTime) -> _Key:
    month = named.month_in(report.fiscal_year)
    return month.year * _MONTHS + month.number, named.day or 0


def _are_keys_sorted(keys: Sequence[_Key]) -> bool:
    return all(one < other for one, other in pairwise(keys))


def _is_reversed_pair(dates: Sequence[NamedDate], fiscal: Sequence[_Key]) -> bool:
    """Whether two dates of a year that is written, or with days, have the later one first."""
    is_exact = dates[0].year is not None or dates[0].day is not None
    return len(dates) == 2 and is_exact and fiscal[1] < fiscal[0] and dates[1].month < dates[0].month


def _is_one_key_misplaced(keys: Sequence[_Key]) -> bool:
    """Whether the rest is in order without a single one of the dates."""
    return any(_are_keys_sorted([*keys[:at], *keys[at + 1 :]]) for at in range(len(keys)))
