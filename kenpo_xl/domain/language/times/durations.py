"""The length of a period beside its first and last date: 4月から9月までの5か月間."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import ERA, western_year
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.language.times.spoken import spoken_times_in
from kenpo_xl.domain.language.times.spoken_time import Kind, SpokenTime
from kenpo_xl.domain.language.times.years_since import miscounted_years_since
from kenpo_xl.domain.lazy_patterns import LazyPattern

_UNIT = r"(?P<unit>営業日間?|日間|[かヶカケヵ箇]月間?|[かヶカケヵ箇]年間?|年間|週間|四半期)"
_NO_LENGTH = (
    r"(?!\s*(?:前|後|以|未満|程度|ほど|ごと|毎|おき|に1|に2|連続|分の|目|弱|強|余|当たり|当り|あたり|平均))"
)
_LENGTH = rf"(?P<count>\d{{1,3}})\s*{_UNIT}{_NO_LENGTH}"
_LENGTHS = AnyOf("日間|週間|月間|か月|ヶ月|カ月|ケ月|ヵ月|箇月|年間|か年|ヶ年|カ年|箇年")
_TOTAL = r"(?:の?(?:合計|計|全))?\s*"
_BEHIND = LazyPattern(
    rf"\s*(?:度)?\s*(?:まで)?\s*(?:の|、|で)?\s*(?P<open>\()?\s*{_TOTAL}{_LENGTH}(?(open)\s*\))"
)
_BEFORE = LazyPattern(
    rf"(?<![\d~約])(?<!およそ)(?<!うち)(?<!実働)(?<!延べ){_LENGTH}\s*(?:に(?:わた|渡)り|にわたって|、)?\s*\(\s*$"
)
_CLOSES = LazyPattern(r"\s*(?:年度)?\s*(?:まで)?(?:の(?:間|期間))?\s*\)")
_ABOUT = LazyPattern(r"(?:約|およそ|うち|延べ?|のべ|実働|概ね|おおむね)\s*$")
_NEAR = 16
_WEEK = 7
_SATURDAY = 5
_HOLIDAYS_AT_MOST = 4
_FEW = 3
"""A count of days is that of the period if it is so near: 4日間 may be four days within a month."""


@frozen
class _Length:
    count: int
    unit: str
    end: int


def misstated_lengths_of_periods(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """Periods whose length in days, weeks, months or years is not that from first to last date."""
    plain = half_width(text)
    yield from _miscounted_years(plain)
    yield from miscounted_years_since(plain, report)
    if not _LENGTHS.is_in(plain):
        return
    yield from _miscounted_before_end(plain, report)
    for time in spoken_times_in(text, report):
        if time.is_range or (time.kind is Kind.DATES and len(time.dates) > 1):
            yield from _miscounted_period(plain, time, report)


def _miscounted_period(plain: str, time: SpokenTime, report: ReportTime) -> Iterator[Miswritten]:
    """The length that is said of one period, if that is not what its dates give."""
    length, start = _length_behind(plain, time), time.start
    if length is None:
        length, start = _length_before(plain, time)
    right = _right_lengths(time, length, report) if length else ()
    if length and right and length.count not in right:
        shown = f"{right[0]}{length.unit.removesuffix('間')}"
        yield Miswritten(start, max(length.end, time.end), f"長さが合いません（数えると{shown}）")


def _miscounted_before_end(plain: str, report: ReportTime) -> Iterator[Miswritten]:
    """Lengths between the first date and a bracket with the last: 6月から2か月間（8月末まで）."""
    for found in _FROM_LENGTH_TO.finditer(plain):
        usual = f"{found['first']}から{found['last'].removesuffix('末')}までの{found['length']}"
        for one in misstated_lengths_of_periods(usual, report):
            yield Miswritten(*found.span(), one.wrong)


_DATE = r"(?:令和\s*\d{1,2}\s*年\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*日|[上中下]旬)?"
_FROM_LENGTH_TO = LazyPattern(
    rf"(?<!\d)(?P<first>{_DATE})\s*から\s*(?P<length>{_LENGTH})\s*(?:\(|(?<=間)、)\s*(?P<last>{_DATE}末?)\s*まで(?!に)",
    needs="から",
)


def _length_behind(plain: str, time: SpokenTime) -> _Length | None:
    found = _BEHIND.match(plain, time.end)
    is_counted = found and (time.is_range or found["open"])
    return _Length(int(found["count"]), found["unit"], found.end()) if found and is_counted else None


def _length_before(plain: str, time: SpokenTime) -> tuple[_Length | None, int]:
    """The length before the bracket that holds nothing but the period, and where it begins."""
    first = max(0, time.start - _NEAR)
    found, closed = _BEFORE.search(plain[first : time.start]), _CLOSES.match(plain, time.end)
    begin = first + found.start() if found else 0
    if found is None or closed is None or _ABOUT.search(plain[max(0, begin - 4) : begin]):
        return None, time.start
    return _Length(int(found["count"]), found["unit"], closed.end()), begin


def _right_lengths(time: SpokenTime, length: _Length, report: ReportTime) -> tuple[int, ...]:
    """The lengths that a careful writer may give, the usual one first; () where that is not clear."""
    if length.count == 0:
        return ()
    if "月" in length.unit:
        return _possible_months(time)
    if length.unit in ("日間", "週間"):
        return _possible_days(time, report, length)
    return _whole_years_of_range(time) if "年" in length.unit else ()


def _whole_years_of_range(time: SpokenTime) -> tuple[int, ...]:
    """The years from one month to another, () where they are not whole."""
    if not (time.is_range and time.ranges):
        return ()
    years, months = divmod(time.ranges[0][1] - time.ranges[0][0] + 1, 12)
    return (years,) if months == 0 else ()


def _possible_months(time: SpokenTime) -> tuple[int, ...]:
    if not time.is_range:
        return (len(time.months),)
    count = time.ranges[0][1] - time.ranges[0][0] + 1 if time.ranges else len(time.months)
    first, last = time.dates[0].day, time.dates[-1].day
    if first is None and last is None:
        return (count,) if time.is_whole else (count, count - 1, count - 2)
    return _months_between_days(first, last, count)


def _months_between_days(first: int | None, last: int | None, count: int) -> tuple[int, ...]:
    """The months from a day in the first of them to a day in the last; () where one names no day."""
    if (first or 1) == 1 and (last or 31) >= 28:
        return (count,)
    if first and last:
        return (count - 1, count) if last >= first - 1 else (count - 1, count - 2)
    return ()


def _possible_days(time: SpokenTime, report: ReportTime, length: _Length) -> tuple[int, ...]:
    first, last = (one.day_in(report.fiscal_year) for one in (time.dates[0], time.dates[-1]))
    if first is None or last is None or not time.is_range:
        return ()
    if last < first and time.dates[-1].year is None:
        last = _a_year_later(last)
    count = (last - first).days + 1
    return _weeks_in_days(count) if length.unit == "週間" else _days_or_workdays(first, count, length)


def _weeks_in_days(count: int) -> tuple[int, ...]:
    """The weeks in so many days, and one more where a part of one is left."""
    weeks = count // _WEEK
    return (weeks,) if count % _WEEK in (0, 1) else (weeks, weeks + 1)


def _days_or_workdays(first: date, count: int, length: _Length) -> tuple[int, ...]:
    """So many days, or the workdays among them with a few holidays left out."""
    workdays = sum((first + timedelta(turn)).weekday() < _SATURDAY for turn in range(min(count, 400)))
    if not 0 < count < 400 or (length.count < count and count - length.count > _FEW):
        return ()
    return (count, *(workdays - turn for turn in range(_HOLIDAYS_AT_MOST if count > _WEEK else 1)))


def _a_year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


_FIRST_YEAR = rf"(?:(?P<a_era>{ERA}|R)\s*)?(?P<a_year>\d{{1,4}}|元)"
_LAST_YEAR = _FIRST_YEAR.replace("<a_", "<b_")
_YEARS = rf"(?<!\d){_FIRST_YEAR}\s*(?:年度?)?\s*(?:から|~|-)\s*{_LAST_YEAR}\s*年度"
_COUNT_OF_YEARS = r"(?P<count>\d{1,2})\s*(?:[かヶカケヵ箇]年間?|年間)(?!\s*(?:前|後|以|ごと|毎|計画|目))"
_COUNTED_YEARS = ("年間", *(f"{ka}年" for ka in "かヶカケヵ箇"))
_YEARS_THEN_COUNT = LazyPattern(
    rf"{_YEARS}\s*(?:まで)?\s*(?:の|、)?\s*\(?\s*(?:計|過去)?\s*{_COUNT_OF_YEARS}",
    needs=_COUNTED_YEARS,
)
_COUNT_THEN_YEARS = LazyPattern(
    rf"(?P<count>(?<!\d)\d{{1,2}})\s*[かヶカケヵ箇]?年(?:間|計画)?\s*\(\s*{_YEARS}\s*(?:まで)?\s*\)",
    contains=r"年[間計]?画?\s*\(",
)


def _miscounted_years(plain: str) -> Iterator[Miswritten]:
    """The same of fiscal years: 令和4年度から令和6年度までの2年間."""
    for pattern in (_YEARS_THEN_COUNT, _COUNT_THEN_YEARS):
        for found in pattern.finditer(plain):
            first, last = (
                _western_year_or_zero(found["a_era"], found["a_year"]),
                _western_year_or_zero(found["b_era"] or found["a_era"], found["b_year"]),
            )
            right = last - first + 1
            if first and last and right > 1 and right != int(found["count"]):
                yield Miswritten(*found.span(), f"長さが合いません（数えると{right}年）")


def _western_year_or_zero(era: str | None, year: str) -> int:
    """The western year, 0 where no era is named."""
    if era:
        return western_year(era, year)
    return int(year) if year.isdecimal() and len(year) == 4 else 0
