"""The trend of a figure from what periods recorded of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from kenpo_xl.domain.outputs.figure_trend import FigureOfMonths, FigureTrend, ReportedFigure
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.facts import Fact, kpi_fact_identity
from kenpo_xl.domain.results.history import History
from kenpo_xl.domain.time.span import Span


def figure_trends(reported: Iterable[ReportedFigure]) -> tuple[FigureTrend, ...]:
    """The trend of every figure, by branch and entity.

    Several reports of the same months are one time, of which the newest counts. What no report has any more
    is left out; a figure without months is one time in each period.
    """
    return tuple(
        FigureTrend(*figure, times)
        for figure, found in groupby(sorted(reported, key=_figure_key), key=_figure_key)
        if (times := _figure_by_months(found))
    )


def _figure_key(one: ReportedFigure) -> tuple[str, str, str]:
    return one.key.branch, one.fact.identity, one.fact.entity


def kpi_trends(plan: Plan, history: History | None, facts: Iterable[Fact]) -> tuple[FigureTrend, ...]:
    """The trend of the result of every KPI: as earlier periods reported it, and as it is now."""
    wanted = {kpi_fact_identity(kpi.name, "実績") for kpi in plan.kpis}
    earlier = (
        ReportedFigure(PeriodKey(plan.branch, one.fiscal_year, one.number, one.cycle), fact)
        for one in (history or History()).periods_before(plan).periods
        for fact in one.facts
    )
    now = (ReportedFigure(PeriodKey.of(plan), fact) for fact in facts)
    return figure_trends(one for one in (*earlier, *now) if one.fact.identity in wanted)


def _figure_by_months(reported: Iterable[ReportedFigure]) -> tuple[FigureOfMonths, ...]:
    by_months: dict[Any, list[ReportedFigure]] = {}
    for one in reported:
        by_months.setdefault(one.fact.span or one.key, []).append(one)
    times = [time for found in by_months.values() if (time := _newest_state(found))]
    values = {time.now.fact.span: time.now.fact for time in times if time.now.fact.span}
    return tuple(
        replace(time, last_year=_fact_a_year_earlier(time.now.fact, values))
        for time in sorted(times, key=_sort_key_of_time)
    )


def _newest_state(reported: Iterable[ReportedFigure]) -> FigureOfMonths | None:
    """The newest state that a report still has, and the others with another value."""
    newest_first = sorted(
        reported, key=lambda one: (one.key.year_and_months, one.last or date.max), reverse=True
    )
    now = next((one for one in newest_first if one.last is None), None)
    if now is None:
        return None
    others = {one.text: one for one in reversed(newest_first) if one.text != now.text}
    return FigureOfMonths(now, tuple(one for one in newest_first if others.get(one.text) is one))


def _fact_a_year_earlier(fact: Fact, values: dict[Span, Fact]) -> Fact | None:
    """The figure of the same months a year earlier, None for none and for one of another unit."""
    span = fact.span
    if span is None:
        return None
    then = values.get(replace(span, first=span.first.years_earlier(1), last=span.last.years_earlier(1)))
    return then if then and then.unit == fact.unit else None


def _sort_key_of_time(time: FigureOfMonths) -> tuple[int, ...]:
    """By the last month, shorter spans first; without months by the period."""
    span, year = time.now.fact.span, time.now.key.fiscal_year
    if span is None:
        return *time.now.key.year_and_months, 0, 0
    last, first = span.last, span.first
    return year.of(last), year.elapsed_months(last), -first.year, -first.number
