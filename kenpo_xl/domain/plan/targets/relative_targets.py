"""Targets of a KPI that follow from its final values of earlier years (過去実績)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

_YEARS_OF_MEAN = 3


class Basis(StrEnum):
    """Which earlier values a target is taken from."""

    LAST_YEAR = "前年度"
    BETTER_OF_LAST_AND_MEAN = "前年度と過去3年平均の良い方"
    MEAN = "過去3年平均"
    BEST = "過去最高"


@frozen
class RelativeTarget:
    """A basis times `factor` plus `addend`: 前年度比3%増 is last year's value times 1.03.

    `addend` is in the unit of a value as Excel holds it: 1.5 ポイント are 0.015 of a rate.
    """

    basis: Basis
    factor: Decimal = Decimal(1)
    addend: Decimal = Decimal(0)

    def __str__(self) -> str:
        """前年度, 前年度の103％, or 前年度+5."""
        if self.factor != 1:
            return f"{self.basis}の{decimal_text(self.factor * 100)}％"
        sign = "+" if self.addend > 0 else ""
        return f"{self.basis}{sign}{decimal_text(self.addend)}" if self.addend else str(self.basis)

    def base_years(self, fiscal_year: FiscalYear) -> tuple[int, ...]:
        """The fiscal years whose final values are needed, the newest first; of the best any earlier one."""
        count = 1 if self.basis in (Basis.LAST_YEAR, Basis.BEST) else _YEARS_OF_MEAN
        return tuple(fiscal_year - back for back in range(1, count + 1))

    def value(
        self, past: Mapping[int, Decimal], fiscal_year: FiscalYear, direction: Direction
    ) -> Decimal | None:
        """The target from final values by year, None where one that is needed is missing."""
        candidates = self._candidate_values(past, fiscal_year)
        if not candidates:
            return None
        base = max(candidates) if direction is Direction.AT_LEAST else min(candidates)
        return base * self.factor + self.addend

    def _candidate_values(self, past: Mapping[int, Decimal], fiscal_year: FiscalYear) -> tuple[Decimal, ...]:
        """The values of which the better one counts; none where one that is needed is missing."""
        if self.basis is Basis.BEST:
            return tuple(value for year, value in past.items() if year < fiscal_year)
        years = self.base_years(fiscal_year)
        if not all(year in past for year in years):
            return ()
        values = [past[year] for year in years]
        mean = sum(values, Decimal(0)) / len(values)
        return (mean,) if self.basis is Basis.MEAN else (values[0], mean)
