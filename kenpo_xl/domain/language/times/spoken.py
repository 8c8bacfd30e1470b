"""The times of a sentence as it names them: 第3四半期, 前年度, 10月から12月, 12月中旬."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from kenpo_xl.domain.language.dates.date_groups import groups_of_dates
from kenpo_xl.domain.language.dates.dates_in_text import ERA, western_year
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.language.times.spoken_time import Kind, Months, SpokenTime
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

_RELATIVE = {
    "前々": -2,
    "一昨": -2,
    "前": -1,
    "昨": -1,
    "今": 0,
    "本": 0,
    "来": 1,
    "次": 1,
    "翌": 1,
    "再来": 2,
    "翌々": 2,
}
# Words that mean the year beside one that the sentence has named, not only beside the report's.
_BESIDE_NAMED = ("前", "翌", "次")
# Places in the fiscal year.
_SEASONS_OF_YEAR = {"年度当初": (0, 1), "年度初め": (0, 1), "年度末": (-2, -1), "年度替わり": (-1, 0)}
_SEASONS = {
    "年末年始": (12, 1),
    "年明け": (1, 2),
    "春季": (3, 4, 5),
    "夏季": (6, 7, 8, 9),
    "秋季": (9, 10, 11),
    "冬季": (11, 12, 1, 2, 3),
    "年末": (11, 12),
    "歳末": (12,),
    "年始": (1,),
    "新春": (1,),
    "お盆": (7, 8),
    "お盆前": (6, 7, 8),
    "お盆明け": (7, 8, 9),
    "夏休み": (7, 8),
    "冬休み": (12, 1),
    "春休み": (3, 4),
    "ゴールデンウィーク": (4, 5),
    "ゴールデンウィーク明け": (5,),
    "大型連休": (4, 5),
    "大型連休明け": (5,),
    "夏休み明け": (8, 9),
    "冬休み明け": (1,),
    "梅雨": (5, 6, 7),
    "真夏": (7, 8),
    "盛夏": (7, 8),
    "真冬": (12, 1, 2),
    "初夏": (5, 6),
    "晩秋": (10, 11, 12),
}
_BARE_SEASONS = {
    "春": (2, 3, 4, 5, 6),
    "夏": (5, 6, 7, 8, 9),
    "秋": (8, 9, 10, 11, 12),
    "冬": (11, 12, 1, 2, 3),
}
_PARTS = {"前": "上", "後": "下"}
_SEASON = "|".join(sorted([*_SEASONS, *_SEASONS_OF_YEAR], key=len, reverse=True))
_WORDS = LazyPattern(
    rf"(?:(?P<era>{ERA}|(?<![A-Za-z])R(?=\s*\d))\s*(?P<in_era>\d{{1,2}}|元)|(?<![A-Za-z\d])(?P<western>20\d\d))"
    r"(?:\s*\([^()]{1,6}\)\s*)?\s*(?:年(?P<fiscal>度)?(?!間|代|[以目半])|(?P<bare>(?=\))))"
    r"|(?P<relative>前々|一昨|再来|翌々|[前昨今本来次翌])年(?:(?P<relative_fiscal>度|度?の?同(?:期|月|時期|四半期))|(?!度))(?![末始間齢])"
    r"|第\s*(?P<quarter>[1-4一二三四])\s*・?\s*四半期"
    r"|(?<![以年毎])(?P<half>[上下])(?:半)?期(?![間限待])"
    r"|(?P<part>(?:年度|(?<=年度))の?[前後]半)(?!年)"
    r"|(?<![立初晩青早新来今昨])(?P<bare_season>[春夏秋冬])(?=の\s*\d+\s*月)"
    rf"|(?<![前昨同本今翌来])(?P<season>{_SEASON})(?:(?:休み|休暇)?(?:の?(?:期間|時期|シーズン)(?:中|内)?)|中)?(?![~\-調])",
    needs="年)期季R夏冬盆春雨秋休ゴ",
)
_NUMERALS = str.maketrans("一二三四", "1234")
_OF_THE_YEAR = LazyPattern(r"\s*の?\s*")
_IN_SENTENCE = LazyPattern(r"[。\n]")


@lru_cache(maxsize=1_024)
def spoken_times_in(text: str, report: ReportTime) -> tuple[SpokenTime, ...]:
    """The times of a text in their order."""
    plain = half_width(text)
    dates = list(groups_of_dates(plain))
    taken = [(one.start, one.end) for one in dates]
    named = [
        time
        for time in _named_times(plain, report)
        if not any(start < time.end and time.start < end for start, end in taken)
    ]
    return tuple(_times_with_years(sorted([*dates, *named], key=lambda one: one.start), plain))


def _times_with_years(times: Sequence[SpokenTime], plain: str) -> Iterator[SpokenTime]:
    """The times, with a year right before one that has none made a part of it: 令和6年度第3四半期."""
    year: SpokenTime | None = None
    for time in times:
        if year:
            joins = _OF_THE_YEAR.fullmatch(plain[year.end : time.start])
            if joins and not time.ranges and time.kind is not Kind.SEASON:
                yield _time_in_year(time, year)
                year = None
                continue
            yield year
        year = time if time.kind in (Kind.YEAR, Kind.RELATIVE_YEAR) else None
        if year is None:
            yield time
    if year:
        yield year


def _time_in_year(time: SpokenTime, year: SpokenTime) -> SpokenTime:
    ranges = tuple(filter(None, (_range_within(time.months, one) for one in year.ranges)))
    return SpokenTime(
        time.kind,
        year.start,
        time.end,
        time.months,
        ranges,
        time.days,
        time.dates,
        time.is_range,
        time.is_whole,
    )


def _range_within(months: tuple[int, ...], year: Months) -> Months | None:
    """The absolute months within a year of twelve that begins anywhere."""
    places = [year[0] + (month - 1 - year[0]) % 12 for month in months]
    return (places[0], places[-1]) if places and places[0] <= places[-1] else None


def _named_times(plain: str, report: ReportTime) -> Iterator[SpokenTime]:
    explicit: list[int] = []
    sentence_end = -1
    for found in _WORDS.finditer(plain):
        if found.start() > sentence_end:
            explicit = []
            ends = _IN_SENTENCE.search(plain, found.end())
            sentence_end = ends.start() if ends else len(plain)
        if found["era"] or found["western"]:
            year = western_year(found["era"], found["in_era"]) if found["era"] else int(found["western"])
            is_calendar = found["fiscal"] is None and found["bare"] is None
            explicit.append(year)
            range_of_year = (
                _calendar_year(year) if is_calendar else _months_of_fiscal_year(report.fiscal_year.at(year))
            )
            yield _time_of_whole_year(Kind.YEAR, found, report, [range_of_year])
        elif found["relative"]:
            yield _time_of_whole_year(
                Kind.RELATIVE_YEAR, found, report, _relative_years(found, report, explicit)
            )
        else:
            kind, months = _months_named(found, report.fiscal_year)
            yield SpokenTime(kind, *found.span(), months)


def _months_named(found: re.Match[str], year: FiscalYear) -> tuple[Kind, tuple[int, ...]]:
    if found["quarter"]:
        return Kind.QUARTER, year.quarter(int(found["quarter"].translate(_NUMERALS)))
    if found["half"] or found["part"]:
        return Kind.HALF, year.half(found["half"] or _PARTS[found["part"][-2]])
    if found["bare_season"]:
        return Kind.SEASON, _BARE_SEASONS[found["bare_season"]]
    places = _SEASONS_OF_YEAR.get(found["season"])
    return Kind.SEASON, tuple(year.months[at] for at in places) if places else _SEASONS[found["season"]]


def _time_of_whole_year(
    kind: Kind, found: re.Match[str], report: ReportTime, ranges: Iterable[Months]
) -> SpokenTime:
    return SpokenTime(kind, *found.span(), report.fiscal_year.months, tuple(dict.fromkeys(ranges)))


def _months_of_fiscal_year(year: FiscalYear) -> Months:
    first = year * 12 + year.first_month - 1
    return first, first + 11


def _calendar_year(year: int) -> Months:
    return year * 12, year * 12 + 11


def _relative_years(found: re.Match[str], report: ReportTime, explicit: Sequence[int]) -> Iterator[Months]:
    """What 前年度 or 昨年 may be: of the report, the time of writing, or a year named before it."""
    word = found["relative"]
    offset = _RELATIVE[word]
    bases: list[int] = [report.fiscal_year]
    if report.is_year_end and word != "前":
        bases.append(report.fiscal_year + 1)
    if word[0] in _BESIDE_NAMED:
        bases += explicit
    for base in bases:
        yield _months_of_fiscal_year(report.fiscal_year.at(base + offset))
        if not found["relative_fiscal"]:
            yield _calendar_year(base + offset)
            yield _calendar_year(base + offset + 1)
