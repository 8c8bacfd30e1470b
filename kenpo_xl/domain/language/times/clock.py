"""Times of day (時刻) that cannot be: 13時75分, 午前13時, 受付は17時から9時まで."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.normalize import AnyOf, half_width, sentence_around
from kenpo_xl.domain.lazy_patterns import LazyPattern

_CLOCK = LazyPattern(
    r"(?P<half>午前|午後)?\s*(?:(?<!\d)(?P<hour>\d{1,2})\s*時(?!間|期|点|短|差|給|限|機)(?:\s*(?P<minute>\d{1,2})\s*分(?!の)|(?P<thirty>半))?"
    r"|(?<![\d:.,/])(?P<h>\d{1,2}):(?P<m>\d{2})(?![\d:]))",
    contains=r"\d\s*時|\d:\d\d",
)
_UP_TO = LazyPattern(r"\s*(?:から|~|-)\s*")
# What is open by day; and words for what goes on over night.
_BY_DAY = AnyOf(
    "受付|窓口|開催|説明会|研修|相談|会議|講習|セミナー|開庁|営業|業務|講演|訪問|検診|健診|教室"
    "|連絡会|勉強会|懇談会|協議会|委員会|報告会|講座|開いた|開き、|実施|対応|講義|見学"
)
_BY_NIGHT = AnyOf("夜|翌|自動|時間外|閉|休止|停止|宿直|未明|早朝|以外|除")
# One begins, and the other ends: 13時開始、11時終了.
_BEGINS = LazyPattern(
    r"\s*(?:に)?(?:受付)?(?:開始|開会|開場|開演|始業)(?:し(?:て)?)?\s*[、・~,]\s*", needs=("開", "始業")
)
_ENDED = LazyPattern(r"\s*(?:に)?(?:受付)?(?:終了|閉会|終演|終業|閉場|解散)", needs=("終", "閉", "解散"))
# 10:75 may be a ratio where nothing says that it is a time of day.
_OF_A_CLOCK = LazyPattern(
    r"\s*(?:から|~|-)\s*\d{1,2}:\d\d|\s*(?:頃|ごろ)?\s*(?:に|から|より)\s*(?:受付|開[始会場]|始|終|閉|開い|集合|解散)"
)
_AFTERNOON_ENDS, _MORNING_BEGINS = 6, 7
_NOON, _MIDNIGHT = 12, 24
_HOUR = 60
_LITTLE = 2 * _HOUR


def impossible_clock_times(text: str) -> Iterator[Miswritten]:
    """Minutes from 60 on, hours after midnight, and meetings that end before they begin."""
    plain = half_width(text)
    yield from _wrong_lengths(plain)
    found = list(_CLOCK.finditer(plain))
    for one in found:
        wrong = _problem_of_time(one)
        if wrong:
            yield Miswritten(one.start(), one.end(), wrong)
    for first, last in pairwise(found):
        if _are_times_of_range(plain, first, last) and _is_end_before_start(first, last):
            begin, end = sentence_around(plain, first.start(), last.end())
            near = plain[max(begin, first.start() - 60) : min(end, last.end() + 40)]
            is_by_day = (first["half"] and first["half"] == last["half"]) or _BY_DAY.is_in(near)
            if is_by_day and not _BY_NIGHT.is_in(near):
                yield Miswritten(first.start(), last.end(), "終わりの時刻が始まりより前です")


_LENGTH_WITH_MINUTES = LazyPattern(r"\d\s?時間\s?(?:[6-9]\d|\d{3})\s?分", needs="時間")
_SAME_LENGTH = LazyPattern(
    r"(?<![\d.,月第~])(?P<count>\d{1,3})\s?(?P<unit>週間|日間?|時間|年間?)\s?\(\s?(?P<again>\d{1,4})\s?(?P<part>日間?|分|時間|か月|週間)\s?\)",
    needs=("日(", "日 (", "間(", "間 (", "年(", "年 ("),
)
# How many of the smaller unit the larger one may have: days of work too.
_PARTS = {
    ("週間", "日"): (5, 7),
    ("日", "時間"): (7, 24),
    ("日", "分"): (420, 1440),
    ("時間", "分"): (60, 60),
    ("年", "か月"): (12, 12),
    ("年", "日"): (240, 366),
    ("年", "週間"): (48, 53),
}


def _unit_without_span(words: str) -> str:
    """A unit without its 間: 日 of 日間; not of 週間 and 時間."""
    return words if words in ("週間", "時間") else words.removesuffix("間")


def _wrong_lengths(plain: str) -> Iterator[Miswritten]:
    """1時間90分, and a length that is another one in its bracket: 3日（72分）."""
    for found in _LENGTH_WITH_MINUTES.finditer(plain):
        yield Miswritten(*found.span(), "時間にありません（分は59まで）")
    for found in _SAME_LENGTH.finditer(plain):
        whole, part = map(_unit_without_span, found.group("unit", "part"))
        least, most = _PARTS.get((whole, part), (0, 0))
        count, again = int(found["count"]), int(found["again"])
        if most and not count * least <= again <= count * most:
            yield Miswritten(*found.span(), "2 つの長さが合いません")


def _are_times_of_range(plain: str, first: re.Match[str], last: re.Match[str]) -> bool:
    between = plain[first.end() : last.start()]
    if _UP_TO.fullmatch(between):
        return True
    return bool(_BEGINS.fullmatch(between) and _ENDED.match(plain, last.end()))


def _hour_and_minute(found: re.Match[str]) -> tuple[int, int]:
    minute = found["minute"] or found["m"] or (30 if found["thirty"] else 0)
    return int(found["hour"] or found["h"]), int(minute)


def _problem_of_time(found: re.Match[str]) -> str:
    hour, minute = _hour_and_minute(found)
    if found["hour"] is None and not _OF_A_CLOCK.match(found.string, found.end()):
        return ""
    if minute >= _HOUR:
        return "時刻にありません（分は59まで）"
    if found["half"] and hour > _NOON:
        return f"時刻にありません（{found['half']}は12時まで）"
    is_exact = found["minute"] or found["m"]
    return "時刻にありません（時は24まで）" if hour > _MIDNIGHT and is_exact else ""


def _is_end_before_start(first: re.Match[str], last: re.Match[str]) -> bool:
    """Whether the second is surely before the first: 17時から9時; 9時から5時 may be by day."""
    (begin, begin_minute), (end, end_minute) = _hour_and_minute(first), _hour_and_minute(last)
    if max(begin_minute, end_minute) >= _HOUR:
        return False
    if first["half"] == "午後" and last["half"] == "午前":
        return begin <= _AFTERNOON_ENDS and _MORNING_BEGINS <= end < _NOON
    if first["half"] or last["half"]:
        return _is_end_before_start_in_half(first, last)
    back = (begin - end) * _HOUR + begin_minute - end_minute
    return back > 0 and (begin > _NOON or back < _LITTLE)


def _is_end_before_start_in_half(first: re.Match[str], last: re.Match[str]) -> bool:
    """Whether the second is before the first in the same half of a day: 午後3時から2時 may be by night."""
    begin, end = _hour_and_minute(first), _hour_and_minute(last)
    if last["half"] not in (None, first["half"]) or _NOON in (begin[0], end[0]):
        return False
    may_be_later = last["half"] is None and end[0] < begin[0]
    return not may_be_later and end < begin
