"""The fiscal year and the as-of date of a report: what its dates without a year mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.periods import Cycle

# Months from the first of a fiscal year on.
_QUARTER, _LAST_QUARTER = 3, 9


@frozen
class ReportTime:
    """When a report is about: its fiscal year and its as-of date (基準日)."""

    fiscal_year: FiscalYear
    as_of: date

    def __str__(self) -> str:
        """A text that tells it from any other: `2024-4 2024-12-31`, with the first month of the year."""
        return f"{self.fiscal_year}-{self.fiscal_year.first_month} {self.as_of}"

    @property
    def is_year_end(self) -> bool:
        """Whether the report closes the fiscal year; it is written in the next one."""
        return Month.of(self.as_of).number in self.fiscal_year.quarter(Cycle.QUARTER.last_number)

    def is_to_come(self, named: NamedDate) -> bool:
        """Whether a date is of the fiscal year and after the as-of date; a month, after its month."""
        month, day = named.month_in(self.fiscal_year), named.day_in(self.fiscal_year)
        if not (named.is_possible and self.fiscal_year.contains(month)):
            return False
        return day > self.as_of if day else month > Month.of(self.as_of)

    def is_earlier(self, one: NamedDate, other: NamedDate) -> bool:
        """Whether a date is certainly before another; of two months, or a month and a day, by the month.

        A date without a year is of the fiscal year. Where the other is then still to come, or a year that
        is named is another one, nothing is certain; at its end the first months may be those to come.
        """
        if not (one.is_possible and other.is_possible):
            return False
        months = [named.month_in(self.fiscal_year) for named in (one, other)]
        if self._may_be_of_another_year(one, other, months):
            return False
        if months[0] != months[1] or one.day is None or other.day is None:
            return months[0] < months[1]
        return one.day < other.day

    def _may_be_of_another_year(self, one: NamedDate, other: NamedDate, months: Sequence[Month]) -> bool:
        """Whether the year of a date without one is not certain beside the other."""
        has_one_year = (one.year is None) != (other.year is None)
        if has_one_year and any(not self.fiscal_year.contains(month) for month in months):
            return True
        if other.year is None and months[1] > Month.of(self.as_of):
            return True
        place_of = self.fiscal_year.place_of
        is_over_new_year = place_of(one.month) < _QUARTER and place_of(other.month) >= _LAST_QUARTER
        return one.year is None and is_over_new_year and self.is_year_end
