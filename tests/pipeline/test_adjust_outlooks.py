"""The planner's outlooks: applied, dropped, or why not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.domain.results.adjustments import OutlookAdjustment
from kenpo_xl.domain.results.outlooks import KpiOutlook, Outlook
from kenpo_xl.domain.source import Source
from kenpo_xl.pipeline.adjust import adjust_outlooks

CELL = Source("取りまとめ.xlsm", "見通し", "G5")
LATE = KpiOutlook("健診実施率", estimate=Decimal("0.443"), computed=Outlook.BEHIND)
OTHER = KpiOutlook("郵送化率", estimate=Decimal("0.965"), computed=Outlook.ON_TRACK)
UNKNOWN = KpiOutlook("使用割合")


REASON = "集中健診のため"


def asked(
    final: str, kpi: str = LATE.kpi, *, reason: str = REASON, computed: str = "遅れ"
) -> OutlookAdjustment:
    return OutlookAdjustment(kpi, final, reason, computed, CELL)


def adjusted(*adjustments: OutlookAdjustment) -> tuple[list[KpiOutlook], list[Remark]]:
    outlooks, remarks = adjust_outlooks((LATE, OTHER, UNKNOWN), adjustments)
    assert [one.kpi for one in outlooks] == [LATE.kpi, OTHER.kpi, UNKNOWN.kpi]
    assert outlooks[1] == OTHER
    return list(outlooks), list(remarks)


@pytest.mark.parametrize(
    ("word", "final", "estimate"),
    [("順調", Outlook.ON_TRACK, "0.443"), (" 到達 ", Outlook.REACHED, "0.443"), ("載せない", None, None)],
)
def test_the_planners_outlook_is_printed(word: str, final: Outlook | None, estimate: str | None) -> None:
    (first, *_), (remark,) = adjusted(asked(word))
    assert (first.printed_outlook, first.computed) == (final, Outlook.BEHIND)
    assert first.printed_estimate == (None if estimate is None else Decimal(estimate))
    assert (remark.concern, remark.is_error, remark.source) == (Concern.ADJUSTED, False, CELL)
    done = f"見通しを{final}としました" if final else "見通しを載せません"
    assert remark.message == f"{done}（理由：{REASON}）"


def test_a_missing_reason_is_reported() -> None:
    _, (remark,) = adjusted(asked("順調", reason=""))
    assert remark.message == "見通しを順調としました（理由が未記入です）"


@pytest.mark.parametrize(
    ("adjustments", "message"),
    [
        ([asked("順調", "体験率")], "計画にない指標です"),
        ([asked("よい")], "決めた見通し「よい」は 遅れ、順調、到達、載せない のどれかです"),
        ([asked("順調", computed="到達")], "計算した見通しが 到達 から 遅れ に変わりました"),
        ([asked("順調", "使用割合", computed="順調")], "計算した見通しが 順調 から 空 に変わりました"),
        ([asked("順調"), asked("到達")], "同じところに別の調整があります"),
    ],
)
def test_what_no_longer_matches_is_not_applied(adjustments: list[OutlookAdjustment], message: str) -> None:
    (first, *_), remarks = adjusted(*adjustments)
    assert first == LATE
    assert {remark.message for remark in remarks} == {
        f"{message}。適用していません。確かめて、調整を直してください。"
    }
    assert all(remark.is_error and remark.concern is Concern.UNMATCHED for remark in remarks)


def test_two_rows_that_agree_count_as_one() -> None:
    (first, *_), remarks = adjusted(asked("順調"), asked("順調", computed=""))
    assert first.printed_outlook is Outlook.ON_TRACK
    assert not any(remark.is_error for remark in remarks)
