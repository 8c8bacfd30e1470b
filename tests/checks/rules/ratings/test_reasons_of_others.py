"""Reasons beside ratings that speak of another time, or of another item's KPI."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenpo_xl.domain.submission.submission import Submission
from tests.checks.text_cases import BENEFITS, findings, submissions


def _because(reason: str) -> Submission:
    """The sample's book with a reason beside the first rating of 1-2-2 (郵送化率, サービススタンダード)."""
    submission = submissions()[BENEFITS]
    items = []
    for item in submission.items:
        if item.item == "1-2-2":
            first, *others = item.ratings
            assert first.source
            reasoned = replace(first, reason=reason, reason_source=replace(first.source, cell="K9"))
            item = replace(item, ratings=(reasoned, *others))  # noqa: PLW2901
        items.append(item)
    return replace(submission, items=tuple(items))


@pytest.mark.parametrize(
    ("reason", "codes"),
    [
        ("登録者数が大きく増え、委嘱事業所数の目標を超えた。", ["RA25"]),
        ("一者応札案件の割合が目標を下回ったため。", ["RA25"]),
        ("健康宣言事業所数が目標を上回ったため。", ["RA25"]),
        ("申請件数が前年同期を大きく上回り、処理が遅れたため。", []),
        ("郵送化率が前年度を上回ったため。", ["RA25"]),
        ("決定件数が増えたものの、期間内の処理を続けたため。", []),
        ("医療機関からの回答が遅れ、返戻件数が増えたため。", []),
        ("繁忙期の時間外勤務を抑え、体制を整えたため。", []),
        ("委託業者の選定が遅れたため。", []),
        ("達成率が目標を上回ったため。", []),
        ("第4四半期の実績が計画を下回る水準のため。", ["RA24"]),
        ("第4四半期までに予定した研修を終えたため。", ["RA24"]),
        ("第2四半期の実績によるため。", ["RA24"]),
        ("第2四半期末の実績が前年度を上回ったため。", ["RA24"]),
        ("第3四半期の実績が前年度を上回ったため。", []),
        ("第2四半期までに研修を終えたため。", []),
        ("第3四半期の実績によるため。", []),
        ("第2四半期の実績に比べ、第3四半期が減少したため。", []),
        ("第2四半期から引き続き対応中のため。", []),
        ("第4四半期に実施予定のため。", []),
        ("令和5年度の目標によるため。", ["RA24"]),
        ("令和6年度の目標によるため。", []),
        ("令和5年度の実績を下回る水準のため。", []),
        ("健康宣言事業所数が伸び悩んでいるため。", ["RA25"]),
        ("健康保険証回収率が低いため。", ["RA25"]),  # behind the last の of 資格喪失後1か月以内の…
        ("査定率が低いため。", []),  # too short to be of one item only
        ("サービススタンダードの達成状況によるため。", []),
        ("申請にかかる郵送化率によるため。", []),
        ("85.2％", ["RA26"]),
        ("同上", ["RA26"]),
        ("令和6年12月末", ["RA26"]),
        ("△", ["RA26"]),
        ("〃", ["RA26"]),
        ("前回と同じ。", ["RA26"]),
        ("前回報告のとおり", ["RA26"]),
        ("上記のとおり。", ["RA26"]),
        ("別紙1参照", ["RA26"]),
        ("左記の実施状況のとおり", ["RA26"]),
        ("前回と同様、計画どおり実施したため", []),
        ("上記の説明会を予定どおり開催したため", []),
        ("未実施", []),
        ("計画どおり", []),
    ],
)
def test_what_a_reason_is_about(reason: str, codes: list[str]) -> None:
    found = findings(BENEFITS, codes=("RA24", "RA25", "RA26"), book=_because(reason))
    assert [(one.code, one.sheet, one.cell) for one in found] == [(code, "1-2-2", "K9") for code in codes]
