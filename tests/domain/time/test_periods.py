"""The periods of a fiscal year by their kinds: names, months, and which one comes next."""

from __future__ import annotations

from datetime import date

import pytest

from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.periods import Cycle

YEAR = FiscalYear(2023)


@pytest.mark.parametrize(
    ("cycle", "one", "after"),
    [
        (Cycle.QUARTER, (2024, 1), (2024, 2)),
        (Cycle.QUARTER, (2024, 3), (2024, 4)),
        (Cycle.QUARTER, (2024, 4), (2025, 1)),
        (Cycle.HALF, (2024, 1), (2024, 2)),
        (Cycle.HALF, (2024, 2), (2025, 1)),
        (Cycle.YEAR, (2024, 1), (2025, 1)),
        (Cycle.MONTH, (2024, 11), (2024, 12)),
        (Cycle.MONTH, (2024, 12), (2025, 1)),
    ],
)
def test_each_period_follows_the_one_before(
    cycle: Cycle, one: tuple[int, int], after: tuple[int, int]
) -> None:
    assert cycle.next_period(FiscalYear(one[0]), one[1]) == after
    assert cycle.period_before(FiscalYear(after[0]), after[1]) == one


def test_the_next_year_begins_with_its_first_period() -> None:
    assert PeriodKey("支部", FiscalYear(2024), 2).first_of_next_year == PeriodKey("支部", FiscalYear(2025), 1)


@pytest.mark.parametrize(
    ("cycle", "days"),
    [
        (Cycle.QUARTER, [date(2023, 6, 30), date(2023, 9, 30), date(2023, 12, 31), date(2024, 3, 31)]),
        (Cycle.HALF, [date(2023, 9, 30), date(2024, 3, 31)]),
        (Cycle.YEAR, [date(2024, 3, 31)]),
    ],
)
def test_periods_end(cycle: Cycle, days: list[date]) -> None:
    assert [cycle.last_day_of(FiscalYear(2023), one) for one in cycle.numbers] == days


def test_periods_begin() -> None:
    days = [Cycle.QUARTER.first_day_of(FiscalYear(2023), one) for one in Cycle.QUARTER.numbers]
    assert days == [date(2023, 4, 1), date(2023, 7, 1), date(2023, 10, 1), date(2024, 1, 1)]
    assert Cycle.MONTH.first_day_of(FiscalYear(2023), 10) == date(2024, 1, 1)


@pytest.mark.parametrize("cycle", list(Cycle))
def test_every_month_is_in_one_period(cycle: Cycle) -> None:
    months = [month for one in cycle.numbers for month in cycle.months_of(YEAR, one)]
    assert (months[0], months[-1], len(months)) == (Month(2023, 4), Month(2024, 3), 12)
    for one in cycle.numbers:
        assert {cycle.period_of(month, YEAR) for month in cycle.months_of(YEAR, one)} == {(2023, one)}


@pytest.mark.parametrize("cycle", list(Cycle))
def test_only_the_last_period_ends_the_year(cycle: Cycle) -> None:
    assert [one for one in cycle.numbers if cycle.is_last(one)] == [cycle.last_number]
    assert cycle.months_until_end_of(cycle.last_number) == 12


@pytest.mark.parametrize(
    ("key", "label"),
    [
        (PeriodKey("支部", FiscalYear(2019), 2), "令和元年度第2四半期"),
        (PeriodKey("支部", FiscalYear(2024), 1, Cycle.HALF), "令和6年度上半期"),
        (PeriodKey("支部", FiscalYear(2024), 1, Cycle.YEAR), "令和6年度通期"),
        (PeriodKey("支部", FiscalYear(2024), 12, Cycle.MONTH), "令和6年度3月"),
    ],
)
def test_a_label_says_year_and_period(key: PeriodKey, label: str) -> None:
    assert key.label == label


@pytest.mark.parametrize(
    ("cycle", "text", "number"),
    [
        (Cycle.QUARTER, "3", 3),
        (Cycle.QUARTER, "第3四半期", 3),
        (Cycle.QUARTER, "第三四半期", 3),
        (Cycle.QUARTER, "3Q", 3),
        (Cycle.QUARTER, "5", None),
        (Cycle.QUARTER, "0", None),
        (Cycle.QUARTER, "上半期", None),
        (Cycle.HALF, "上半期", 1),
        (Cycle.HALF, "後期", 2),
        (Cycle.HALF, "2", 2),
        (Cycle.HALF, "3", None),
        (Cycle.MONTH, "4月", 1),
        (Cycle.MONTH, "3", 12),
        (Cycle.MONTH, "13月", None),
        (Cycle.YEAR, "通期", 1),
        (Cycle.YEAR, "1", 1),
        (Cycle.YEAR, "2", None),
    ],
)
def test_a_typed_period_is_a_number_of_its_kind(cycle: Cycle, text: str, number: int | None) -> None:
    assert cycle.number_in(text, FiscalYear(2024)) == number
