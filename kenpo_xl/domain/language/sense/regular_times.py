"""Dates in brackets, and hours, beside the words for them: 3回開催した（7月、9月）, 隔月（4月、5月）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.domain.language.date_notation import Miswritten
from kenpo_xl.domain.language.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

_HELD = LazyPattern(
    r"(?<![\d第])(?P<count>\d{1,2})\s*回\s*(?:に?わたり)?(?:開催|実施|発行|配信|訪問|掲載|発送|送付|行|開)(?:し|っ|い)?た?\s*$",
    needs="回",
)
_NOT_ALL = AnyOf("うち|ほか|予定|など|等|延べ|以上|各")
_INTERVALS = (("毎月", 1), ("隔月", 2), ("2か月ごと", 2), ("四半期ごと", 3), ("3か月ごと", 3))
_ANY = AnyOf("回|毎月|隔月|か月ごと|四半期ごと|半年|週間")
_MONTHS, _HALF_YEAR, _WEEK = 12, 6, 7
_HOURS = LazyPattern(
    r"(?P<am>午前)?(?<!\d)(?P<first>\d{1,2})\s*時\s*(?P<early>半|\d{1,2}\s*分)?\s*(?:から|~|-)\s*"
    r"(?P<pm>午後)?(?P<last>\d{1,2})\s*時\s*(?P<late>半|\d{1,2}\s*分)?\s*(?:まで)?\s*"
    r"(?:の\s*(?P<count>\d{1,2}(?:\.\d)?)\s*時間(?P<half>半)?(?!\s*(?:ずつ|以上|程度|ほど|ごと|前|後|\d))"
    r"|[、,・(]\s*計?\s*(?P<inner>\d{1,2}(?:\.\d)?)\s*時間(?P<inner_half>半)?\s*\))",
    needs=("時までの", "分までの", "半までの", "時、", "分、", "半、", "時(", "分(", "半("),
)
_NOON, _AFTER_LUNCH = 12 * 60, 13 * 60
_LUNCH = 60


def irregular_times(text: str) -> Iterator[Miswritten]:
    """Counts, intervals and lengths that the dates in the bracket behind them contradict, and hours."""
    plain = half_width(text)
    if "(" in plain and _ANY.is_in(plain):
        for start, inside in _brackets(plain):
            wrong = (
                _wrong(plain[max(0, start - 24) : start], inside) if "月" in inside or "/" in inside else ""
            )
            if wrong:
                yield Miswritten(max(0, start - 8), start + len(inside) + 2, wrong)
    yield from _wrong_hours(plain)


def _wrong_hours(plain: str) -> Iterator[Miswritten]:
    """13時～14時、2時間; up to an hour may be left out at noon."""
    for hours in _HOURS.finditer(plain):
        begin, end = _minutes(hours["first"], hours["early"]), _minutes(hours["last"], hours["late"])
        if hours["am"] and hours["pm"] and end < _NOON:
            end += _NOON
        real, stated = end - begin, _stated_minutes(hours)
        pause = _LUNCH if begin <= _NOON and end >= _AFTER_LUNCH else 0
        if real > 0 and not real - pause <= stated <= real:
            yield Miswritten(*hours.span(), f"時間が合いません（数えると{real / 60:g}時間）")


def _stated_minutes(hours: re.Match[str]) -> int:
    """The length that is written behind hours: 1時間半 is 90."""
    count = hours["count"] or hours["inner"]
    return round(float(count) * 60) + 30 * bool(hours["half"] or hours["inner_half"])


def _brackets(plain: str) -> Iterator[tuple[int, str]]:
    """Where each bracket without another one in it begins, and what it holds."""
    start = plain.find("(")
    while start >= 0:
        end = plain.find(")", start)
        inside = plain[start + 1 : end] if end >= 0 else "("
        if "(" not in inside:
            yield start, inside
        start = plain.find("(", start + 1)


def _minutes(hour: str, behind: str | None) -> int:
    return int(hour) * 60 + (30 if behind == "半" else int((behind or "0").removesuffix("分").strip()))


def _wrong(before: str, inside: str) -> str:
    """What is wrong between some words and the dates of the bracket behind them, '' for nothing."""
    dates = dates_in(inside)
    is_range = any(mark in inside for mark in ("~", "から", "-"))
    if len(dates) < 2 or not _is_list(inside, dates) or _NOT_ALL.is_in(before):
        return ""
    if is_range:
        return _wrong_length(before, dates) if len(dates) == 2 else ""
    held = _HELD.search(before)
    if held and int(held["count"]) != len(dates):
        return f"回数が合いません（かっこの中は{len(dates)}）"
    return _wrong_interval(before, dates)


def _is_list(inside: str, dates: Sequence[NamedDate]) -> bool:
    """Whether a bracket holds nothing but dates and what joins them."""
    rest = inside
    for named in reversed(dates):
        rest = rest[: named.start] + rest[named.end :]
    return not rest.strip("、,・~-からまでと 及び\u3000") and len(rest) <= 3 * len(dates)


def _wrong_interval(before: str, dates: Sequence[NamedDate]) -> str:
    for word, step in _INTERVALS:
        if before.endswith((word, f"{word}に", f"{word}1回", f"{word}に1回", f"{word}開催", f"{word}で")):
            steps = {(other.month - one.month) % _MONTHS for one, other in pairwise(dates)}
            return f"「{word}」と月が合いません" if steps - {step} else ""
    return ""


def _wrong_length(before: str, dates: Sequence[NamedDate]) -> str:
    first, last = dates
    months = (last.month - first.month) % _MONTHS + 1
    if before.endswith(("半年間", "半年")) and months != _HALF_YEAR and not (first.day or last.day):
        return f"長さが合いません（数えると{months}か月）"
    is_week = before.endswith(("1週間", "一週間")) and first.month == last.month
    if is_week and first.day and last.day and last.day - first.day + 1 not in (_WEEK, _WEEK + 1, _WEEK - 2):
        return f"長さが合いません（数えると{last.day - first.day + 1}日）"
    return ""
