"""Holidays of a year: the days that the Cabinet Office and the almanac give."""

from __future__ import annotations

from datetime import date

import pytest

from kenpo_xl.domain.time.holidays import days_of_holiday


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("元日", date(2025, 1, 1)),
        ("成人の日", date(2024, 1, 8)),
        ("成人の日", date(2025, 1, 13)),
        ("春分の日", date(2024, 3, 20)),
        ("春分の日", date(2027, 3, 21)),
        ("海の日", date(2024, 7, 15)),
        ("敬老の日", date(2024, 9, 16)),
        ("秋分の日", date(2024, 9, 22)),
        ("秋分の日", date(2025, 9, 23)),
        ("スポーツの日", date(2024, 10, 14)),
        ("スポーツの日", date(2029, 10, 8)),
        ("文化の日", date(2024, 11, 3)),
    ],
)
def test_a_holiday_is_that_of_the_calendar(name: str, day: date) -> None:
    assert days_of_holiday(name, day.year) == (day, day)


def test_a_week_has_two_ends() -> None:
    assert days_of_holiday("禁煙週間", 2024) == (date(2024, 5, 31), date(2024, 6, 6))


@pytest.mark.parametrize(("name", "year"), [("海の日", 2021), ("元日", 2100), ("休館日", 2024)])
def test_a_day_that_is_not_known(name: str, year: int) -> None:
    assert days_of_holiday(name, year) is None
