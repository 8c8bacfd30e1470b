"""The periods of a fiscal year: how many there are, their names and months, and which one is next.

The one module that counts periods: whatever is asked of the next or the last one is asked here.
"""

from __future__ import annotations

from datetime import date

from kenpo_xl.domain.time.fiscal_calendar import (
    MONTHS_OF_FISCAL_YEAR,
    Month,
    fiscal_month,
    fiscal_year_text,
)

FIRST_PERIOD, LAST_PERIOD = 1, 4
PERIODS_OF_YEAR = tuple(range(FIRST_PERIOD, LAST_PERIOD + 1))
_MONTHS = len(MONTHS_OF_FISCAL_YEAR) // LAST_PERIOD


def next_period(fiscal_year: int, period: int) -> tuple[int, int]:
    """Fiscal year and number of the period after one."""
    return (fiscal_year, period + 1) if period < LAST_PERIOD else first_period_of_next_year(fiscal_year)


def first_period_of_next_year(fiscal_year: int) -> tuple[int, int]:
    """Fiscal year and number of the first period after a year."""
    return fiscal_year + 1, FIRST_PERIOD


def period_before(fiscal_year: int, period: int) -> tuple[int, int]:
    """Fiscal year and number of the period before one."""
    return (fiscal_year, period - 1) if period > FIRST_PERIOD else (fiscal_year - 1, LAST_PERIOD)


def is_last_of_year(period: int) -> bool:
    """Whether a period ends the year, when every target is due."""
    return period == LAST_PERIOD


def period_name(period: int) -> str:
    """第3四半期"""
    return f"第{period}四半期"


def full_period_name(fiscal_year: int, period: int) -> str:
    """令和6年度第3四半期"""
    return fiscal_year_text(fiscal_year) + period_name(period)


def months_of_period(fiscal_year: int, period: int) -> tuple[Month, ...]:
    """The months of a period, in order."""
    last = period * _MONTHS
    return tuple(fiscal_month(fiscal_year, number) for number in MONTHS_OF_FISCAL_YEAR[last - _MONTHS : last])


def first_day_of_period(fiscal_year: int, period: int) -> date:
    """The first day of a period: April 1 for the first one."""
    first = months_of_period(fiscal_year, period)[0]
    return date(first.year, first.number, 1)


def last_day_of_period(fiscal_year: int, period: int) -> date:
    """The last day of a period: June 30 for the first one."""
    return months_of_period(fiscal_year, period)[-1].last_day


def period_of_month(month: Month) -> tuple[int, int]:
    """Fiscal year and number of the period that contains a month."""
    return month.fiscal_year, (month.elapsed_months_of_fiscal_year - 1) // _MONTHS + 1
