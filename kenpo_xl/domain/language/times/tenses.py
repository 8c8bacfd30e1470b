"""Times to come in the past tense, and times that are over and still planned, beyond a date with に."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.language.times.spoken import spoken_times_in
from kenpo_xl.domain.language.times.spoken_time import Kind, SpokenTime
from kenpo_xl.domain.language.times.year_over import ends_of_year_called_too_early
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan
from kenpo_xl.domain.time.fiscal_calendar import Month

"""Where the words begin and end that contradict the as-of date."""

_PART = r"\s*(?:\([^()]{1,4}\))?\s*(?:上旬|中旬|下旬|末|中|頃|ごろ)?\s*"
_PAST = r"(?:た|ました|済み?(?:である|です)?)(?=[。\s)]|$)"
_NOT_NOUN = r"(?:(?![るうくすぐぶむつた][^\W\dぁ-ん])[^。]){0,60}?"
# Behind a date to come: its event took place, or its number is known.
_DONE = LazyPattern(
    rf"{_PART}(?:"
    rf"に(?:は|も)?{_NOT_NOUN}{_PAST}"
    rf"|(?:付け?|の(?:期間|間)中?)(?:に|で)、?{_NOT_NOUN}{_PAST}"
    rf"|(?:(?:に?開催|に?実施)?(?:した)?の|に(?:開催|実施)(?:した|された))[^、。]{{1,20}}(?:には?|では?|は|へ)、?[^。]{{0,30}}?(?:参加|出席|受講|来場|利用|応募)(?:が(?:あっ)?|があっ|し|者が)?{_PAST}"
    rf"|をもって、?[^。]{{0,24}}?(?:終え|終了し|完了し|閉じ){_PAST}"
    rf"|の[^、。]{{0,10}}(?:会議?|打合せ|研修|訪問|点検|調査)(?:で(?!の)|において|にて)(?:は)?、?{_NOT_NOUN}{_PAST}"
    rf"|の[^、。]{{1,12}}(?:件数|人数|者数|率|額|回数)(?:は|が)[^。]{{0,30}}?(?:であっ|となっ|だっ){_PAST}"
    rf"|(?:に(?:は|も)?|、)[^。、]{{0,30}}?(?:開催|実施)し、[^。、]{{0,24}}?(?:参加|出席|受講|来場|受診)(?:した)?(?=。|\s*$)"
    rf"|、(?=[^、。]{{1,40}}$|[^。]){_NOT_NOUN}(?:開催し|実施し|出席し|参加し|送付し|発送し|訪問し|行っ){_PAST}"
    r")",
    needs=("た", "済", "参加", "出席", "受講", "来場", "受診"),
)
_MAY_BE_DONE = AnyOf("た|済|参加|出席|受講|来場|受診")
_AHEAD = AnyOf(
    "予定|見込|計画|準備|備え|今後|ことと|方針|申込|申し込|予約|募集|案内|向け|告知|周知|改正|適用|契約|決定し|決め|前年|昨年|前回|比"
    "|提案|依頼|例年|毎年|制度|廃止|満了|検討|協議|調整"
)
# Behind a time that is over: it is still planned.
_PLANNED = LazyPattern(
    rf"{_PART}(?:"
    r"(?:内)?(?:に|から|には)(?:(?![るうくすぐぶむつた](?!予定|運び)[^\W\dぁ-ん])[^、。]){0,40}?(?:予定|ことと|運び)(?:である|です|している|しており|。|\s*$|する|のため|であり|となって)"
    r"|の[^、。\d]{1,12}(?:において|にて|で(?!の)|では)、?(?:(?![るうくすぐぶむつた](?!予定|こと)[^\W\dぁ-ん])[^。]){0,40}?"
    r"(?:予定|(?:いただく|する|行う|図る)こと(?:と))(?:である|です|している|しており|。|\s*$|となって)"
    r"|(?:から|より)の?[^、。]{1,12}を予定している"
    r"|を(?:目途|目処|めど)[にと][^。]{0,40}?(?:ことと|予定|(?:検討|調整|準備)(?:中|して|を進めて))"
    r"|(?:に|の)[^、。]{1,20}に向け(?:て|た)?、?[^。]{0,24}?(?:準備|調整|検討|協議|手配)(?:中|して|を進めて|を行って)(?:いる|おり|である|。)"
    r"|からの[^、。]{1,12}を目指し(?:て|、)[^。]{0,16}(?:準備|調整|検討|協議)(?:中|して|を進めて)(?:いる|おり|である|。)"
    r")",
    needs=("予定", "ことと", "運び", "調整", "準備", "検討", "協議", "手配"),
)
# The same without a word that says so: 10月15日に開催する。
_WILL = LazyPattern(
    rf"{_PART}(?:中)?(?:に|から)(?:順次)?(?:(?![るうくすぐぶむつた][^\W\dぁ-ん])[^、。]){{1,30}}?"
    r"(?:(?:開催|実施|発送|送付|訪問|配布|配付|掲載|開始|配信|発行)(?:する|していく)|(?<!た)行う|行っていく)。"
)
_WILL_ACTS = ("開催", "実施", "発送", "送付", "訪問", "配布", "配付", "掲載", "開始", "配信", "発行")
_WILL_ENDS = (*(f"{act}する。" for act in _WILL_ACTS), "していく。", "行う。", "行っていく。")
_MAY_BE_PLANNED = AnyOf("予定|ことと|運び|調整|準備|検討|協議|手配|する。|行う。|いく。")
_OF_OTHER_TIME = AnyOf(
    "翌|来年|次年度|次期|来期|前年|昨年|例年|毎年|当初|予定どおり|延期|以降|再度|遅れ|予定していた"
)
_UNTIL = "まで"
_LONG_OVER = 5
_MONTHS = 12
_LAST_MONTH = 3
_MONTHS_OF_WRITING = 3
"""How long after its year a report is still written."""


def acts_done_before_their_time(text: str, report: ReportTime) -> Iterator[TextSpan]:
    """Times to come whose event took place or whose number is known: 3月の研修会に52名が参加した.

    And the year of the report, told as if it were over.
    """
    plain = half_width(text)
    if not _MAY_BE_DONE.is_in(plain):
        return
    yield from ends_of_year_called_too_early(text, report)
    for start, end, first in _times_with_first_month(text, report):
        if first <= Month.of(report.as_of):
            continue
        sentence = sentence_around(plain, start, end)
        done = _DONE.match(plain[: sentence[1]], end)
        others = dates_in(plain[sentence[0] : start]) or dates_in(plain[end : done.end()]) if done else ()
        if done and not others and not _AHEAD.is_in(plain[sentence[0] : done.end()]):
            yield start, done.end()


def _times_with_first_month(text: str, report: ReportTime) -> Iterator[tuple[int, int, Month]]:
    """The single dates of the report's year, and its quarters and halves, with their first months."""
    for time in spoken_times_in(text, report):
        if time.kind in (Kind.QUARTER, Kind.HALF) and _is_of_report_year(time, report):
            yield time.start, time.end, report.fiscal_year.month(time.months[0])
        elif time.kind is Kind.DATES and (len(time.dates) == 1 or time.is_range):
            month, end = _month_of_date(time.dates[0], report), time.dates[-1].end
            if report.fiscal_year.contains(month) or _is_long_ahead(time.dates[0], report):
                is_until = time.is_range and text.startswith(_UNTIL, end)
                yield time.start, end + len(_UNTIL) * is_until, month


def _is_long_ahead(named: NamedDate, report: ReportTime) -> bool:
    """Whether a day of a later year that is named comes after the report is written."""
    month, last = _month_of_date(named, report), report.fiscal_year.month(_LAST_MONTH)
    ahead = _MONTHS * (month.year - last.year) + month.number - last.number
    return named.year is not None and named.day is not None and _MONTHS_OF_WRITING < ahead <= _MONTHS


def _is_of_report_year(time: SpokenTime, report: ReportTime) -> bool:
    """Whether a quarter or half is that of the report's fiscal year, which it names or leaves out."""
    first, last = (report.fiscal_year.month(time.months[at]) for at in (0, -1))
    of_year = (_MONTHS * first.year + first.number - 1, _MONTHS * last.year + last.number - 1)
    return time.ranges in ((), (of_year,))


def _month_of_date(named: NamedDate, report: ReportTime) -> Month:
    return named.month_in(report.fiscal_year)


def acts_planned_after_their_time(text: str, report: ReportTime) -> Iterator[TextSpan]:
    """Quarters, halves and months that are over and still planned: 第2四半期に開催予定, 10月を目途に."""
    plain = half_width(text)
    if not _MAY_BE_PLANNED.is_in(plain):
        return
    for time in spoken_times_in(text, report):
        planned = _planning_words_behind(plain, time.end) if _is_time_over(time, report) else None
        if planned is None:
            continue
        first, end = sentence_around(plain, time.start, planned.end())
        if not _OF_OTHER_TIME.is_in(plain[first:end]) and not dates_in(plain[time.end : planned.end()]):
            yield time.start, planned.end()


def _planning_words_behind(plain: str, end: int) -> re.Match[str] | None:
    """The words behind a place that still plan what is there."""
    found = _PLANNED.match(plain, end)
    sentence_end = plain.find("。", end) + 1
    will = not found and plain[end:sentence_end].endswith(_WILL_ENDS)
    return _WILL.match(plain, end) if will else found


def _is_time_over(time: SpokenTime, report: ReportTime) -> bool:
    """Whether all of a time of the report's year is over; a month without a year not long ago."""
    as_of = Month.of(report.as_of)
    if time.kind in (Kind.QUARTER, Kind.HALF):
        return _is_of_report_year(time, report) and report.fiscal_year.month(time.months[-1]) <= as_of
    if time.kind is not Kind.DATES or len(time.dates) != 1:
        return False
    named = time.dates[0]
    month = _month_of_date(named, report)
    if not report.fiscal_year.contains(month) or not (
        month < as_of or (named.day is None and month <= as_of)
    ):
        return False
    until_next = (named.month - as_of.number - 1) % _MONTHS + 1
    return named.year is not None or until_next > _MONTHS - _LONG_OVER
