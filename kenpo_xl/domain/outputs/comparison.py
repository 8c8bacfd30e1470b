"""The comparison of branches (比較): their KPIs in one quarter side by side, and over the quarters before."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import NamedTuple

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.numbers.differences import POINTS
from kenpo_xl.domain.numbers.exact import rounded
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month, fiscal_year_text

_PLACES_OF_GENERAL = 4


class Quarter(NamedTuple):
    """A time for which branches are compared: fiscal year, and its months until the end of the period."""

    fiscal_year: FiscalYear
    months: int

    @property
    def label(self) -> str:
        """令和6年度 12月まで"""
        return f"{fiscal_year_text(self.fiscal_year)} {self._last_month}月まで"

    @property
    def short_label(self) -> str:
        """6年度 12月"""
        return f"{fiscal_year_text(self.fiscal_year)[2:]} {self._last_month}月"

    @property
    def _last_month(self) -> int:
        """The last month, 1 to 12."""
        return self.fiscal_year.months[self.months - 1]

    @property
    def a_year_earlier(self) -> Quarter:
        return Quarter(self.fiscal_year - 1, self.months)


@frozen
class BranchValue:
    """A KPI of a branch in the quarter that is compared.

    `rank` is 1 for the best, None without a result. Differences are to the national mean, to the quarter
    before and to the same quarter of last year, in the values of cells. `outlier` is why the result, or its
    change, is one (''). `step` is the place of its rating in the scale, `until` the month up to which the
    result counts.
    """

    branch: str
    result: Decimal | None
    target: Decimal | None
    glyph: str
    step: int | None
    printed: str
    until: Month
    rank: int | None = None
    to_mean: Decimal | None = None
    to_last_quarter: Decimal | None = None
    to_last_year: Decimal | None = None
    outlier: str = ""


@frozen
class TrendPoint:
    """A quarter of a KPI over all branches; None where no branch reported it."""

    quarter: Quarter
    mean: Decimal | None
    median: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    results: dict[str, Decimal]


@frozen
class ComparedKpi:
    """A KPI that branches have in common, by its common key (共通の鍵) or its name.

    `mean` is the national mean: of a ratio the sum of the numerators by that of the denominators, where all
    branches with a result have these (`is_weighted`), else the mean of the results.
    """

    name: str
    common_key: str
    unit: str
    decimals: int | None
    direction: Direction
    values: tuple[BranchValue, ...]
    mean: Decimal | None
    median: Decimal | None
    is_weighted: bool
    without_parts: int
    trend: tuple[TrendPoint, ...]

    @property
    def months_by_result(self) -> tuple[Month, ...]:
        """The months up to which results count, the most usual first; one where all can be compared."""
        counted = Counter(one.until for one in self.values if one.result is not None)
        return tuple(month for month, _ in counted.most_common())

    @property
    def mean_in_words(self) -> str:
        """How the national mean is made."""
        how = "加重平均: 分子の計 ÷ 分母の計" if self.is_weighted else "支部の単純平均"
        if not self.without_parts:
            return how
        return f"{how}。{self.without_parts} 支部は分子と分母が分からないため、加重平均にできません"

    @property
    def is_rate(self) -> bool:
        return self.unit == FRACTION

    @property
    def shown_unit(self) -> str:
        return "％" if self.is_rate else self.unit

    @property
    def unit_of_difference(self) -> str:
        return POINTS if self.is_rate else self.unit

    @property
    def places(self) -> int:
        """The printed places."""
        return _PLACES_OF_GENERAL if self.decimals is None else self.decimals

    def shown_number(self, value: Decimal) -> Decimal:
        """A value as it is printed: a rate in ％, rounded."""
        return rounded(value * 100 if self.is_rate else value, self.places)

    def value_with_unit(self, value: Decimal | None, *, is_difference: bool = False) -> str:
        """A value with its unit, － for none."""
        if value is None:
            return "－"
        sign = "+" if is_difference and value > 0 else ""
        unit = self.unit_of_difference if is_difference else self.shown_unit
        return f"{sign}{self.shown_number(value):,f}{'' if unit in ('％', POINTS) else ' '}{unit}".rstrip()


@frozen
class UnjoinedKpi:
    """A KPI of a branch that could not be joined with those of others, with the reason."""

    branch: str
    name: str
    common_key: str
    reason: str


@frozen
class LateBranch:
    """A branch that is late in the quarter, or is not recorded in it."""

    branch: str
    reason: str


@frozen
class BranchComparison:
    """All that is compared, of the branches in their order."""

    quarter: Quarter
    branches: tuple[str, ...]
    kpis: tuple[ComparedKpi, ...]
    unjoined: tuple[UnjoinedKpi, ...]
    late: tuple[LateBranch, ...]
    quarters: tuple[Quarter, ...]
