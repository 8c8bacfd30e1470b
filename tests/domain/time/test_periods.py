"""The periods of a fiscal year: names, months, and which one comes next."""

from __future__ import annotations

from datetime import date

import pytest

from kenpo_xl.domain.time import periods
from kenpo_xl.domain.time.fiscal_calendar import Month


@pytest.mark.parametrize(
    ("one", "after"), [((2024, 1), (2024, 2)), ((2024, 3), (2024, 4)), ((2024, 4), (2025, 1))]
)
def test_each_period_follows_the_one_before(one: tuple[int, int], after: tuple[int, int]) -> None:
    assert periods.next_period(*one) == after
    assert periods.period_before(*after) == one


def test_the_next_year_begins_with_its_first_period() -> None:
    assert periods.first_period_of_next_year(2024) == (2025, 1)


def test_periods_end() -> None:
    ends = [periods.last_day_of_period(2023, one) for one in periods.PERIODS_OF_YEAR]
    assert ends == [date(2023, 6, 30), date(2023, 9, 30), date(2023, 12, 31), date(2024, 3, 31)]


def test_periods_begin() -> None:
    days = [periods.first_day_of_period(2023, one) for one in periods.PERIODS_OF_YEAR]
    assert days == [date(2023, 4, 1), date(2023, 7, 1), date(2023, 10, 1), date(2024, 1, 1)]


def test_every_month_is_in_one_period() -> None:
    months = [month for one in periods.PERIODS_OF_YEAR for month in periods.months_of_period(2023, one)]
    assert (months[0], months[-1]) == (Month(2023, 4), Month(2024, 3))
    for one in periods.PERIODS_OF_YEAR:
        assert {periods.period_of_month(m) for m in periods.months_of_period(2023, one)} == {(2023, one)}


def test_only_the_last_period_ends_the_year() -> None:
    assert [one for one in periods.PERIODS_OF_YEAR if periods.is_last_of_year(one)] == [4]


def test_a_name_says_year_and_period() -> None:
    assert periods.full_period_name(2019, 2) == "令和元年度第2四半期"
