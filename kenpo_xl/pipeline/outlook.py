"""The year's end of every KPI estimated from this year's months or from last year's path (見通し)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.domain.numbers.counts import COUNTED_UNITS, is_named_as_level, is_named_as_new
from kenpo_xl.domain.plan.ratings import Direction, Interim
from kenpo_xl.domain.plan.targets.aim import Aim
from kenpo_xl.domain.plan.targets.milestones import Progress
from kenpo_xl.domain.results.assessments import Assessments, KpiAssessment
from kenpo_xl.domain.results.facts import Fact, kpi_fact_identity
from kenpo_xl.domain.results.outlooks import EstimateBasis, KpiOutlook, Outlook
from kenpo_xl.domain.time.span import Accumulation, Span

_MONTHS_OF_YEAR = 12
_RUNNING = (Accumulation.CUMULATIVE, Accumulation.YEAR)
_WHOLE = Decimal(1)
# What is not due yet has no outlook: nothing says whether it will be done.
_OF_MILESTONES = {
    Progress.IN_TIME: Outlook.REACHED,
    Progress.LATE: Outlook.BEHIND,
    Progress.OVERDUE: Outlook.BEHIND,
}


def kpi_outlooks(assessments: Assessments, facts: Iterable[Fact]) -> tuple[KpiOutlook, ...]:
    """The outlook of every KPI in the order of the plan; `facts` have the months of the results."""
    spans = {fact.identity: fact.span for fact in facts}
    return tuple(
        _outlook_of_kpi(kpi, spans.get(kpi_fact_identity(kpi.kpi.name, "実績"))) for kpi in assessments.kpis
    )


def _outlook_of_kpi(kpi: KpiAssessment, span: Span | None) -> KpiOutlook:
    outlook = KpiOutlook(kpi.kpi.name, is_running=_is_result_running_up(kpi, span))
    if kpi.assessment.milestone:
        progress = kpi.assessment.milestone.progress
        return replace(outlook, computed=_OF_MILESTONES.get(progress) if progress else None)
    result, aim = kpi.assessment.result, kpi.aim
    if result is None or aim is None:
        return outlook
    basis = _estimate_basis(kpi, outlook)
    estimate = _estimate_of_year_end(kpi, result, basis)
    return replace(
        outlook,
        estimate=estimate,
        basis=basis,
        explanation=_estimate_in_words(kpi, basis),
        computed=_outlook_from_estimate(kpi, outlook, estimate, aim),
    )


def _is_result_running_up(kpi: KpiAssessment, span: Span | None) -> bool:
    """Whether the result counts up from April and so cannot fall: a flow, by its rule or by its unit.

    A number headed by the year alone may be either; what is compared with the target of the year before its
    end (途中の判定 目標) is then a level.
    """
    if kpi.kpi.interim is Interim.ELAPSED:
        return True
    if span and span.kind is Accumulation.YEAR and kpi.kpi.interim is Interim.TARGET:
        return False
    return _is_count(kpi) and span is not None and span.kind in _RUNNING


def _is_count(kpi: KpiAssessment) -> bool:
    """Whether a result is a whole number in a unit of counts, and by its name no level (被保険者数)."""
    result = kpi.assessment.result
    is_level = is_named_as_level(kpi.kpi.name) and not is_named_as_new(kpi.kpi.name)
    is_whole = result is not None and result == result.to_integral_value()
    return is_whole and not is_level and kpi.kpi.format.unit in COUNTED_UNITS


def _estimate_basis(kpi: KpiAssessment, outlook: KpiOutlook) -> EstimateBasis:
    if kpi.assessment.elapsed == _MONTHS_OF_YEAR:
        return EstimateBasis.FINAL
    if outlook.is_running:
        return EstimateBasis.MONTHS
    has_path = kpi.assessment.same_period is not None and kpi.last_year is not None
    return EstimateBasis.LAST_YEAR if has_path else EstimateBasis.PRESENT


def _estimate_of_year_end(kpi: KpiAssessment, result: Decimal, basis: EstimateBasis) -> Decimal:
    if basis is EstimateBasis.MONTHS:
        return result * _MONTHS_OF_YEAR / kpi.assessment.elapsed
    if basis is EstimateBasis.LAST_YEAR:
        then, last = kpi.assessment.same_period, kpi.last_year
        assert then is not None
        assert last is not None
        return _within_known_bounds(result + last - then, (result, then, last), kpi)
    return result


def _within_known_bounds(estimate: Decimal, known: Iterable[Decimal], kpi: KpiAssessment) -> Decimal:
    """A share that never was above 100 % is not expected to be, and nothing falls below 0 that never was."""
    values = tuple(known)
    if kpi.kpi.format.unit == "％" and max(values) <= _WHOLE:
        estimate = min(estimate, _WHOLE)
    return max(estimate, Decimal(0)) if min(values) >= 0 else estimate


def _outlook_from_estimate(kpi: KpiAssessment, outlook: KpiOutlook, estimate: Decimal, aim: Aim) -> Outlook:
    """到達 for what is met and cannot fall any more; else the estimate against the target."""
    is_final = kpi.assessment.elapsed == _MONTHS_OF_YEAR
    can_fall = not (outlook.is_running and kpi.kpi.direction is Direction.AT_LEAST)
    if kpi.is_met and (is_final or not can_fall):
        return Outlook.REACHED
    return Outlook.ON_TRACK if aim.is_met(estimate) else Outlook.BEHIND


def _estimate_in_words(kpi: KpiAssessment, basis: EstimateBasis) -> str:
    """How the estimate comes from the numbers, in one line."""
    show = kpi.kpi.format.displayed_text
    if basis is EstimateBasis.MONTHS:
        return f"{kpi.result_text} ÷ {kpi.assessment.elapsed} か月 × {_MONTHS_OF_YEAR} か月"
    if basis is EstimateBasis.LAST_YEAR:
        then, last = kpi.assessment.same_period, kpi.last_year
        assert then is not None
        assert last is not None
        name = kpi.assessment.last_years_period_name
        return f"{kpi.result_text} ＋（前年度 {show(last)} － {name} {show(then)}）"
    return "年度を通した実績" if basis is EstimateBasis.FINAL else "いまの値が続くとき"
