"""Branches compared: against an independent computation, and what is joined, late, or an outlier."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kenpo_xl.domain.outputs.comparison import BranchComparison, ComparedKpi, Quarter
from kenpo_xl.domain.outputs.ledger_records import KnownPeriod, KpiRecord, Outcome
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.pipeline.branches.compare import compare_branches
from kenpo_xl.pipeline.branches.statistics import outlier_scores
from tests.ledger.records import KPI

if TYPE_CHECKING:
    import pandas as pd

NOW = Quarter(FiscalYear(2024), 9)
BRANCHES = [f"第{number}支部" for number in range(1, 13)]
RATIO = replace(KPI, name="健診実施率", common_key="H01", unit="割合", glyph="△", step=3)
COUNT = replace(
    KPI,
    name="苦情の件数",
    common_key="",
    unit="件",
    decimals=0,
    direction=Direction.AT_MOST,
    numerator=None,
    denominator=None,
)


def records(seed: int = 1) -> Iterator[tuple[PeriodKey, tuple[KpiRecord, ...]]]:
    """Two years of quarters with figures of their own."""
    rng = random.Random(seed)
    for year in (2023, 2024):
        for number in range(1, 5 if year == 2023 else 4):
            for branch in BRANCHES:
                whole, part = rng.randrange(10_000, 900_000), Decimal(rng.randrange(100, 900)) / 1000
                numerator = int(whole * part)
                ratio = replace(
                    RATIO,
                    result=Decimal(numerator) / whole,
                    numerator=Decimal(numerator),
                    denominator=Decimal(whole),
                )
                count = replace(COUNT, result=Decimal(rng.randrange(5, 60)))
                yield PeriodKey(branch, FiscalYear(year), number), (ratio, count)


def compared(
    kept: dict[PeriodKey, tuple[KpiRecord, ...]], late: dict[str, tuple[str, ...]] | None = None
) -> BranchComparison:
    day = date(2025, 1, 7)
    periods = [
        KnownPeriod(key, "", day, day, Outcome(late=(late or {}).get(key.branch, ()))) for key in sorted(kept)
    ]
    return compare_branches(periods, kept, NOW)


def kpi(found: BranchComparison, name: str) -> ComparedKpi:
    return next(one for one in found.kpis if one.name == name)


def table(kept: dict[PeriodKey, tuple[KpiRecord, ...]]) -> pd.DataFrame:
    """The same numbers as another program gets them."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "branch": key.branch,
                "quarter": key.fiscal_year * 4 + key.number,
                "kpi": one.name,
                "result": float(one.result or 0),
                "numerator": float(one.numerator or 0),
                "denominator": float(one.denominator or 0),
            }
            for key, ones in kept.items()
            for one in ones
        ]
    )


@pytest.mark.parametrize("name", ["健診実施率", "苦情の件数"])
def test_it_equals_an_independent_computation(name: str) -> None:
    kept = dict(records())
    found, data = kpi(compared(kept), name), table(kept)
    mine = data[data.kpi == name].pivot(index="branch", columns="quarter", values="result")
    parts = data[(data.kpi == name) & (data.quarter == 2024 * 4 + 3)]
    now, before, year = mine[2024 * 4 + 3], mine[2024 * 4 + 2], mine[2023 * 4 + 3]
    is_ratio = name == "健診実施率"
    mean = parts.numerator.sum() / parts.denominator.sum() if is_ratio else now.mean()
    rank = now.rank(method="min", ascending=not is_ratio)
    assert float(found.mean or 0) == pytest.approx(mean)
    assert float(found.median or 0) == pytest.approx(now.median())
    assert (found.is_weighted, found.without_parts) == (is_ratio, 0)
    for one in found.values:
        assert one.rank == rank[one.branch]
        assert float(one.to_mean or 0) == pytest.approx(now[one.branch] - mean)
        assert float(one.to_last_quarter or 0) == pytest.approx(now[one.branch] - before[one.branch])
        assert float(one.to_last_year or 0) == pytest.approx(now[one.branch] - year[one.branch])
    medians = [float(point.median or 0) for point in found.trend]
    assert medians == pytest.approx([mine[column].median() for column in sorted(mine.columns)])
    assert [float(point.highest or 0) for point in found.trend] == pytest.approx(
        [mine[column].max() for column in sorted(mine.columns)]
    )


def changed(branch: str, **changes: object) -> dict[PeriodKey, tuple[KpiRecord, ...]]:
    kept = dict(records())
    key = PeriodKey(branch, FiscalYear(2024), 3)
    first, *others = kept[key]
    kept[key] = (replace(first, **changes), *others)  # type: ignore[arg-type]
    return kept


def test_a_kpi_is_joined_by_its_common_key_whatever_it_is_called() -> None:
    found = compared(changed(BRANCHES[3], name="健診の受診割合"))
    assert (len(kpi(found, "健診実施率").values), found.unjoined) == (len(BRANCHES), ())


def test_a_kpi_without_a_key_is_joined_by_its_name() -> None:
    found = compared(changed(BRANCHES[3], common_key="", name="健診 実施率"))
    one = kpi(found, "健診実施率")
    assert (len(one.values), one.common_key) == (len(BRANCHES), "H01")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"common_key": "", "name": "健診の受診割合"}, "同じ名前の指標が、ほかの支部にありません。"),
        ({"common_key": "H99"}, "共通の鍵「H99」が、ほかの支部にありません。"),
        ({"unit": "件"}, "単位（件）が、ほかの支部（割合）と違います。"),
        ({"direction": Direction.AT_MOST}, "判定（以下）が、ほかの支部（以上）と違います。"),
    ],
)
def test_what_could_not_be_joined_is_listed(changes: dict[str, object], reason: str) -> None:
    found = compared(changed(BRANCHES[3], **changes))
    (one,) = found.unjoined
    assert one.branch == BRANCHES[3]
    assert one.reason.startswith(reason)
    assert len(kpi(found, "健診実施率").values) == len(BRANCHES) - 1


def test_a_mean_is_weighted_only_where_every_branch_has_parts() -> None:
    found = kpi(compared(changed(BRANCHES[0], numerator=None)), "健診実施率")
    results = [one.result for one in found.values if one.result is not None]
    assert (found.is_weighted, found.without_parts) == (False, 1)
    assert found.mean == pytest.approx(sum(results) / len(results))


def test_equal_results_share_a_rank_and_none_has_none() -> None:
    kept = changed(BRANCHES[0], result=Decimal(2), numerator=None)
    for branch, result in ((BRANCHES[1], Decimal(2)), (BRANCHES[2], None)):
        key = PeriodKey(branch, FiscalYear(2024), 3)
        kept[key] = (replace(kept[key][0], result=result, numerator=None), *kept[key][1:])
    ranks = {one.branch: one.rank for one in kpi(compared(kept), "健診実施率").values}
    assert [ranks[branch] for branch in BRANCHES[:3]] == [1, 1, None]
    assert sorted(rank for rank in ranks.values() if rank) == [1, 1, *range(3, 12)]


def test_an_outlier_says_why() -> None:
    found = kpi(compared(changed(BRANCHES[5], result=Decimal(9), numerator=None)), "健診実施率")
    reasons = {one.branch: one.outlier for one in found.values if one.outlier}
    assert list(reasons) == [BRANCHES[5]]
    assert reasons[BRANCHES[5]].startswith("実績が中央値から離れています（高い、外れ値の点数 ")


@pytest.mark.parametrize(("value", "is_outlier"), [(20, False), (21, True)])
def test_both_sides_of_the_bound(value: int, is_outlier: bool) -> None:
    """The distances of 1 to 9 to their median are 2 in the middle: 0.6745 × distance / 2 > 3.5 above 10.4."""
    values = {str(number): Decimal(number) for number in range(1, 9)} | {"last": Decimal(value) - 5}
    assert bool(outlier_scores(values)) is is_outlier


def test_among_few_or_equal_ones_is_none() -> None:
    few = {str(number): Decimal(number) for number in (1, 1, 1, 1, 99)}
    assert outlier_scores(few) == {}
    assert outlier_scores({str(number): Decimal(1) for number in range(20)}) == {}
    one = {str(number): Decimal(1) for number in range(20)} | {"last": Decimal(2)}
    assert list(outlier_scores(one)) == ["last"]


def test_branches_that_are_late_and_those_without_a_record() -> None:
    kept = dict(records())
    del kept[PeriodKey(BRANCHES[1], FiscalYear(2024), 3)]
    found = compared(kept, late={BRANCHES[0]: ("保健グループ",)})
    assert {one.branch: one.reason for one in found.late} == {
        BRANCHES[0]: "提出期限を過ぎています: 保健グループ",
        BRANCHES[1]: "この四半期の記録が台帳にありません。",
    }


def test_branches_are_in_the_order_of_their_newest_folders() -> None:
    kept, day = dict(records()), date(2025, 1, 7)
    folders = {branch: f"{99 - number} {branch}" for number, branch in enumerate(BRANCHES)}
    periods = [
        KnownPeriod(key, folders[key.branch] if key.fiscal_year == 2024 else "0", day, day, Outcome())
        for key in kept
    ]
    assert compare_branches(periods, kept, NOW).branches == tuple(reversed(BRANCHES))


def test_last_year_is_what_the_record_shows_where_the_ledger_is_younger() -> None:
    kept = {
        key: ones
        for key, ones in changed(BRANCHES[0], same_period=Decimal("0.1")).items()
        if key.fiscal_year == 2024
    }
    found = next(one for one in kpi(compared(kept), "健診実施率").values if one.branch == BRANCHES[0])
    assert found.to_last_year == (found.result or 0) - Decimal("0.1")


def test_a_period_of_another_kind_that_ends_in_the_same_month_is_compared() -> None:
    kept = dict(records())
    ones = kept.pop(PeriodKey(BRANCHES[0], FiscalYear(2024), 3))
    kept[PeriodKey(BRANCHES[0], FiscalYear(2024), 9, Cycle.MONTH)] = ones
    assert len(kpi(compared(kept), "健診実施率").values) == len(BRANCHES)
