"""What was reported before, by identity and months: from period folders or from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from functools import cached_property
from typing import Protocol

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.identities import Identities
from kenpo_xl.domain.plan.named_parts import NamedPart
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Kpi, Plan
from kenpo_xl.domain.results.facts import Fact, kpi_fact_identity
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.domain.time.span import Span

YEARS = 3
"""How many fiscal years back anything is compared with."""


@frozen
class PastPeriod:
    """An earlier period as reported: its facts and, by item and block, its progress lines and ratings.

    An empty `branch` is that of the book that is checked. `parts` are the items and blocks of its plan. All
    is named as stored, after `in_names_of` as in the later plan. `field_texts` are the lines of text
    fields, by item, block and name of the field.
    """

    fiscal_year: FiscalYear
    number: int
    label: str
    facts: tuple[Fact, ...]
    lines: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    branch: str = ""
    ratings: dict[tuple[str, str], str] = field(default_factory=dict)
    parts: tuple[NamedPart, ...] = ()
    is_renamed: bool = False
    cycle: Cycle = Cycle.QUARTER
    field_texts: dict[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)

    def in_names_of(self, plan: Plan) -> PastPeriod:
        """The same with the numbers and names of a later plan for its items, blocks, tables and KPIs."""
        names = Identities(plan, self.parts)
        if self.is_renamed or names.are_as_stored:
            return self
        return replace(
            self,
            facts=tuple(_fact_in_names(fact, names) for fact in self.facts),
            lines={names.shown_block(*block): lines for block, lines in self.lines.items()},
            ratings={names.shown_block(*block): glyph for block, glyph in self.ratings.items()},
            is_renamed=True,
            field_texts={
                (*names.shown_block(item, block), plan.text_field_once_named(name) or name): lines
                for (item, block, name), lines in self.field_texts.items()
            },
        )

    def lines_of(self, item: str, block: str, text_field: str = "") -> tuple[str, ...]:
        """The progress lines of a block, or the lines of its text field."""
        if text_field:
            return self.field_texts.get((item, block, text_field), ())
        return self.lines.get((item, block), ())

    @property
    def all_texts(self) -> Iterator[str]:
        """Every line of the progress and of text fields."""
        for lines in (*self.lines.values(), *self.field_texts.values()):
            yield from lines

    @property
    def year_and_months(self) -> tuple[int, int]:
        """Fiscal year and its months until the end of the period, by which periods are in order."""
        return self.fiscal_year, self.cycle.months_until_end_of(self.number)

    @cached_property
    def facts_by_key(self) -> dict[tuple[str, str], Fact]:
        """The facts that hold a value, by identity and entity; those that share both are left out."""
        found: dict[tuple[str, str], list[Fact]] = {}
        for fact in self.facts:
            found.setdefault((fact.identity, fact.entity), []).append(fact)
        return {
            key: facts[0] for key, facts in found.items() if len(facts) == 1 and facts[0].value is not None
        }

    @cached_property
    def texts_by_identity(self) -> dict[str, Fact]:
        """The facts that hold words in the place of a value, by identity: what is done of a milestone."""
        return {fact.identity: fact for fact in self.facts if fact.value is None and fact.typed_text}


@frozen
class History:
    """Earlier periods, newest first."""

    periods: tuple[PastPeriod, ...] = ()

    @classmethod
    def of(cls, periods: Iterable[PastPeriod]) -> History:
        return cls(tuple(sorted(periods, key=lambda one: one.year_and_months, reverse=True)))

    def __bool__(self) -> bool:
        return bool(self.periods)

    @cached_property
    def _facts_by_key(self) -> dict[tuple[str, str], list[tuple[PastPeriod, Fact]]]:
        found: dict[tuple[str, str], list[tuple[PastPeriod, Fact]]] = {}
        for period in self.periods:
            for key, fact in period.facts_by_key.items():
                found.setdefault(key, []).append((period, fact))
        return found

    def periods_before(self, plan: Plan) -> History:
        """The periods of the plan's branch that are earlier than its own, in the plan's names."""
        now = PeriodKey.of(plan).year_and_months
        return History(
            tuple(
                one.in_names_of(plan)
                for one in self.periods
                if one.branch in ("", plan.branch) and one.year_and_months < now
            )
        )

    def reported_result_up_to(self, end: Month, kpi: Kpi) -> tuple[PastPeriod, Fact] | None:
        """The newest report of a KPI's result up to the end of a month, in the unit of the KPI."""
        unit = kpi.format.unit_of_cell_value(kpi.format.unit)
        reported = self.facts_with_identity(kpi_fact_identity(kpi.name, "実績"))
        return next((one for one in reported if _covers_until(one[1], end) and one[1].unit == unit), None)

    def final_result(self, fiscal_year: FiscalYear, kpi: Kpi) -> tuple[PastPeriod, Fact] | None:
        """The same up to the end of a fiscal year."""
        return self.reported_result_up_to(fiscal_year.last, kpi)

    def period_before_in_year(self, plan: Plan) -> PastPeriod | None:
        """The newest earlier period of the plan's fiscal year, None in its first one."""
        now = PeriodKey.of(plan).year_and_months
        earlier = (one for one in self.periods if (plan.fiscal_year, 0) < one.year_and_months < now)
        return next(earlier, None)

    def facts_with_identity(self, identity: str, entity: str = "") -> Iterator[tuple[PastPeriod, Fact]]:
        """Every earlier fact of an identity that holds a value, newest first."""
        return iter(self._facts_by_key.get((identity, entity), ()))

    def fact_with_span(self, identity: str, entity: str, span: Span) -> tuple[PastPeriod, Fact] | None:
        """The newest earlier fact of an identity that covers the same months in the same way."""
        return next(
            (pair for pair in self.facts_with_identity(identity, entity) if pair[1].span == span), None
        )


def _fact_in_names(fact: Fact, names: Identities) -> Fact:
    identity, item = names.shown(fact.identity), names.shown_item(fact.item)
    if (identity, item) == (fact.identity, fact.item):
        return fact
    changed = {"identity": identity, "item": item}
    if fact.table:
        _, changed["table"], row, column = (*identity.split("/"), "", "")[:4]
        changed |= {"row": row, "column": column} if fact.row else {}
    return Fact(**(vars(fact) | changed))  # `replace` takes four times as long


def plan_with_past_results(plan: Plan, history: History | None) -> Plan:
    """The plan with final results of KPIs (過去実績) from reports of past years, where it gives none itself.

    Their sources name the report before the book, so that they are not taken for books of the plan's period.
    """
    if not history:
        return plan
    final = dict(_final_results(plan, history))
    values = {key: fact.value for key, (_, fact) in final.items() if fact.value is not None}
    sources = {key: _source_in_report(*found) for key, found in final.items() if found[1].source}
    return replace(plan, history=plan.history | values, history_sources=plan.history_sources | sources)


def _final_results(
    plan: Plan, history: History
) -> Iterator[tuple[tuple[str, FiscalYear], tuple[PastPeriod, Fact]]]:
    """The results of past years that were reported and that the plan does not give, by KPI and year."""
    for kpi in plan.kpis:
        for year in (plan.fiscal_year - back for back in range(YEARS, 0, -1)):
            found = None if (kpi.name, year) in plan.history else history.final_result(year, kpi)
            if found:
                yield (kpi.name, year), found


def _source_in_report(period: PastPeriod, fact: Fact) -> Source:
    source = fact.source
    assert source is not None
    return replace(source, workbook=f"{period.label} {source.workbook}")


def _covers_until(fact: Fact, end: Month) -> bool:
    return fact.span is not None and fact.span.last == end


class Past(Protocol):
    """What can be asked for earlier periods: those that were read from folders, or a ledger."""

    def periods_before(self, plan: Plan) -> History:
        """The periods of the plan's branch that are earlier than its own."""
