"""Notes left behind and sentences cut off, in the cell of their line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import HEALTH, findings, places, said_of

HERE = "1-3!D9"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・案内を送付した（※要確認）。", True),
        ("・案内を送付した。【確認中】", True),
        ("・案内を送付した。？？", True),
        ("・案内を●●協会に送付した。", True),
        ("・案内を送付した。←去年と同じ", True),
        ("・数値は後で差し替え。", True),
        ("・令和 6 年 9 月〇日に発送した。", True),
        ("・令和 6 年〇月に発送した。", True),
        ("・9 月〇人参加、評価は 〇月ごとに付けた。", False),
        ("・申請の内容を確認中。", False),
        ("・開催日（調整中）を協議した。", False),
        ("・評価は◎○△×で示した。", False),
        ("・単年度収支は赤字で推移した。", False),
    ],
)
def test_a_note_is_found(text: str, *, found: bool) -> None:
    assert said_of(text, "WO21") == [("WO21", HERE)] * found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("同上", True),
        ("・〃", True),
        ("（変更なし）", True),
        ("前回と同じ。", True),
        ("・", True),
        ("あああ", True),
        ("・該当なし", False),
        ("・方法は前回と同じ。", False),
        ("■ KPI", False),
        ("－", False),
    ],
)
def test_what_stands_alone_in_place_of_a_text_is_found(text: str, *, found: bool) -> None:
    assert said_of(text, "WO21") == [("WO21", HERE)] * found


def test_a_placeholder_before_a_unit_is_one_finding() -> None:
    assert [code for code, _ in said_of("・案内を●● 件送付した。")] == ["WO13"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・対象者に案内し、かかりつけ医の同意が", True),
        ("・対象者に案内し、", True),
        ("・対象者に案内を送付し", True),
        ("・対象者に案内の送付を実", True),
        ("・対象者に案内を送っ", True),
        ("・担当者が出向き、自治会と話し合いを続けて", True),
        ("・電話がつながらず、日を改めて", False),
        ("・地域の力を借り、健康寿命の延伸を目指して", False),
        ("・調査結果に基づき、サービス向上計画を策定のうえ", True),
        ("・関係機関と協議した上で", True),
        ("・計画を策定のうえ実施", False),
        ("・話し合いを続けて", False),
        ("・案内と対象者の見直し", False),
        ("・対象者への案内と子ども", False),
        ("・対象者への案内、申請の可否", False),
        ("・対象者への案内を実施", False),
    ],
)
def test_a_sentence_that_ends_too_early_is_found(text: str, *, found: bool) -> None:
    assert said_of(text, "WO22") == [("WO22", HERE)] * found


def test_the_next_line_of_the_block_may_go_on() -> None:
    lines = {"2-2-2 D31": "1） 集団健診の案内を対象者に", "2-2-2 D32": "送付した。"}
    assert findings(HEALTH, lines, codes=["WO22"]) == []
    lines["2-2-2 D32"] = "・結果を報告した。"
    assert places(findings(HEALTH, lines, codes=["WO22"])) == [("WO22", "2-2-2!D31")]


def test_a_bracket_that_the_end_leaves_open_is_not_reported_too() -> None:
    assert said_of("・案内を送付した（対象者と事業主に") == [("WO22", HERE)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・昼の時間帯の受付を 名増やした。", True),
        ("・改善依頼書を送付。（令和 6 年度 件）", True),
        ("・参加者数：人（令和 6 年 12 月末）", True),
        ("・本部の研修を名が受講。", True),
        ("・契約機関数 機関", True),
        ("・対象者が 人未満の事業所へ案内した。", True),
        ("・昼の時間帯の受付を 2 名増やした。", False),
        ("・受付の 件数を集計した。", False),
        ("・窓口に 名簿を備えた。", False),
        ("・単位：件", False),
        ("・多くの 人が参加した。", False),
    ],
)
def test_a_unit_without_its_number_is_found(text: str, *, found: bool) -> None:
    assert said_of(text, "WO25") == [("WO25", HERE)] * found


def test_a_number_that_the_form_asks_for_is_missing() -> None:
    lines = {"2-2-3 D10": "１）新規契約機関（令和 6 年 12 月末）"}
    assert places(findings(HEALTH, lines, codes=["WO25"])) == [("WO25", "2-2-3!D10")]
    assert findings(HEALTH, codes=["WO25"]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・8 月 30 日に 15,777 発送した。", True),
        ("・センターの職員など 57 が参加した。", True),
        ("・基準に合わなくなった事業所のほか 173 について確認した。", True),
        ("・10/7～11/7 にかけて 60,991 へ送付した。", True),
        ("・見守りの通報件数：46（12 月末まで）", True),
        ("・見守りの通報件数：46 件（12 月末まで）", False),
        ("・指数：112（前年 100）", False),
        ("・8 月 30 日に 15,777 件発送した。", False),
        ("・健康日本 21 について、STEP2 へ進み、問 15 が難しいとの声があった。", False),
        ("・令和 6 年度に 2024 を発行した。", False),
        ("・平均は 100 を超えた。", False),
        ("・最高血圧の基準を 140 から 130 へ引き下げ、偏差値で 52 が平均とした。", False),
    ],
)
def test_a_number_without_its_unit(text: str, *, found: bool) -> None:
    assert said_of(text, "WO99") == [("WO99", HERE)] * found


@pytest.mark.parametrize(
    "text",
    [
        "・5月or6月に協議した。",
        "・改善依頼書を送付（発送？）した。",
        "・広報を実施した。（内田確認）",
        "・広報を実施した。【木村追記】",
        "・決算の見込みを報告した。要修正",
        "・準備を進めている。【書きかけ】",
        "・進捗を報告★した。",
    ],
)
def test_what_a_draft_says_to_colleagues(text: str) -> None:
    assert said_of(text, "WO21") == [("WO21", "1-3!D9")]


@pytest.mark.parametrize(
    "text",
    [
        "・「マイナ保険証とは？」と題した広報を行った。",
        "・（本人確認）の手順を見直し、（千葉）支部と共有した。",
        "・詳細はhttps://www.example.or.jp/shibu/?id=3に掲載した。",
        "★重点事業所を対象に訪問した。",
    ],
)
def test_signs_that_a_report_has(text: str) -> None:
    assert said_of(text, "WO21") == []


@pytest.mark.parametrize(
    "text",
    [
        "・利用を。促すチラシを作成した。",
        "・向上計画を策定のうえ。実施している。",
        "・各グループへの周知広報に。",
        "・仕組みや意義等についての。",
        "・10月に2回、11月に3回開催して。",
        "・労働基準監督署の監督官と連携して。",
    ],
)
def test_a_stop_behind_a_particle(text: str) -> None:
    assert said_of(text, "WO22") == [("WO22", "1-3!D9")]


def test_te_that_is_no_verb_or_is_quoted_may_be_last() -> None:
    assert said_of("・事業所の協力により登録を進めた。すべて。", "WO22") == []
    assert said_of("・職員が「まず相談して。」と呼びかけた。", "WO22") == []
