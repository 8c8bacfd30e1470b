"""What head office publishes of a comparison: the mean of each KPI, and the ranks of the branches."""

from __future__ import annotations

from kenpo_xl.domain.outputs.comparison import BranchComparison, ComparedKpi
from kenpo_xl.domain.outputs.national_figures import NationalFigures, NationalKpi


def national_figures(comparison: BranchComparison) -> NationalFigures:
    """The figures of every KPI that is compared; of results up to different months nothing is certain."""
    return NationalFigures(comparison.quarter, tuple(map(_national_kpi, comparison.kpis)))


def _national_kpi(kpi: ComparedKpi) -> NationalKpi:
    months = kpi.months_by_result
    is_certain = len(months) == 1
    return NationalKpi(
        kpi.name,
        kpi.common_key,
        kpi.unit,
        months[0] if is_certain else None,
        kpi.mean if is_certain else None,
        kpi.median if is_certain else None,
        {one.branch: one.rank for one in kpi.values if one.rank is not None} if is_certain else {},
    )
