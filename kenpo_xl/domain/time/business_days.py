"""Days on which an office is closed (閉庁日), and to which day a date for handing in moves then.

After 行政機関の休日に関する法律 (昭和63年法律第91号), which offices of public corporations follow as well:
article 1 lists the days, article 2 lets a date that falls on one of them move to the next that is none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

_SATURDAY = 5


def is_office_closed(day: date, is_holiday: Callable[[date], bool]) -> bool:
    """Whether offices are closed: Saturdays, Sundays, national holidays, 29 December to 3 January."""
    turn_of_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() >= _SATURDAY or turn_of_year or is_holiday(day)


def same_or_next_business_day(day: date, is_holiday: Callable[[date], bool]) -> date:
    """The day itself where offices are open, else the next on which they are."""
    while is_office_closed(day, is_holiday):
        day += timedelta(days=1)
    return day
