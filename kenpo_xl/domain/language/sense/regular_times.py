"""Dates in brackets, and hours, beside the words for them: 3回開催した（7月、9月）, 隔月（4月、5月）."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate, dates_in
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.sense.hours import miscounted_hours
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import PlaceAndWord

_HELD = LazyPattern(
    r"(?<![\d第])(?P<count>\d{1,2})\s*回\s*(?:に?わたり)?(?:開催|実施|発行|配信|訪問|掲載|発送|送付|行|開)(?:し|っ|い)?た?\s*$",
    needs="回",
)
_ALTOGETHER = ("合計", "全部で", "計", "全")
_NOT_ALL = AnyOf("うち|ほか|予定|など|等|延べ|以上|各")
_INTERVALS = (("毎月", 1), ("隔月", 2), ("2か月ごと", 2), ("四半期ごと", 3), ("3か月ごと", 3))
_SEVERAL, _CLAUSE = 3, 20
_ACTS = (
    "実施",
    "開催",
    "実施した",
    "開催した",
    "発送した",
    "送付した",
    "配信した",
    "発行した",
    "発送",
    "配信",
    "発行",
)
_OF_OTHERS = AnyOf("ほか|加え|うち|併せ|臨時|特別|会場|対面|集合|また")
_ANY = AnyOf("回|毎月|隔月|か月ごと|四半期ごと|半年|週間")
_MONTHS, _HALF_YEAR, _WEEK = 12, 6, 7


def irregular_times(text: str) -> Iterator[Miswritten]:
    """Counts, intervals and lengths that the dates in the bracket behind them contradict, and hours."""
    plain = half_width(text)
    if "(" in plain and _ANY.is_in(plain):
        for start, inside in _innermost_brackets(plain):
            wrong = (
                _problem_of_bracket(plain[max(0, start - 24) : start], inside)
                if "月" in inside or "/" in inside
                else ""
            )
            if wrong:
                yield Miswritten(max(0, start - 8), start + len(inside) + 2, wrong)
        yield from _wrong_counts_of_days(plain)
    yield from miscounted_hours(plain)


def _wrong_counts_of_days(plain: str) -> Iterator[Miswritten]:
    """5月30日と8月29日（全4回）; in months there may be more than one each."""
    dates = dates_in(plain) if "回)" in plain.replace(" ", "") else []
    for start, inside in _innermost_brackets(plain) if len(dates) > 1 else ():
        at = next((found for one in _ALTOGETHER if (found := inside.rfind(one)) >= 0), -1)
        stated = _number_of_stated_total(inside[max(at, 0) :])
        is_alone = not inside[: max(at, 0)].strip()
        listed = _dates_up_to(plain, dates, start if is_alone else start + 1 + at) if stated else []
        if len(listed) > 1:
            has_days = all(one.day for one in listed)
            if stated < len(listed) or (has_days and stated != len(listed)):
                wrong = f"回数が合いません（並べた日付は{len(listed)}）"
                yield Miswritten(listed[0].start, start + len(inside) + 2, wrong)


def _number_of_stated_total(inside: str) -> int:
    """The number of 計3回 or 全3回, 0 for other words."""
    words = inside.replace(" ", "")
    digits = next((words[len(one) : -1] for one in _ALTOGETHER if words.startswith(one)), "")
    return int(digits) if words.endswith("回") and digits.isdecimal() else 0


def _dates_up_to(plain: str, dates: Sequence[NamedDate], end: int) -> list[NamedDate]:
    """The dates of the list that ends at a place."""
    listed: list[NamedDate] = []
    for named in reversed(dates):
        if named.end > end:
            continue
        if plain[named.end : end].strip("、,・ と及びに\u3000"):
            break
        listed.insert(0, named)
        end = named.start
    return listed


def _innermost_brackets(plain: str) -> Iterator[PlaceAndWord]:
    """Where each bracket without another one in it begins, and what it holds."""
    start = plain.find("(")
    while start >= 0:
        end = plain.find(")", start)
        inside = plain[start + 1 : end] if end >= 0 else "("
        if "(" not in inside:
            yield start, inside
        start = plain.find("(", start + 1)


def _problem_of_bracket(before: str, inside: str) -> str:
    """What is wrong between some words and the dates of the bracket behind them, '' for nothing."""
    dates = dates_in(inside)
    is_range = any(mark in inside for mark in ("~", "から", "-"))
    if len(dates) < 2 or not _is_list_of_dates(inside, dates) or _NOT_ALL.is_in(before):
        return ""
    if is_range:
        return _problem_of_length(before, dates) if len(dates) == 2 else ""
    held = _HELD.search(before)
    if held and int(held["count"]) != len(dates):
        return f"回数が合いません（かっこの中は{len(dates)}）"
    return _problem_of_interval(before, dates)


def _is_list_of_dates(inside: str, dates: Sequence[NamedDate]) -> bool:
    """Whether a bracket holds nothing but dates and what joins them."""
    rest = inside
    for named in reversed(dates):
        rest = rest[: named.start] + rest[named.end :]
    rest = rest.removesuffix("に発送").removesuffix("に開催").removesuffix("に実施").removesuffix("号")
    return not rest.strip("、,・~-からまでと 及び\u3000") and len(rest) <= 3 * len(dates)


def _problem_of_interval(before: str, dates: Sequence[NamedDate]) -> str:
    for word, step in _INTERVALS:
        if before.endswith((word, f"{word}に", f"{word}1回", f"{word}に1回", f"{word}開催", f"{word}で")):
            return _problem_of_steps(word, step, dates)
    clause = before[max(before.rfind(mark) for mark in "。、\n・") + 1 :] if len(dates) >= _SEVERAL else ""
    words = [(word, step) for word, step in _INTERVALS if word in before[-_CLAUSE:]]
    is_only = len(words) == 1 and clause.endswith(_ACTS) and not _OF_OTHERS.is_in(before)
    return _problem_of_steps(*words[0], dates) if is_only else ""


def _problem_of_steps(word: str, step: int, dates: Sequence[NamedDate]) -> str:
    steps = {(other.month - one.month) % _MONTHS for one, other in pairwise(dates)}
    return f"「{word}」と月が合いません" if steps - {step} else ""


def _problem_of_length(before: str, dates: Sequence[NamedDate]) -> str:
    first, last = dates
    months = (last.month - first.month) % _MONTHS + 1
    if before.endswith(("半年間", "半年")) and months != _HALF_YEAR and not (first.day or last.day):
        return f"長さが合いません（数えると{months}か月）"
    is_week = before.endswith(("1週間", "一週間")) and first.month == last.month
    if is_week and first.day and last.day and last.day - first.day + 1 not in (_WEEK, _WEEK + 1, _WEEK - 2):
        return f"長さが合いません（数えると{last.day - first.day + 1}日）"
    return ""
