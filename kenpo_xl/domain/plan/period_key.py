"""The periods (期) of branches: by what a period folder, a report and the ledger know one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kenpo_xl.domain.time.fiscal_calendar import fiscal_year_text

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
        return f"{fiscal_year_text(self.fiscal_year)}第{self.quarter}四半期"
