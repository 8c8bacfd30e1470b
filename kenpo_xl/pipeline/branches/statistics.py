"""National means, ranks and outliers of the results of branches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import NamedTuple

from kenpo_xl.domain.numbers.exact import median
from kenpo_xl.domain.outputs.ledger_records import KpiRecord
from kenpo_xl.domain.plan.ratings import Direction

# The modified z-score and its bound are those of Iglewicz and Hoaglin, "How to Detect and Handle Outliers"
# (1993): 0.6745 times the distance to the median by the median of all distances, above 3.5.
_NORMAL, BOUND = Decimal("0.6745"), Decimal("3.5")
# Where more than half of the branches agree, that median is 0; the mean of the distances serves in its place.
_NORMAL_OF_MEAN = Decimal("0.7979")
_FEWEST = 6


class NationalMean(NamedTuple):
    """The mean over branches, whether it is weighted, and the number of results without parts."""

    value: Decimal | None
    is_weighted: bool
    without_parts: int


def national_mean(records: Iterable[KpiRecord]) -> NationalMean:
    """The mean of a KPI: of ratios by their parts where every branch has them, else of the results."""
    reported = [one for one in records if one.result is not None]
    if not reported:
        return NationalMean(None, is_weighted=False, without_parts=0)
    parts = _parts_of_ratios(reported)
    without = len(reported) - len(parts)
    with localcontext() as context:
        context.prec = 40
        mean = None if without else _mean_of_ratios(parts)
        if mean is not None:
            return NationalMean(mean, is_weighted=True, without_parts=0)
        results = sum((one.result or Decimal() for one in reported), Decimal())
        return NationalMean(results / len(reported), False, without if parts else 0)


def _mean_of_ratios(parts: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    """The sum of the numerators by that of the denominators, None where that is 0."""
    total = sum((denominator for _, denominator in parts), Decimal())
    return sum((numerator for numerator, _ in parts), Decimal()) / total if total else None


def _parts_of_ratios(records: Iterable[KpiRecord]) -> list[tuple[Decimal, Decimal]]:
    """The numerator and the denominator of each record that has both."""
    return [
        (one.numerator, one.denominator)
        for one in records
        if one.numerator is not None and one.denominator is not None
    ]


def rank_by_branch(results: Mapping[str, Decimal], direction: Direction) -> dict[str, int]:
    """The rank of each branch, 1 for the best; equal results share one."""
    best_first = sorted(results.values(), reverse=direction is Direction.AT_LEAST)
    first = {value: place for place, value in reversed(list(enumerate(best_first, start=1)))}
    return {branch: first[value] for branch, value in results.items()}


def outlier_scores(values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The branches whose value is an outlier, with the robust score; none among few branches."""
    if len(values) < _FEWEST:
        return {}
    middle = median(values.values())
    distances = [abs(value - middle) for value in values.values()]
    spread, factor = median(distances), _NORMAL
    if not spread:
        spread, factor = _mean_of_values(distances), _NORMAL_OF_MEAN
    if not spread:
        return {}
    scores = {branch: factor * (value - middle) / spread for branch, value in values.items()}
    return {branch: score for branch, score in scores.items() if abs(score) > BOUND}


def _mean_of_values(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal()) / len(values)
