"""Figures that earlier reports gave, for the cells of a plan: by identity, months and kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from kenpo_xl.domain.formulas.tree import Ref
from kenpo_xl.domain.numbers.exact import decimal_from_excel
from kenpo_xl.domain.numbers.scales import value_in_other_unit
from kenpo_xl.domain.plan.figure_span import span_of_cell
from kenpo_xl.domain.plan.last_year import identity_in_last_years_report
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, FigureId, Table
from kenpo_xl.domain.plan.targets.milestones import Milestone, completion_in
from kenpo_xl.domain.results.carried import CarriedValue, CellKey
from kenpo_xl.domain.results.facts import Fact, kpi_fact_identity
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.time.span import Span

Entities = Mapping[tuple[str, str], Iterable[str]]
"""The keys of the rows of open lists, by item and table."""


def known_figures(plan: Plan, history: History, entities: Entities) -> dict[CellKey, CarriedValue]:
    """The values of typed number cells whose months an earlier report gave.

    The as-of month is that of the period. Of several reports the newest counts; what covers the last month
    of the period is never known.
    """
    found: dict[CellKey, CarriedValue] = {}
    for key, table in plan.tables.items():
        lookup = _TableLookup(plan, history, table)
        for row, column in _typed_number_cells(table):
            names = entities.get(key, ()) if row == table.repeating else ("",)
            for entity in names:
                known = lookup.known_value(row, column, entity)
                if known:
                    found[table.identity(row, column), entity] = known
    return found


def known_milestones(plan: Plan, history: History) -> dict[CellKey, CarriedValue]:
    """What the last report says is done, for the cells of milestones; the rest is asked for again."""
    found: dict[CellKey, CarriedValue] = {}
    periods = sorted(history.periods, key=lambda period: period.year_and_months)
    for kpi in plan.kpis:
        key = kpi.result.key if isinstance(kpi.target, Milestone) and isinstance(kpi.result, Ref) else None
        for period in periods if isinstance(key, FigureId) else ():
            assert isinstance(key, FigureId)
            fact = period.texts_by_identity.get(kpi_fact_identity(kpi.name, "実績"))
            given = completion_in(fact.typed_text, period.fiscal_year) if fact else None
            if fact and given and given.is_done:
                found[key, ""] = CarriedValue(str(given), origin_text(period), fact.source)
    return found


def origin_text(period: PastPeriod) -> str:
    """How a value names the report that it is from: 令和6年度第3四半期の報告."""
    return f"{period.label}の報告"


def _typed_number_cells(table: Table) -> Iterator[tuple[int, int]]:
    for row, cells in enumerate(table.cells):
        for column, cell in enumerate(cells):
            if cell.kind is CellKind.TYPED and not cell.format.is_text:
                yield row, column


class _TableLookup:
    """Finds the earlier facts of one table."""

    def __init__(self, plan: Plan, history: History, table: Table) -> None:
        self.plan, self.history, self.table = plan, history, table

    def known_value(self, row: int, column: int, entity: str) -> CarriedValue | None:
        span = span_of_cell(self.table, row, column, self.plan.fiscal_year, self.plan.as_of_month.number)
        if span.last >= self.plan.as_of_month:
            return None
        unit = self.table.unit_of_cell_value(row, column)
        for period, fact in self._facts_with_span(row, column, entity, span):
            value = None if fact.value is None else value_in_other_unit(fact.value, fact.unit, unit)
            if value is not None:
                return CarriedValue(_as_excel_stores(value), origin_text(period), fact.source, span)
        return None

    def _facts_with_span(
        self, row: int, column: int, entity: str, span: Span
    ) -> Iterable[tuple[PastPeriod, Fact]]:
        """The facts of the same months, newest first: under this identity, or last year's own."""
        own = self.table.identity(row, column)
        then = identity_in_last_years_report(self.table, row, column)
        identities: list[FigureId] = [own, *([then] if then else [])]
        found = [
            pair
            for identity in identities
            for pair in self.history.facts_with_identity(str(identity), entity)
            if pair[1].span == span
        ]
        return sorted(found, key=lambda pair: pair[0].year_and_months, reverse=True)


def _as_excel_stores(value: Decimal) -> Decimal:
    """The number that a cell holds, at 15 digits."""
    return decimal_from_excel(float(value))
