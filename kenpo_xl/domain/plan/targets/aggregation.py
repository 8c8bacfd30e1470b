"""How the ratings of a block's KPIs become one (KPIのまとめ方)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import rounded
from kenpo_xl.domain.plan.ratings import Scale

_SEVERAL = 2


class Aggregation(StrEnum):
    """Which rating several KPIs give their block."""

    WORST = "最も低い"
    BEST = "最も高い"
    MEAN = "平均"
    MAIN = "主たるKPI"
    ALL_MET = "すべて達成"


@frozen
class RatedKpi:
    """The name and the step of a KPI, and whether it is a main one of its block (主)."""

    name: str
    glyph: str
    is_main: bool = False


@frozen
class CombinedRating:
    """The step of a block, '' for none, and how it came about in words; '' for the worst, the usual one."""

    glyph: str
    words: str = ""


def combined_rating(rule: Aggregation, kpis: Sequence[RatedKpi], scale: Scale) -> CombinedRating:
    """The step that the KPIs of a block give it; those without a step do not count."""
    rated = [kpi for kpi in kpis if kpi.glyph]
    if len(kpis) < _SEVERAL or not rated or rule is Aggregation.WORST:
        return CombinedRating(_worst_glyph(scale, rated))
    match rule:
        case Aggregation.BEST:
            return CombinedRating(_best_glyph(scale, rated), "最も高い判定")
        case Aggregation.MEAN:
            return CombinedRating(_glyph_of_mean_step(scale, rated), "判定の段階の平均")
        case Aggregation.MAIN:
            return _rating_of_main_kpis(kpis, scale)
    if all(scale.is_met(glyph) for glyph in scale.judged(kpi.glyph for kpi in rated)):
        return CombinedRating(_best_glyph(scale, rated), "すべて達成のため、最も高い判定")
    return CombinedRating(_worst_glyph(scale, rated), "達成でない指標があるため、最も低い判定")


def _rating_of_main_kpis(kpis: Sequence[RatedKpi], scale: Scale) -> CombinedRating:
    main = [kpi for kpi in kpis if kpi.is_main]
    names = "、".join(kpi.name for kpi in main)
    return CombinedRating(
        _worst_glyph(scale, [kpi for kpi in main if kpi.glyph]), f"主たるKPI（{names}）の判定"
    )


def _worst_glyph(scale: Scale, kpis: Sequence[RatedKpi]) -> str:
    return scale.worst_glyph(kpi.glyph for kpi in kpis)


def _best_glyph(scale: Scale, kpis: Sequence[RatedKpi]) -> str:
    places = scale.places
    return min(scale.judged(kpi.glyph for kpi in kpis), key=lambda glyph: places[glyph], default="")


def _glyph_of_mean_step(scale: Scale, kpis: Sequence[RatedKpi]) -> str:
    """The step in the middle of the KPIs' steps; between two of them the worse one."""
    places = [scale.places[glyph] for glyph in scale.judged(kpi.glyph for kpi in kpis)]
    if not places:
        return ""
    mean = rounded(Decimal(sum(places)) / len(places), 0)
    return scale.steps[int(mean)].glyph
