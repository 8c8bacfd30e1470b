"""National holidays (国民の祝日) and fixed observances by name: the days that a calendar has for them.

After 国民の祝日に関する法律 as of 2020; the equinoxes are computed as the almanac's approximation for 1980
to 2099 does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

_MONDAY, _WEEK = 0, 7


def _days_on_fixed_day(month: int, day: int) -> Callable[[int], tuple[date, date]]:
    return lambda year: (date(year, month, day), date(year, month, day))


def _days_on_numbered_monday(month: int, number: int) -> Callable[[int], tuple[date, date]]:
    def find(year: int) -> tuple[date, date]:
        first = date(year, month, 1)
        day = first + timedelta((_MONDAY - first.weekday()) % _WEEK + _WEEK * (number - 1))
        return day, day

    return find


def _days_of_equinox(month: int, base: float) -> Callable[[int], tuple[date, date]]:
    def find(year: int) -> tuple[date, date]:
        turn = year - 1980
        day = date(year, month, int(base + 0.242194 * turn) - turn // 4)
        return day, day

    return find


def _days_of_fixed_span(
    month: int, first: int, last_month: int, last: int
) -> Callable[[int], tuple[date, date]]:
    return lambda year: (date(year, month, first), date(year, last_month, last))


_DAYS: dict[str, Callable[[int], tuple[date, date]]] = {
    "元日": _days_on_fixed_day(1, 1),
    "成人の日": _days_on_numbered_monday(1, 2),
    "建国記念の日": _days_on_fixed_day(2, 11),
    "天皇誕生日": _days_on_fixed_day(2, 23),
    "春分の日": _days_of_equinox(3, 20.8431),
    "昭和の日": _days_on_fixed_day(4, 29),
    "憲法記念日": _days_on_fixed_day(5, 3),
    "みどりの日": _days_on_fixed_day(5, 4),
    "こどもの日": _days_on_fixed_day(5, 5),
    "海の日": _days_on_numbered_monday(7, 3),
    "山の日": _days_on_fixed_day(8, 11),
    "敬老の日": _days_on_numbered_monday(9, 3),
    "秋分の日": _days_of_equinox(9, 23.2488),
    "スポーツの日": _days_on_numbered_monday(10, 2),
    "文化の日": _days_on_fixed_day(11, 3),
    "勤労感謝の日": _days_on_fixed_day(11, 23),
    "大晦日": _days_on_fixed_day(12, 31),
    "世界保健デー": _days_on_fixed_day(4, 7),
    "看護の日": _days_on_fixed_day(5, 12),
    "世界禁煙デー": _days_on_fixed_day(5, 31),
    "禁煙週間": _days_of_fixed_span(5, 31, 6, 6),
    "歯と口の健康週間": _days_of_fixed_span(6, 4, 6, 10),
    "全国安全週間": _days_of_fixed_span(7, 1, 7, 7),
    "救急の日": _days_on_fixed_day(9, 9),
    "自殺予防週間": _days_of_fixed_span(9, 10, 9, 16),
    "健康増進普及月間": _days_of_fixed_span(9, 1, 9, 30),
    "全国労働衛生週間": _days_of_fixed_span(10, 1, 10, 7),
    "薬と健康の週間": _days_of_fixed_span(10, 17, 10, 23),
    "いい歯の日": _days_on_fixed_day(11, 8),
    "介護の日": _days_on_fixed_day(11, 11),
    "世界糖尿病デー": _days_on_fixed_day(11, 14),
    "年金の日": _days_on_fixed_day(11, 30),
    "世界エイズデー": _days_on_fixed_day(12, 1),
}
HOLIDAYS = tuple(_DAYS)
_FIRST_YEAR, _LAST_YEAR = 2022, 2099
"""The years for which the law and the approximation are known; 2020 and 2021 had days of their own."""


def days_of_holiday(name: str, year: int) -> tuple[date, date] | None:
    """The first and the last day of a holiday or observance in a year, None where that is not known."""
    if name not in _DAYS or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return _DAYS[name](year)
