"""The comparison of branches in a quarter, from what the ledger recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.domain.numbers.exact import median
from kenpo_xl.domain.outputs.comparison import (
    BranchComparison,
    BranchValue,
    ComparedKpi,
    LateBranch,
    Quarter,
    TrendPoint,
)
from kenpo_xl.domain.outputs.ledger_records import KnownPeriod, KpiRecord
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.pipeline.branches.joined_kpis import JoinedKpi, joined_kpis, record_of_kpi
from kenpo_xl.pipeline.branches.statistics import national_mean, outlier_scores, rank_by_branch

Recorded = Mapping[PeriodKey, Sequence[KpiRecord]]
_FAR = "実績が中央値から離れています（{side}、外れ値の点数 {score:.1f}）。"
_MOVED = "前の期からの動きが、ほかの支部と違います（{side}、外れ値の点数 {score:.1f}）。"
_ByBranch = dict[str, Sequence[KpiRecord]]


def quarter_of(key: PeriodKey) -> Quarter:
    """The time of a period: periods of other kinds that end in the same month are compared."""
    return Quarter(key.fiscal_year, key.year_and_months[1])


def compare_branches(
    periods: Sequence[KnownPeriod], recorded: Recorded, quarter: Quarter
) -> BranchComparison:
    """The KPIs of all branches in a quarter, with the quarters before it.

    Branches are in the order of their newest folders, whose names head office chooses.
    """
    times = _records_by_quarter(periods, recorded)
    quarters = tuple(sorted(one for one in times if one <= quarter))
    newest = {one.key.branch: (one.root, one.folder) for one in sorted(periods, key=lambda one: one.key)}
    branches = tuple(sorted(newest, key=lambda branch: (newest[branch], branch)))
    joined, unjoined = joined_kpis({one: times[quarter][one] for one in branches if one in times[quarter]})
    return BranchComparison(
        quarter,
        branches,
        tuple(_ComparedKpis(one, times, quarters).compared() for one in joined),
        unjoined,
        tuple(_late_branches(periods, branches, quarter)),
        quarters,
    )


def _records_by_quarter(periods: Sequence[KnownPeriod], recorded: Recorded) -> dict[Quarter, _ByBranch]:
    """The KPIs of each branch by time; of two periods that end at the same time the more frequent kind."""
    found: dict[Quarter, _ByBranch] = {}
    for one in sorted(periods, key=lambda one: one.key.cycle.last_number):
        found.setdefault(quarter_of(one.key), {})[one.key.branch] = recorded.get(one.key, ())
    return found


def _late_branches(
    periods: Sequence[KnownPeriod], branches: Sequence[str], quarter: Quarter
) -> list[LateBranch]:
    """The branches with late groups, and those that recorded other quarters only."""
    now = {one.key.branch: one for one in periods if quarter_of(one.key) == quarter}
    found = []
    for branch in branches:
        known = now.get(branch)
        if known is None:
            found.append(LateBranch(branch, "この四半期の記録が台帳にありません。"))
        elif known.outcome.late:
            found.append(LateBranch(branch, f"提出期限を過ぎています: {'、'.join(known.outcome.late)}"))
    return found


class _ComparedKpis:
    """One KPI, compared."""

    def __init__(
        self, joined: JoinedKpi, times: Mapping[Quarter, _ByBranch], quarters: Sequence[Quarter]
    ) -> None:
        self.joined, self.quarters = joined, quarters
        self.by_quarter = {one: self._records_of(times[one]) for one in quarters[:-1]}
        self.by_quarter[quarters[-1]] = dict(joined.records)

    def compared(self) -> ComparedKpi:
        usual, mean = self.joined.usual_record, national_mean(self.joined.records.values())
        values = self._branch_values(mean.value)
        results = [one.result for one in values if one.result is not None]
        return ComparedKpi(
            usual.name,
            next((one.common_key for one in self.joined.records.values() if one.common_key), ""),
            usual.unit,
            usual.decimals,
            usual.direction,
            _values_with_outlier_reasons(values),
            mean.value,
            median(results) if results else None,
            mean.is_weighted,
            mean.without_parts,
            tuple(self._trend_point(one) for one in self.quarters),
        )

    def _records_of(self, branches: _ByBranch) -> dict[str, KpiRecord]:
        found = {branch: record_of_kpi(self.joined, records) for branch, records in branches.items()}
        return {branch: one for branch, one in found.items() if one}

    def _branch_values(self, mean: Decimal | None) -> tuple[BranchValue, ...]:
        now = _result_by_branch(self.joined.records)
        place = rank_by_branch(now, self.joined.usual_record.direction)
        last_quarter = self.by_quarter[self.quarters[-2]] if len(self.quarters) > 1 else {}
        last_year = self.by_quarter.get(self.quarters[-1].a_year_earlier, {})
        return tuple(
            BranchValue(
                branch,
                one.result,
                one.target,
                one.glyph,
                one.step,
                one.printed,
                one.last_month,
                place.get(branch),
                _difference(one.result, mean),
                _difference(one.result, _result_of_branch(last_quarter, branch)),
                _difference(one.result, _result_of_last_year(last_year, branch, one)),
            )
            for branch, one in self.joined.records.items()
        )

    def _trend_point(self, quarter: Quarter) -> TrendPoint:
        records = self.by_quarter[quarter]
        results = _result_by_branch(records)
        values = list(results.values())
        return TrendPoint(
            quarter,
            national_mean(records.values()).value,
            median(values) if values else None,
            min(values, default=None),
            max(values, default=None),
            results,
        )


def _values_with_outlier_reasons(values: tuple[BranchValue, ...]) -> tuple[BranchValue, ...]:
    """The values with the reason for each that is an outlier, or whose change is one."""
    by_result = _outlier_score_by_branch({one.branch: one.result for one in values})
    by_change = _outlier_score_by_branch({one.branch: one.to_last_quarter for one in values})
    return tuple(
        replace(
            one,
            outlier=_outlier_reason(_FAR, by_result.get(one.branch), ("高い", "低い"))
            + _outlier_reason(_MOVED, by_change.get(one.branch), ("増えた方", "減った方")),
        )
        for one in values
    )


def _outlier_reason(sentence: str, score: Decimal | None, sides: tuple[str, str]) -> str:
    return "" if score is None else sentence.format(score=abs(score), side=sides[score < 0])


def _result_by_branch(records: Mapping[str, KpiRecord]) -> dict[str, Decimal]:
    return {branch: one.result for branch, one in records.items() if one.result is not None}


def _result_of_branch(records: Mapping[str, KpiRecord], branch: str) -> Decimal | None:
    one = records.get(branch)
    return one.result if one else None


def _result_of_last_year(records: Mapping[str, KpiRecord], branch: str, now: KpiRecord) -> Decimal | None:
    """The result of the same quarter of last year: as it was reported then, else as it is shown now."""
    reported = _result_of_branch(records, branch)
    return now.same_period if reported is None else reported


def _difference(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if value is None or other is None else value - other


def _outlier_score_by_branch(values: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
    return outlier_scores({branch: value for branch, value in values.items() if value is not None})
