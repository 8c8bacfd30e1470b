"""How long something lasted beside the times of day that it began and ended at: 13:30～15:00の2時間."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.domain.language.dates.date_notation import Miswritten
from kenpo_xl.domain.lazy_patterns import LazyPattern

_LENGTH = (
    r"(?:(?P<{0}h>\d{{1,2}}(?:\.\d)?)\s*時間(?:(?P<{0}half>半)|\s*(?P<{0}hm>\d{{1,2}})\s*分間?)?"
    r"|(?<![\d.])(?P<{0}m>\d{{2,3}})\s*分間?)"
    r"(?!\s*(?:ずつ|以[上内下]|程度|ほど|ごと|毎|おき|前|後|未満|弱|強|刻|枠|[×x]|の休|休|を|延長|短縮|単位|\d))"
)
_CLOCK = (
    r"(?:(?P<{0}half_day>午前|午後)\s*)?(?<![\d:])(?:(?P<{0}hour>\d{{1,2}})\s*時(?!間)\s*(?:(?P<{0}minute>\d{{1,2}})\s*分|(?P<{0}thirty>半))?"
    r"|(?P<{0}h>\d{{1,2}}):(?P<{0}min>[0-5]\d)(?![\d:]))"
)
_RANGE = rf"{_CLOCK.format('a_')}\s*(?:から|~|-)\s*{_CLOCK.format('b_')}"
_NEEDS = ("時間", "分")
_BEHIND = LazyPattern(
    rf"{_RANGE}\s*(?:(?:まで\s*)?(?:の\s*(?:計|間)?|\(\s*計?|(?P<list>[、,・])\s*計?)|まで)\s*{_LENGTH.format('c_')}",
    needs=_NEEDS,
)
_BEFORE = LazyPattern(
    rf"(?<!約)(?<!計)(?<!延べ){_LENGTH.format('c_')}\s*\(\s*{_RANGE}\s*(?:まで)?\s*\)",
    needs=("間(", "間 (", "分(", "分 (", "半(", "半 ("),
)
_NOON, _AFTER_LUNCH, _LUNCH, _HOUR = 12 * 60, 13 * 60, 60, 60


def miscounted_hours(plain: str) -> Iterator[Miswritten]:
    """13時～14時、2時間, 13:30から15:00までの120分; up to an hour may be left out at noon."""
    for pattern in (_BEHIND, _BEFORE):
        for hours in pattern.finditer(plain):
            if pattern is _BEHIND and hours["list"] and not plain[hours.end() :].lstrip().startswith(")"):
                continue  # 13:30～15:00、20分の講話: a part
            begin, end = _minutes_since_midnight(hours, "a_"), _minutes_since_midnight(hours, "b_")
            if hours["a_half_day"] == "午後" and end < _NOON and not hours["b_half_day"]:
                end += _NOON
            real, stated = end - begin, _stated_length_in_minutes(hours)
            pause = _LUNCH if begin <= _NOON and end >= _AFTER_LUNCH else 0
            if real > 0 and not real - pause <= stated <= real:
                yield Miswritten(
                    *hours.span(), f"時間が合いません（数えると{_length_in_words(real, hours)}）"
                )


def _length_in_words(minutes: int, hours: re.Match[str]) -> str:
    """A length in the unit that is written."""
    return f"{minutes}分" if hours["c_m"] else f"{minutes / _HOUR:g}時間"


def _stated_length_in_minutes(hours: re.Match[str]) -> int:
    """The length that is written: 1時間半 is 90."""
    if hours["c_m"]:
        return int(hours["c_m"])
    return round(float(hours["c_h"]) * _HOUR) + 30 * bool(hours["c_half"]) + int(hours["c_hm"] or 0)


def _minutes_since_midnight(hours: re.Match[str], which: str) -> int:
    """The minutes from midnight to a time of day."""
    hour = int(hours[f"{which}hour"] or hours[f"{which}h"])
    minute = int(hours[f"{which}minute"] or hours[f"{which}min"] or 30 * bool(hours[f"{which}thirty"]))
    is_afternoon = hours[f"{which}half_day"] == "午後" and hour < 12
    return (hour + 12 * is_afternoon) * _HOUR + minute
