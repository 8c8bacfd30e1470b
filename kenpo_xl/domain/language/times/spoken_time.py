"""A time as a sentence names it, and whether two can be one within the other."""

from __future__ import annotations

from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate


class Kind(StrEnum):
    """What a time is named by."""

    DATES = "dates"
    YEAR = "year"
    RELATIVE_YEAR = "relative year"
    QUARTER = "quarter"
    HALF = "half"
    SEASON = "season"


Months = tuple[int, int]
"""First and last month, each as 12 × year + month - 1."""


@frozen
class SpokenTime:
    """A time with its place in the text.

    `months` are the numbers (1 to 12) of its months in their order; `ranges` what it may be in a calendar, ()
    where no year is named; `days` the first and last day of a single month; `is_range` from one to another;
    `is_whole` without 上旬, 末 and the like at its ends.
    """

    kind: Kind
    start: int
    end: int
    months: tuple[int, ...]
    ranges: tuple[Months, ...] = ()
    days: tuple[int, int] | None = None
    dates: tuple[NamedDate, ...] = ()
    is_range: bool = False
    is_whole: bool = True

    def agrees_with(self, other: SpokenTime) -> bool:
        """Whether one of them can be within the other."""
        if self.ranges and other.ranges:
            return any(
                _is_range_within_other(one, another) for one in self.ranges for another in other.ranges
            )
        mine, others = set(self.months), set(other.months)
        if not (mine <= others or others <= mine):
            return False
        if self.days and other.days and mine == others:
            return _is_range_within_other(self.days, other.days)
        return True


def _is_range_within_other(one: Months, other: Months) -> bool:
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])
