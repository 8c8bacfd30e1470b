"""National means and ranks against what head office published: the place, the months, the places printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_rules
from kenpo_xl.domain.outputs.comparison import Quarter
from kenpo_xl.domain.outputs.national_figures import NationalFigures, NationalKpi
from kenpo_xl.domain.plan.plan import National, Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from tests.checks.clerk import REZEPT
from tests.sample import sample_plan, sample_submission

CELL = FigureId("1-2-4", "査定率", "全国平均", "査定率")
"""The sample's 全国平均（同期比） of 査定率: 0.136％ up to November."""
NAME = "レセプト点検の査定率"
PUBLISHED = NationalKpi(
    NAME, "", "割合", Month(2024, 11), Decimal("0.00136"), Decimal("0.0013"), {"埼玉支部": 12}
)


def asking(cells: Mapping[National, FigureId], **changes: object) -> Plan:
    """The sample's plan with cells for national figures."""
    plan = sample_plan()
    kpis = [
        replace(one, national_cells=tuple(cells.items()), **changes) if one.name == NAME else one  # type: ignore[arg-type]
        for one in plan.kpis
    ]
    return replace(plan, kpis=tuple(kpis))


def told(
    published: NationalKpi | None, cells: Mapping[National, FigureId] | None = None, **changes: object
) -> tuple[list[tuple[str, str]], str]:
    """Places and messages of what the rule finds in the sample, and its state."""
    plan = asking({National.MEAN: CELL} if cells is None else cells, **changes)
    submission = sample_submission(REZEPT)
    figures = recompute_figures(plan, [submission])
    assessments = rate_kpis_and_blocks(plan, figures, [submission])
    national = (
        NationalFigures(Quarter(FiscalYear(2024), 9), (published,), "全国平均.xlsx") if published else None
    )
    context = CheckContext(plan, submission, Survey(), figures, assessments, national=national)
    found, (run,) = run_rules(context, [rule for rule in all_rules() if rule.code == "CO86"])
    return [(f"{one.sheet}!{one.cell}", one.message) for one in found], str(run.status)


@pytest.mark.parametrize("mean", ["0.00136", "0.001355", "0.0013649"])
def test_the_published_mean_as_printed_is_in_order(mean: str) -> None:
    assert told(replace(PUBLISHED, mean=Decimal(mean))) == ([], "ran")


@pytest.mark.parametrize(("mean", "shown"), [("0.0013549", "0.135％"), ("0.001365", "0.137％")])
def test_another_mean_is_told_in_its_cell(mean: str, shown: str) -> None:
    (one,), _ = told(replace(PUBLISHED, mean=Decimal(mean)))
    assert one == ("1-2-4!E37", f"{NAME}の全国平均は 0.136％ ですが、全国平均.xlsx では {shown} です。")


def test_a_rank_is_that_of_the_branch() -> None:
    found, _ = told(PUBLISHED, {National.RANK: CELL})
    assert [message for _, message in found] == [
        f"{NAME}の全国順位は 0.136％ ですが、全国平均.xlsx では 1200.000％ です。"
    ]


@pytest.mark.parametrize(
    "published",
    [
        replace(PUBLISHED, until=Month(2024, 12), mean=Decimal(1)),
        replace(PUBLISHED, until=None, mean=Decimal(1)),
        replace(PUBLISHED, unit="件", mean=Decimal(1)),
        replace(PUBLISHED, name="別の指標", mean=Decimal(1)),
        replace(PUBLISHED, mean=None),
    ],
    ids=["other month", "several months", "other unit", "other KPI", "none"],
)
def test_what_is_not_certain_is_not_compared(published: NationalKpi) -> None:
    assert told(published) == ([], "ran")


def test_a_common_key_counts_before_the_name() -> None:
    other = replace(PUBLISHED, common_key="H1", mean=Decimal(1))
    assert told(other, common_key="H2")[0] == []
    assert len(told(replace(other, name="別の名前"), common_key="H1")[0]) == 1
    assert len(told(other)[0]) == 1


def test_without_the_figures_the_rule_is_skipped_if_the_plan_asks() -> None:
    assert told(None) == ([], "skipped")
    assert told(None, {}) == ([], "ran")
