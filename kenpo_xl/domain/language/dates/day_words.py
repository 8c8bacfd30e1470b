"""Words for a day beside its date: 中旬, 土曜日, 第3水曜日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import WEEKDAYS, NamedDate, dates_in
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.times.report_time import ReportTime
from kenpo_xl.domain.lazy_patterns import LazyPattern

_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_THIRD = r"(?P<third>上旬|中旬|下旬)"
_THIRD_THEN_DAY = LazyPattern(
    rf"(?<!\d)(?P<month>\d{{1,2}})\s*月\s*{_THIRD}\s*(?:\(|の)\s*(?:(?P<again>\d{{1,2}})\s*[月/]\s*)?(?P<day>\d{{1,2}})"
    r"(?:\s*(?:から|~)\s*(?:\d{1,2}\s*月\s*)?(?P<last>\d{1,2}))?\s*(?:日(?!間)|\))",
    contains=r"旬\s*[の(]\s*\d",
)
_DAY_THEN_THIRD = LazyPattern(
    rf"(?<!\d)(?P<month>\d{{1,2}})\s*[月/]\s*(?P<day>\d{{1,2}})\s*日?\s*\(\s*(?:(?P<again>\d{{1,2}})\s*月\s*)?{_THIRD}\s*\)",
    contains=r"\(\s*(?:\d{1,2}\s*月\s*)?[上中下]旬",
)


def contradicting_thirds(text: str) -> Iterator[Miswritten]:
    """A day that is not in the third of the month (上旬, 中旬, 下旬) named with it: 12月中旬（12月25日）."""
    plain = half_width(text)
    for found in _THIRD_THEN_DAY.finditer(plain):
        yield from _contradicting_third(found, found["last"])
    for found in _DAY_THEN_THIRD.finditer(plain):
        yield from _contradicting_third(found, None)
    for pattern, fact in _NEVER_SO:
        for found in pattern.finditer(plain):
            yield Miswritten(*found.span(), fact)


_DAY_BEHIND = r"(?:の|である|、)\s*(?:\d{1,2}\s*月\s*)?"
_NOT_ON = r"\s*日(?!間|程度|以|から|~|まで|前|後|頃|ごろ|おき|ごと)"
_NEVER_SO = (
    (
        LazyPattern(
            rf"(?<![\d月末のも])(?:上旬|初旬){_DAY_BEHIND}(?:1[1-9]|2\d|3[01]){_NOT_ON}"
            rf"|(?<![\d月のも])中旬{_DAY_BEHIND}(?:(?<!\d)[1-9](?!\d)|10|2[1-9]|3[01]){_NOT_ON}"
            rf"|(?<![\d月のも])下旬{_DAY_BEHIND}(?:(?<!\d)[1-9](?!\d)|1\d|20){_NOT_ON}"
            rf"|月末(?:の|である)\s*(?:(?<!\d)[1-9](?!\d)|1\d){_NOT_ON}|月(?:初|初め)(?:の|である)\s*(?:1[1-9]|2\d|3[01]){_NOT_ON}",
            needs=("旬の", "旬、", "旬である", "月末の", "月末である", "月初の", "月初め", "月初である"),
        ),
        "日が合いません",
    ),
    (
        LazyPattern(
            r"(?:週末|土日|土曜や日曜)(?:の|である)(?:月|火|水|木)曜|平日(?:の|である)(?:土|日)曜|休日(?:の|である)(?:月|火|水|木|金)曜日?(?:から|~)"
            r"|平日(?:の|である|に、|、)\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*\((?:土|日)(?:曜日?)?\)"
            r"|(?:週末|土日)(?:の|に|に、|、)\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*\((?:月|火|水|木)(?:曜日?)?\)",
            needs=("週末", "土日", "平日", "休日", "日曜の", "日曜である"),
        ),
        "曜日が合いません",
    ),
    (
        LazyPattern(
            r"(?:夜間|夕方|深夜|夜)(?:の|である|、)?\s*午前\s*(?:[6-9]|1[01])\s*時|(?:早朝|朝)(?:の|である)\s*(?:午後|1[2-9]|2[0-3])"
            r"|午前中の\s*(?:午後|1[3-9]|2[0-3])\s*時?|昼(?:間|休み)?の\s*(?:2[0-3]\s*時|午前\s*[1-9]\s*時|午後\s*(?:[89]|1[01])\s*時)",
            needs=("夜間", "夕方", "深夜", "早朝", "朝の", "午前中の", "昼", "夜の"),
        ),
        "時刻が合いません",
    ),
)


def _contradicting_third(found: re.Match[str], last: str | None) -> Iterator[Miswritten]:
    first_day, last_day = _THIRDS[found["third"]]
    days = [int(day) for day in (found["day"], last) if day]
    if found["again"] and found["again"] != found["month"]:
        yield Miswritten(*found.span(), "月が合いません")
    elif not all(first_day <= day <= last_day for day in days):
        end = f"{last_day}日" if last_day < 31 else "月末"
        yield Miswritten(*found.span(), f"日が合いません（{found['third']}は{first_day}日から{end}まで）")


_WEEKDAY = rf"(?P<weekday>[{WEEKDAYS}])"
_BEHIND = LazyPattern(rf"\s*(?:の\s*)?{_WEEKDAY}曜日?(?!\s*[・、と~])", needs="曜")
_BEFORE = LazyPattern(
    rf"(?:第\s*(?P<number>[1-5一二三四五])\s*)?(?<![{WEEKDAYS}][・、~]){_WEEKDAY}曜日?\s*(?P<joint>\(|の|である)\s*$",
    needs="曜",
)
_NUMERALS = str.maketrans("一二三四五", "12345")
_NEAR = 14
_WEEK = 7


def contradicting_weekday_words(text: str, report: ReportTime) -> Iterator[Miswritten]:
    """A weekday as a word that is not that of the day beside it: 土曜日（12月20日）, 12月20日木曜日."""
    plain = half_width(text)
    if "曜" not in plain:
        return
    for named in dates_in(text):
        day = named.day_in(report.fiscal_year)
        behind = _BEHIND.match(plain, named.end) if day else None
        if day and behind and behind["weekday"] != WEEKDAYS[day.weekday()]:
            yield Miswritten(named.start, behind.end(), _text_on_right_weekday(day))
        elif day:
            yield from _miswritten_before(plain, named, day)


def _miswritten_before(plain: str, named: NamedDate, day: date) -> Iterator[Miswritten]:
    first = max(0, named.start - _NEAR)
    before = _BEFORE.search(plain[first : named.start])
    if before is None:
        return
    start = first + before.start()
    number = (day.day - 1) // _WEEK + 1
    if before["weekday"] != WEEKDAYS[day.weekday()]:
        yield Miswritten(start, named.end, _text_on_right_weekday(day))
    elif before["number"] and int(before["number"].translate(_NUMERALS)) != number:
        shown = f"{day.month}月{day.day}日は第{number}{WEEKDAYS[day.weekday()]}曜日"
        yield Miswritten(start, named.end, f"何番目の曜日かが合いません（{shown}）")


def _text_on_right_weekday(day: date) -> str:
    return f"曜日が合いません（{day.month}月{day.day}日は{WEEKDAYS[day.weekday()]}曜日）"
