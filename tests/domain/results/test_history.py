"""Final results of past years: the plan's own count, then those that were reported."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.domain.plan.figure_span import whole_year_span
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.targets.relative_targets import Basis, RelativeTarget
from kenpo_xl.domain.results.facts import Fact, Origin, kpi_fact_identity
from kenpo_xl.domain.results.history import History, PastPeriod, plan_with_past_results
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.pipeline.facts import collect_facts
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from tests.sample import sample_plan

NAME = "レセプト点検の査定率"
SOURCE = Source("レセプトグループ.xlsm", "1-2-4", "D26")
FACT = Fact(
    kpi_fact_identity(NAME, "実績"),
    Origin.KPI,
    "1-2-4",
    "",
    "レセプトグループ",
    span=whole_year_span(FiscalYear(2023)),
    unit="割合",
    value=Decimal("0.00186"),
    source=SOURCE,
)


def without_past() -> Plan:
    """The plan with a target of last year's result, which it does not give."""
    plan = sample_plan()
    kpis = tuple(
        replace(kpi, target=RelativeTarget(Basis.LAST_YEAR)) if kpi.name == NAME else kpi for kpi in plan.kpis
    )
    history = {key: value for key, value in plan.history.items() if key[0] != NAME}
    return replace(plan, kpis=kpis, history=history)


def reported(fact: Fact = FACT, fiscal_year: int = 2023) -> History:
    return History.of(
        [PastPeriod(FiscalYear(fiscal_year), 4, f"令和{fiscal_year - 2018}年度第4四半期", (fact,))]
    )


def target(plan: Plan) -> Fact:
    figures = recompute_figures(plan, [])
    found = collect_facts(plan, [], figures, rate_kpis_and_blocks(plan, figures, []))
    return next(fact for fact in found if fact.identity == kpi_fact_identity(NAME, "目標"))


def test_a_relative_target_is_that_of_last_years_report() -> None:
    assert target(without_past()).value is None
    found = target(plan_with_past_results(without_past(), reported()))
    assert (found.value, found.source) == (
        Decimal("0.00186"),
        replace(SOURCE, workbook="令和5年度第4四半期 レセプトグループ.xlsm"),
    )


def test_what_the_plan_gives_counts() -> None:
    plan = sample_plan()
    assert (
        plan_with_past_results(plan, reported()).history[NAME, 2023] == plan.history[NAME, 2023] != FACT.value
    )


@pytest.mark.parametrize(
    "fact",
    [
        replace(FACT, span=replace(whole_year_span(FiscalYear(2023)), last=Month(2024, 2))),
        replace(FACT, unit="円"),
        replace(FACT, value=None),
        replace(FACT, span=None),
    ],
)
def test_a_result_of_other_months_or_another_unit_is_none(fact: Fact) -> None:
    assert plan_with_past_results(without_past(), reported(fact)) == without_past()


@pytest.mark.parametrize(("year", "is_used"), [(2020, False), (2021, True), (2024, False)])
def test_results_of_the_three_years_before(year: int, is_used: bool) -> None:
    found = plan_with_past_results(
        without_past(), reported(replace(FACT, span=whole_year_span(FiscalYear(year))), year)
    )
    assert ((NAME, year) in found.history) is is_used


def test_no_past_leaves_the_plan_as_it_is() -> None:
    assert (
        plan_with_past_results(without_past(), None)
        == plan_with_past_results(without_past(), History())
        == without_past()
    )


def keyed_plan() -> Plan:
    """The plan with a key for the item 1-2-4 and its first block."""
    plan = sample_plan()

    def keyed(item: Item) -> Item:
        first = replace(item.blocks[0], own_key="K12")
        return replace(item, own_key="K11", blocks=(first, *item.blocks[1:]))

    sections = tuple(
        replace(one, items=tuple(keyed(item) if item.id == "1-2-4" else item for item in one.items))
        for one in plan.sections
    )
    return replace(plan, sections=sections)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (FACT, (FACT.identity, "1-2-4", "", "", "")),
        (
            replace(FACT, identity="K11/査定金額/当年/合計", table="査定金額", row="当年", column="合計"),
            ("1-2-4/査定金額/当年/合計", "1-2-4", "査定金額", "当年", "合計"),
        ),
        (
            replace(FACT, identity="K11/査定金額/見出し 1/1", table="査定金額"),
            ("1-2-4/査定金額/見出し 1/1", "1-2-4", "査定金額", "", ""),
        ),
        (
            replace(FACT, identity="K11/ブロック K12/文 1/1"),
            ("1-2-4/ブロック 1/文 1/1", "1-2-4", "", "", ""),
        ),
    ],
)
def test_facts_of_an_earlier_period_in_the_names_of_a_plan(stored: Fact, shown: tuple[str, ...]) -> None:
    period = PastPeriod(FiscalYear(2023), 4, "前年", (replace(stored, item="K11"),))
    (fact,) = period.in_names_of(keyed_plan()).facts
    assert (fact.identity, fact.item, fact.table, fact.row, fact.column) == shown
    assert (fact.value, fact.span, fact.source) == (FACT.value, FACT.span, SOURCE)


def test_lines_and_ratings_of_an_earlier_period_in_the_names_of_a_plan() -> None:
    before = PastPeriod(
        FiscalYear(2023), 4, "前年", (), {("K11", "K12"): ("文",)}, ratings={("K11", "K12"): "〇"}
    )
    history = History.of([before]).periods_before(keyed_plan())
    assert history.periods[0].lines == {("1-2-4", "1"): ("文",)}
    assert history.periods[0].ratings == {("1-2-4", "1"): "〇"}
    assert history.periods_before(keyed_plan()).periods == history.periods
