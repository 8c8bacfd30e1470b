"""The sheet 推移: the results of KPIs through quarters and years, a row for the months of each."""

from __future__ import annotations

from kenpo_xl.books.common.gap_formats import difference_format_with_unit
from kenpo_xl.books.report.list_sheet import Column, ListCell, ListSheet
from kenpo_xl.domain.numbers.differences import displayed_difference
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.figure_trend import FigureOfMonths
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.results.facts import kpi_fact_identity

TREND_COLUMNS = (
    Column("指標", 40, wraps=True),
    Column("期間", 26),
    Column("累計・時点など", 14, centred=True),
    Column("実績", 18),
    Column("前年から", 18),
    Column("報告", 20),
    Column("訂正（前の報告での値）", 44, wraps=True),
)


def write_trend_rows(rows: ListSheet, report: Report) -> None:
    """Write the trends in the order of the plan's KPIs."""
    kpis = report.assessments.kpis if report.assessments else ()
    trends = {one.identity: one for one in report.trends}
    for assessment in kpis:
        trend = trends.get(kpi_fact_identity(assessment.kpi.name, "実績"))
        for time in trend.times if trend else ():
            _add_row(rows, assessment.kpi.name, time, assessment.kpi.format)
    rows.add_filter()


def _add_row(rows: ListSheet, name: str, time: FigureOfMonths, style: NumberFormat) -> None:
    fact, then = time.now.fact, time.last_year
    difference = displayed_difference(fact.value, then.value if then else None, style)
    rows.add_row(
        name,
        str(fact.span or ""),
        str(fact.span.kind) if fact.span else "",
        time.now.text if fact.value is None else ListCell(fact.value, format=style.code),
        ListCell(difference, format=difference_format_with_unit(style)),
        time.now.key.label,
        "、".join(f"{one.text}（{one.key.label}）" for one in time.corrected),
    )
