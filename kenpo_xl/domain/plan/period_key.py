"""The periods (期) of branches: by what a period folder, a report and the ledger know one another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.domain.time.periods import FIRST_PERIOD, Cycle

if TYPE_CHECKING:
    from kenpo_xl.domain.plan.plan import Plan


class PeriodKey(NamedTuple):
    """One period of one branch."""

    branch: str
    fiscal_year: FiscalYear
    number: int
    cycle: Cycle = Cycle.QUARTER

    @classmethod
    def of(cls, plan: Plan) -> PeriodKey:
        return cls(plan.branch, plan.fiscal_year, plan.period.number, plan.period.cycle)

    @property
    def name(self) -> str:
        """第3四半期"""
        return self.cycle.name_of(self.fiscal_year, self.number)

    @property
    def label(self) -> str:
        """令和6年度第3四半期"""
        return self.cycle.full_name_of(self.fiscal_year, self.number)

    @property
    def spaced_label(self) -> str:
        """令和6年度 第3四半期, as in titles"""
        return self.cycle.full_name_of(self.fiscal_year, self.number, " ")

    @property
    def year_and_months(self) -> tuple[int, int]:
        """Fiscal year and its months until the end of the period, by which periods are in order."""
        return self.fiscal_year, self.cycle.months_until_end_of(self.number)

    @property
    def last_day(self) -> date:
        """The last day of the period."""
        return self.cycle.last_day_of(self.fiscal_year, self.number)

    @property
    def next(self) -> PeriodKey:
        """The period after it."""
        return PeriodKey(self.branch, *self.cycle.next_period(self.fiscal_year, self.number), self.cycle)

    @property
    def first_of_next_year(self) -> PeriodKey:
        """The first period after its year."""
        return PeriodKey(self.branch, self.fiscal_year + 1, FIRST_PERIOD, self.cycle)

    @property
    def previous(self) -> PeriodKey:
        """The period before it."""
        return PeriodKey(self.branch, *self.cycle.period_before(self.fiscal_year, self.number), self.cycle)
