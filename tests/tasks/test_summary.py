"""The summary (概要) of the sample against another computation, over its exported figures."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from kenpo_xl.books.planner.rows import outlook_rows
from kenpo_xl.domain.outputs.changes import ChangeKind
from kenpo_xl.domain.outputs.summary import Summary
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.rule_settings import OutlookUse
from kenpo_xl.domain.results.adjustments import SummaryPoint
from kenpo_xl.domain.results.facts import Fact, Origin
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.results.outlooks import Outlook
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.pipeline.compare import changes_since_report
from kenpo_xl.pipeline.summary import summarize
from kenpo_xl.tasks.export import facts_table
from kenpo_xl.tasks.period.consolidation import Consolidation, consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period_record import period_record
from tests.paths import SAMPLE
from tests.sample import consolidated_sample

# As the KPI sheet of the sample describes them, written down a second time.
FLOWS = {
    "生活習慣病予防健診実施率",
    "事業者健診データ取得率",
    "被扶養者の特定健診実施率",
    "被保険者の特定保健指導実施率",
    "被扶養者の特定保健指導実施率",
}
LOW_IS_GOOD = {"一者応札案件の割合"}
PATHS = {
    "レセプト点検の査定率": ("1-2-4/査定率/前年同月/査定率", "指標/レセプト点検の査定率/目標"),
    "再審査レセプト1件当たりの査定額": (
        "1-2-4/査定額/前年同月/査定額",
        "指標/再審査レセプト1件当たりの査定額/目標",
    ),
    "返納金債権の回収率": ("1-2-5/債権回収率/前年/11月", "1-2-5/債権回収率/前年/3月"),
    "資格喪失後1か月以内の健康保険証回収率": (
        "1-2-5/保険証回収率/前年/11月",
        "1-2-5/保険証回収率/前年/3月",
    ),
}
Exported = Mapping[str, Mapping[str, str]]


@cache
def sample() -> Consolidation:
    return consolidated_sample()


def quarter(year: int, number: int, share: str) -> PastPeriod:
    """The sample as reported in another quarter: results a share of today's, the first rating another."""
    past = period_record(sample()).past_period
    facts = tuple(_with_share(fact, Decimal(share)) for fact in past.facts)
    ratings = {**past.ratings, next(iter(past.ratings)): "×"}
    label = f"令和{year - 2018}年度第{number}四半期"
    return replace(
        past, fiscal_year=FiscalYear(year), number=number, label=label, facts=facts, ratings=ratings
    )


def _with_share(fact: Fact, share: Decimal) -> Fact:
    is_result = fact.origin is Origin.KPI and fact.identity.endswith("/実績")
    return replace(fact, value=fact.value * share) if is_result and fact.value is not None else fact


QUARTERS = ((2024, 2, "0.75"), (2024, 1, "0.5"), (2023, 4, "1.25"), (2023, 3, "0.875"))


@cache
def reported(count: int) -> tuple[PastPeriod, ...]:
    """The sample as reported in so many of the quarters before, the latest one first."""
    return tuple(quarter(*one) for one in QUARTERS[:count])


@pytest.fixture(params=[0, 1, 4], ids=["none", "one", "four"])
def past(request: pytest.FixtureRequest) -> tuple[PastPeriod, ...]:
    return reported(request.param)


def summary(past: tuple[PastPeriod, ...], use: OutlookUse = OutlookUse.PRINTED) -> Summary:
    whole, history = sample(), History.of(past)
    plan = replace(whole.plan, summary_outlook=use)
    parts = (whole.submissions, whole.figures, whole.assessments)
    changes = changes_since_report(plan, *parts, facts=whole.facts, history=history)
    return summarize(
        plan,
        whole.assessments,
        facts=whole.facts,
        outlooks=whole.outlooks,
        changes=changes,
        history=history,
        points=(SummaryPoint("健診は月割に届いていません。"),),
    )


def exported(facts: tuple[Fact, ...]) -> Exported:
    """The rows of the CSV by identity."""
    text = facts_table(facts, FiscalYear(2024)).to_csv(index=False)
    return {row["識別名"]: row for row in csv.DictReader(io.StringIO(text))}


def number(rows: Exported, identity: str) -> float | None:
    """The printed number, a rate as a fraction."""
    row = rows.get(identity)
    if row is None or not row["印字値"]:
        return None
    return float(row["印字値"]) / (100 if row["単位"] == "％" else 1)


def months_over(rows: Exported, name: str) -> int:
    year, month = map(int, rows[f"指標/{name}/実績"]["終了年月"].split("-"))
    return (year - 2024) * 12 + month - 3


def year_end(rows: Exported, name: str) -> tuple[float | None, str]:
    """Estimate and outlook by the rules of docs/report.md, from the exported numbers alone."""
    result, target = number(rows, f"指標/{name}/実績"), number(rows, f"指標/{name}/目標")
    if result is None or target is None:
        return None, ""
    low = name in LOW_IS_GOOD
    if name in FLOWS:
        estimate = result / months_over(rows, name) * 12
        if result >= target:
            return estimate, "到達"
    elif name in PATHS:
        then, last = (number(rows, one) for one in PATHS[name])
        assert then is not None
        assert last is not None
        estimate = result + last - then
    else:
        estimate = result
    return estimate, "順調" if (estimate <= target if low else estimate >= target) else "遅れ"


def test_estimates_and_outlooks_equal_those_of_the_exported_figures(past: tuple[PastPeriod, ...]) -> None:
    rows = exported(sample().facts)
    found = summary(past).kpis
    assert len(found) == 16
    for line in found:
        estimate, outlook = year_end(rows, line.name)
        assert str(line.outlook.printed_outlook or "") == outlook, line.name
        assert (line.outlook.estimate is None) is (estimate is None)
        assert estimate is None or float(line.outlook.estimate or 0) == pytest.approx(estimate, rel=1e-9)
    assert {str(line.outlook.printed_outlook) for line in found} == {"遅れ", "順調", "None"}


def test_the_expected_share_is_that_of_the_months(past: tuple[PastPeriod, ...]) -> None:
    rows = exported(sample().facts)
    for line in summary(past).kpis:
        expected = None
        if line.name in FLOWS:
            target = number(rows, f"指標/{line.name}/目標")
            assert target is not None
            expected = pytest.approx(target * months_over(rows, line.name) / 12)
        assert (None if line.expected is None else float(line.expected)) == expected


def test_the_trend_has_the_results_of_the_years_reports(past: tuple[PastPeriod, ...]) -> None:
    reports = {one.number: exported(one.facts) for one in past if one.fiscal_year == 2024}
    reports[3] = exported(sample().facts)
    found = summary(past)
    assert found.periods == ("第1四半期", "第2四半期", "第3四半期")
    assert found.has_trend is bool(past)
    for line in found.kpis:
        expected = [number(reports.get(one, {}), f"指標/{line.name}/実績") for one in (1, 2, 3)]
        values = [None if one is None else float(one) for one in line.trend]
        assert values == pytest.approx(expected), line.name


def test_the_ratings_of_a_chapter_add_up(past: tuple[PastPeriod, ...]) -> None:
    whole, found = sample(), summary(past)
    given = Counter(
        (item.item[0], rating.glyph.replace("○", "〇"))
        for submission in whole.submissions
        for item in submission.items
        for rating in item.ratings
        if rating.glyph
    )
    for place, chapter in enumerate(found.chapters, start=1):
        assert chapter.counts == tuple(given[str(place), glyph] for glyph in found.steps)
        assert sum(chapter.before) == (chapter.total if past else 0)
    assert sum(one.total for one in found.chapters) == 52
    assert [one.unrated for one in found.chapters] == [0, 0, 0]


def test_the_changed_ratings_and_corrections_are_those_of_the_list_of_changes() -> None:
    found = summary(reported(1))
    assert [one.now for one in found.changed] == ["△"]
    assert [one.before for one in found.changed] == ["×"]
    assert {one.kind for one in found.corrected} <= {ChangeKind.CORRECTED}
    then, now = found.chapters[0].before, found.chapters[0].counts
    steps = found.steps
    assert then[steps.index("×")] - now[steps.index("×")] == 1
    assert now[steps.index("△")] - then[steps.index("△")] == 1
    assert not summary(reported(0)).changed
    assert not summary(reported(0)).has_changes


def test_the_order_is_that_of_outlook_and_distance() -> None:
    lines = summary(reported(0)).kpis
    places = [
        list(Outlook).index(one.outlook.printed_outlook) if one.outlook.printed_outlook else 3
        for one in lines
    ]
    assert places == sorted(places)
    for outlook in Outlook:
        shares = [one.assessment.attainment for one in lines if one.outlook.printed_outlook is outlook]
        assert shares == sorted(shares)  # type: ignore[type-var]
    assert [one.name for one in lines[:3]] == [
        "事業者健診データ取得率",
        "被扶養者の特定健診実施率",
        "生活習慣病予防健診実施率",
    ]


@pytest.mark.parametrize("use", [OutlookUse.PLANNER_ONLY, OutlookUse.NONE])
def test_without_outlooks_the_order_is_that_of_distance_alone(use: OutlookUse) -> None:
    found = summary(reported(0), use)
    shares = [one.assessment.attainment for one in found.kpis if one.assessment.attainment is not None]
    assert shares == sorted(shares)
    assert found.shows_outlooks is False


def test_another_result_moves_its_line() -> None:
    whole = sample()
    plan: Plan = whole.plan
    kpis = tuple(
        replace(one, assessment=replace(one.assessment, result=one.assessment.target))
        if one.kpi.name == "生活習慣病予防健診実施率"
        else one
        for one in whole.assessments.kpis
    )
    from kenpo_xl.pipeline.outlook import kpi_outlooks

    assessments = replace(whole.assessments, kpis=kpis)
    found = summarize(
        replace(plan, summary_outlook=OutlookUse.PRINTED),
        assessments,
        facts=whole.facts,
        outlooks=kpi_outlooks(assessments, whole.facts),
    )
    (line,) = (one for one in found.kpis if one.name == "生活習慣病予防健診実施率")
    assert line.outlook.printed_outlook is Outlook.REACHED
    assert found.kpis.index(line) == 14


def test_without_any_outlook_the_expected_share_is_still_known() -> None:
    plan = replace(sample().plan, summary_outlook=OutlookUse.NONE)
    whole = consolidate(PeriodFolder(SAMPLE), plan=plan)
    assert {one.kpi for one in whole.outlooks if one.is_running} == FLOWS
    assert outlook_rows(plan, whole.assessments, whole.outlooks) == []
    assert len(outlook_rows(sample().plan, whole.assessments, whole.outlooks)) == 16
