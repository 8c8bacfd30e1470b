"""The targets of KPIs beside the figures that their results are computed from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.number_cells import size_ratio
from kenpo_xl.checks.support.shares import part_and_whole
from kenpo_xl.domain.formulas.evaluate import Ref
from kenpo_xl.domain.plan.table import FigureId

# A result that is no more times its target, or such a part of it, is of its size.
_ON_TARGET = 3


def figures_and_targets(context: CheckContext) -> Iterator[tuple[FigureId, Decimal]]:
    """The targets of the KPIs whose result is one figure, in the unit of its cell."""
    for found in context.own_kpi_assessments:
        target, result, kpi = found.assessment.target, found.assessment.result, found.kpi
        key = kpi.result.key if isinstance(kpi.result, Ref) and not kpi.newest else None
        if target and result and target > 0 and isinstance(key, FigureId):
            figures = context.figures.with_identity(key)
            if len(figures) == 1 and figures[0].printed_number:
                yield figures[0].id, figures[0].printed_number * target / result


def figures_and_independent_targets(context: CheckContext) -> Iterator[tuple[FigureId, Decimal]]:
    """The same of the targets that are numbers, so that no figure of the book gives them."""
    fixed = {
        found.kpi.result.key
        for found in context.own_kpi_assessments
        if isinstance(found.kpi.result, Ref) and isinstance(found.kpi.target, Decimal)
    }
    yield from (one for one in figures_and_targets(context) if one[0] in fixed)


def figures_of_plausible_kpis(context: CheckContext) -> Iterator[FigureId]:
    """Part and whole of each KPI whose result is of the size of its target."""
    for found in context.own_kpi_assessments:
        target, result = found.assessment.target, found.assessment.result
        pair = part_and_whole(found.kpi.result)
        if pair and target and result and target * result > 0 and size_ratio(target, result) <= _ON_TARGET:
            yield from pair
