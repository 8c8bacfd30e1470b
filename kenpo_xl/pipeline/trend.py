"""The trend of a figure from what periods recorded of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.numbers.exact import rounded
from kenpo_xl.domain.outputs.figure_trend import FigureOfMonths, FigureTrend, ReportedFigure
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.time.span import Span


def figure_trends(reported: Iterable[ReportedFigure]) -> tuple[FigureTrend, ...]:
    """The trend of every figure, by branch and entity.

    Several reports of the same months are one time, of which the newest counts. What no report has any more
    is left out; a figure without months is one time in each period.
    """
    ordered = sorted(reported, key=lambda one: (one.key.branch, one.fact.entity))
    return tuple(
        FigureTrend(branch, found[0].fact.identity, entity, times)
        for (branch, entity), group in groupby(ordered, key=lambda one: (one.key.branch, one.fact.entity))
        if (times := _times(found := list(group)))
    )


def _times(reported: Sequence[ReportedFigure]) -> tuple[FigureOfMonths, ...]:
    by_months: dict[Any, list[ReportedFigure]] = {}
    for one in reported:
        by_months.setdefault(one.fact.span or one.key, []).append(one)
    times = [time for found in by_months.values() if (time := _time(found))]
    values = {time.now.fact.span: time.now.fact for time in times if time.now.fact.span}
    return tuple(
        replace(time, to_last_year=_to_last_year(time.now.fact, values))
        for time in sorted(times, key=_place_in_time)
    )


def _time(reported: Iterable[ReportedFigure]) -> FigureOfMonths | None:
    """The newest state that a report still has, and the others with another value."""
    newest_first = sorted(
        reported, key=lambda one: (one.key.year_and_months, one.last or date.max), reverse=True
    )
    now = next((one for one in newest_first if one.last is None), None)
    if now is None:
        return None
    others = {one.text: one for one in reversed(newest_first) if one.text != now.text}
    return FigureOfMonths(now, tuple(one for one in newest_first if others.get(one.text) is one))


def _to_last_year(fact: Fact, values: dict[Span, Fact]) -> Decimal | None:
    span = fact.span
    if span is None or fact.value is None:
        return None
    then = values.get(replace(span, first=span.first.years_earlier(1), last=span.last.years_earlier(1)))
    if then is None or then.value is None or then.unit != fact.unit:
        return None
    return _printed_value(fact, fact.value) - _printed_value(fact, then.value)


def _printed_value(fact: Fact, value: Decimal) -> Decimal:
    """A value at the places that the figure is printed with."""
    places = fact.decimals
    return value if places is None else rounded(value, places + (2 if fact.unit == FRACTION else 0))


def _place_in_time(time: FigureOfMonths) -> tuple[int, ...]:
    """By the last month, shorter spans first; without months by the period."""
    span, (year, months) = time.now.fact.span, time.now.key.year_and_months
    if span is None:
        return year, months, 0, 0
    last, first = span.last, span.first
    return last.fiscal_year, last.elapsed_months_of_fiscal_year, -first.year, -first.number
