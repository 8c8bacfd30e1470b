"""Marks without notes, and abbreviations that are not kept to."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, findings_in_line, places, said_of

HERE = "1-3!D9"


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("参加者（※2）は前回を上回った。", True),
        ("対象者（注 3）に送付した。", True),
        ("対象者（注）に送付した。", True),
        ("通知を送付した。講習会の対象者（注3）を広げた。", True),
        ("「対象者（注3）」の欄を設けた。", False),
        ("参加者※1は前回を上回った。", True),
        ("対象者（注）に送付した。（注）40歳以上の方をいう。", False),
        ("参加者（※）は前回を上回った。※速報値である。", False),
        ("参加者数（※速報値）は20名であった。", False),
        ("様式の記入例（注3）を見直した。", False),
        ("※1）速報値である。", False),
    ],
)
def test_a_mark(text: str, is_wrong: bool) -> None:
    assert said_of(f"・{text}", "WO78") == [("WO78", HERE)] * is_wrong


def test_a_note_may_be_in_another_line_of_the_item() -> None:
    lines = {"1-3 D9": "・対象者（注1）に送付した。", "1-3 D11": "注 1 40歳以上の方をいう。"}
    assert places(findings(OFFICE, lines, codes=["WO78"])) == []


@pytest.mark.parametrize(
    ("text", "actual"),
    [
        ("プロジェクトチーム（以下「PT」という。）を設け、WTを 2 回開いた。", "WT"),
        ("健康づくり推進事業（以下「推進事業」）を設け、促進事業を行った。", "促進事業"),
        ("改善WGで検討した。業務改善作業班（以下「改善WG」という。）は進捗を確認した。", "改善WG"),
        ("BMI（体脂肪率）について説明した。", "体脂肪率"),
        ("HbA1c（血圧の指標）について説明した。", "血圧の指標"),
        ("PDCA（計画・実行・改善・評価）について説明した。", "計画・実行・改善・評価"),
    ],
)
def test_an_abbreviation_not_kept_to(text: str, actual: str) -> None:
    assert [one.actual for one in findings_in_line(f"・{text}", ["WO79"])] == [actual]


@pytest.mark.parametrize(
    "text",
    [
        "プロジェクトチーム（以下「PT」という。）を設け、PTを2回開いた。WTも開いた。",
        "健康づくり推進事業（以下「推進事業」という。）を設け、推進事業を行った。",
        "第一作業部会（以下「第一部会」という。）を設け、第二部会と協議した。",
        "地域連携推進会議（以下「連携会議」という。）で検討した。",
        "KPI（重要業績評価指標）、BMI（体格指数）、PDCA（計画・実行・評価・改善）を説明した。",
        "BMI（25以上）の方に案内した。SNS（公式の頁）で知らせた。KPI（成果指標）を確認した。",
    ],
)
def test_an_abbreviation_kept_to(text: str) -> None:
    assert said_of(f"・{text}", "WO79") == []


def test_a_name_used_in_a_line_before_its_definition() -> None:
    lines = {
        "1-3 D9": "・連携会議で検討した。",
        "1-3 D11": "・地域連携推進会議（以下「連携会議」という。）は年2回開く。",
    }
    (finding,) = findings(OFFICE, lines, codes=["WO79"])
    assert (finding.cell, [one.cell for one in finding.related]) == ("D9", ["D11"])
