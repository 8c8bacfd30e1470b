"""The periods (期) of branches: by what a period folder, a report and the ledger know one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kenpo_xl.domain.time.periods import full_period_name, next_period, period_before

if TYPE_CHECKING:
    from kenpo_xl.domain.plan.plan import Plan


class PeriodKey(NamedTuple):
    """One quarter of one branch."""

    branch: str
    fiscal_year: int
    quarter: int

    @classmethod
    def of(cls, plan: Plan) -> PeriodKey:
        return cls(plan.branch, plan.fiscal_year, plan.period.quarter)

    @property
    def label(self) -> str:
        """令和6年度第3四半期"""
        return full_period_name(self.fiscal_year, self.quarter)

    @property
    def next(self) -> PeriodKey:
        """The period after it."""
        return PeriodKey(self.branch, *next_period(self.fiscal_year, self.quarter))

    @property
    def before(self) -> PeriodKey:
        """The period before it."""
        return PeriodKey(self.branch, *period_before(self.fiscal_year, self.quarter))
