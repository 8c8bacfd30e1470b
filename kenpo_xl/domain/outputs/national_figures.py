"""What head office publishes (全国平均.xlsx): national means and ranks, for the cells of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import decimal_from_excel
from kenpo_xl.domain.numbers.scales import value_in_other_unit
from kenpo_xl.domain.plan.plan import Kpi, National, Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.time.fiscal_calendar import Month

if TYPE_CHECKING:  # few plans ask for national figures
    from kenpo_xl.domain.outputs.comparison import Quarter


@frozen
class NationalKpi:
    """A KPI over all branches: `until` is the month up to which all results count, None if they differ.

    `mean` and `median` are in the values of cells; `ranks` are those of the branches with a result.
    """

    name: str
    common_key: str
    unit: str
    until: Month | None
    mean: Decimal | None
    median: Decimal | None
    ranks: Mapping[str, int]

    def value_for(self, plan: Plan, what: National, identity: FigureId) -> Decimal | None:
        """The mean as a cell holds it, or the rank of the plan's branch; None without one."""
        if what is National.RANK:
            rank = self.ranks.get(plan.branch)
            return None if rank is None else Decimal(rank)
        table = plan.tables[identity[:2]]
        unit = table.unit_of_cell_value(*table.positions[identity])
        value = None if self.mean is None else value_in_other_unit(self.mean, self.unit, unit)
        return None if value is None else decimal_from_excel(float(value))


@frozen
class NationalValue:
    """A published number for a cell of a plan, in the unit of the cell; `workbook` has it."""

    identity: FigureId
    kpi: str
    what: National
    value: Decimal
    until: Month
    workbook: str


@frozen
class NationalFigures:
    """The published figures of a quarter, in the order of the comparison; `workbook` is their file."""

    quarter: Quarter
    kpis: tuple[NationalKpi, ...]
    workbook: str = ""

    def values_for(self, plan: Plan) -> Iterator[NationalValue]:
        """The number for each cell that the plan asks for and that is certain."""
        for kpi in plan.kpis:
            found = self._published_kpi(kpi)
            for what, identity in kpi.national_cells if found else ():
                assert found
                value = found.value_for(plan, what, identity)
                if found.until is not None and value is not None:
                    yield NationalValue(identity, kpi.name, what, value, found.until, self.workbook)

    def gap_sentences(self, plan: Plan) -> Iterator[str]:
        """A sentence on each number that the plan asks for and that is not certain."""
        there = {(one.kpi, one.what) for one in self.values_for(plan)}
        for kpi in plan.kpis:
            lacking = [what for what, _ in kpi.national_cells if (kpi.name, what) not in there]
            if lacking:
                reason = self._reason_without_target(kpi)
                yield f"{self.workbook} から、指標「{kpi.name}」の{'と'.join(lacking)}は使えません。{reason}"

    def _reason_without_target(self, kpi: Kpi) -> str:
        found = self._published_kpi(kpi)
        if found is None:
            return "同じ共通の鍵か名前の指標がありません。"
        if found.until is None:
            return "基準月が支部によって違います。"
        unit = kpi.format.unit_of_cell_value(kpi.format.unit)
        units = f"単位（{found.unit or 'なし'}）と計画の単位（{unit or 'なし'}）"
        return f"{units}、この支部の実績を確かめてください。"

    def _published_kpi(self, kpi: Kpi) -> NationalKpi | None:
        """The KPI with the same common key, else with the same name where one of them has no key."""
        keyed = (one for one in self.kpis if one.common_key and one.common_key == kpi.common_key)
        named = (
            one
            for one in self.kpis
            if normalized(one.name) == normalized(kpi.name) and "" in (one.common_key, kpi.common_key)
        )
        return next(keyed, None) or next(named, None)


def asks_for_national_figures(plan: Plan) -> bool:
    """Whether a cell of a plan shows a national figure."""
    return any(kpi.national_cells for kpi in plan.kpis)
