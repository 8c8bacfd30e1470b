"""Ratings of the rows of a table (評価の列), from the target and the result in the same row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.ratings import Interim, Scale
from kenpo_xl.domain.plan.table import RowRating
from kenpo_xl.domain.plan.targets.judgement import Assessment, Judgement, judge_kpi

_NONE = Judgement("", "")


def judged_row(
    rating: RowRating, values: Sequence[Decimal | str | None], style: NumberFormat, scale: Scale
) -> Judgement:
    """The rating of a row by its values; '' where target or result is unknown, or the plan names neither."""
    if rating.target is None or rating.result is None:
        return _NONE
    target, result = values[rating.target], values[rating.result]
    if not isinstance(target, Decimal) or not isinstance(result, Decimal):
        return _NONE
    return judge_kpi(
        Assessment(result, target),
        scale=scale,
        direction=rating.direction,
        interim=Interim.TARGET,
        year_end=True,
        style=style,
    )
