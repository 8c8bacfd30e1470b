"""The results of what was not over yet: a report on it before its last day, or on a year that goes on."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.language.times.spoken import spoken_times_in
from kenpo_xl.domain.language.times.spoken_time import Kind, SpokenTime
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.time.fiscal_calendar import Month

_MOST_BETWEEN = 60
_RESULTS = LazyPattern(
    r"(?:結果|集計|実績|議事録|報告書)(?:について)?[はをも、]",
    needs=("結果", "集計", "実績", "議事録", "報告書"),
)
_REPORTED = LazyPattern(
    r"[^。]{0,30}?(?:報告|公表|公開|共有|通知|周知|配付|配布|送付|取りまとめ|とりまとめ)",
    needs="報公共通周配送取と",
)
_INTERIM = AnyOf("中間|途中|速報|随時|都度|一部|暫定|見込|前年|昨年|前回|翌年")
# Behind a year, half or quarter: it is looked back upon.
_WHOLE = LazyPattern(
    r"(?:分|の)?(?:[^、。\d]{0,12}(?:決算(?!見込)|事業報告|実績報告|事業実績|(?:事業)?実施(?:状況|結果)の?報告|実施結果|事業実施状況))"
    r"(?:等|など|の概要|概要|の結果|の状況)?(?:について|を|に関し|の説明)[^。]{0,16}?"
    r"(?:報告|承認|公表|説明|掲載|了承)(?:し(?:た|、|て)|を?行っ(?:た|て)|を得た|を受けた|。|\s*$)"
    r"|を対象(?:とした|とする|に(?:した)?)[^。、]{0,12}(?:点検|監査|検査|評価|集計|精算)を[、\s]*",
    needs=("決算", "報告", "実績", "実施", "対象"),
)
_ACT_DONE = LazyPattern(
    r"[^。]{0,40}?(?:実施し|行っ|終え|完了し)(?:た|、|て)(?!いる|おり)",
    needs=("実施し", "行っ", "終え", "完了し"),
)
_NOT_OVER = AnyOf("予定|見込|計画|予算|目標|中間|途中|進捗|これまで|上期の|準備|向け|開始|始め")


def results_before_the_end(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """Results that were reported before the last day of what gave them.

    A range of dates, and 結果については before a single date that is earlier than its end; a fiscal year, a
    half or a quarter that was closed, audited or looked back upon before it was over.
    """
    plain = half_width(text)
    times = spoken_times_in(text, report)
    for place, time in enumerate(times):
        if time.is_range and time.kind is Kind.DATES:
            yield from _results_of_range(plain, time, times[place + 1 :], report)
        elif time.kind in (Kind.YEAR, Kind.HALF, Kind.QUARTER):
            yield from _results_of_period(plain, time, report)


def _results_of_range(
    plain: str, time: SpokenTime, later: tuple[SpokenTime, ...], report: ReportTime
) -> Iterator[Miswritten]:
    other = next(iter(later), None)
    if other is None or other.kind is not Kind.DATES or len(other.dates) != 1:
        return
    between = plain[time.end : other.start]
    is_known = len(between) <= _MOST_BETWEEN and _RESULTS.search(between) and not _INTERIM.is_in(between)
    if is_known and _REPORTED.match(plain, other.end) and report.is_earlier(other.dates[0], time.dates[-1]):
        yield Miswritten(time.start, other.end, "結果の日付が、期間の終わりより前です")


def _results_of_period(plain: str, time: SpokenTime, report: ReportTime) -> Iterator[Miswritten]:
    found = _WHOLE.match(plain, time.end)
    if found is None:
        return
    first, end = sentence_around(plain, time.start, found.end())
    done = _ACT_DONE.match(plain, found.end()) if "対象" in found[0] else found
    if (
        done is None
        or _NOT_OVER.is_in(plain[time.end : done.end()])
        or _NOT_OVER.is_in(plain[done.end() : end])
    ):
        return
    month = _month_of_act(plain, first, end, time, report)
    if month is None and "決算" in found[0]:
        month = Month.of(report.as_of)
    if month and month <= _last_month(time, report):
        yield Miswritten(time.start, found.end(), "まだ終わっていない期間のことです")


def _month_of_act(plain: str, first: int, end: int, time: SpokenTime, report: ReportTime) -> Month | None:
    """The month of the last date of a sentence beside the period, None without one."""
    beside = [
        one
        for one in dates_in(plain[first:end])
        if one.is_possible and not time.start <= one.start + first < time.end
    ]
    return max((one.month_in(report.fiscal_year) for one in beside), default=None)


def _last_month(time: SpokenTime, report: ReportTime) -> Month:
    if time.ranges:
        last = max(last for _, last in time.ranges) if time.kind is not Kind.YEAR else time.ranges[0][1]
        return Month(last // 12, last % 12 + 1)
    return report.fiscal_year.month(time.months[-1])
