"""Words of respect, kanji for kana, and words that point to nothing, in the cell of their line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.text_cases import HEALTH, OFFICE, findings, places, said_of
from tests.sample import sample_plan

HERE = "1-3!D9"
CITY, SOCIETY, BRANCH = "緑川市", "青葉健康保険組合", "埼玉支部"


@pytest.mark.parametrize(
    "text",
    [
        "・ガイダンスを事業所へお送りになった。",
        "・関係団体がご参加になり、意見を交換した。",
        "・支部長が挨拶をなさった。",
        "・評議員がおっしゃった点を検討した。",
        "・平均保険料率について議論をしていただかれた。",
        "・案内文書をお送りさせていただいた。",
        "・事業所にご協力していただいた。",
        "・来所した方が申された点を記録した。",
        "・事業主の方が参られた日を控えた。",
        "・委員の皆様が拝見された資料を改めた。",
        "・健康保険委員の方が伺われた内容をまとめた。",
        "・評議員の皆様から意見を頂戴された。",
        "・担当者がおいでになった。",
    ],
)
def test_words_of_respect(text: str) -> None:
    assert said_of(text, "WO102") == [("WO102", HERE)]


@pytest.mark.parametrize(
    "text",
    [
        "・評議会で議論をいただいた。",
        "・ガイダンスをお送りし、お知らせに記載した。",
        "・加入者にご確認いただいた。",
        "・お客様になりすました電話に注意を促した。",
        "・次号のお知らせになる予定である。",
        "・説明がなされ、意見が出された。",
        "・「ご覧になりましたか」と題した広報を行った。",
        "・審議会で答申され、内容が合致され、施設が誘致された。",
        "・受診率の改善が伺われた。",
        "・意見が申し出られ、要望が満たされ、役割が果たされた。",
        "・事業主が申請され、お客様が参加された。",
    ],
)
def test_usual_politeness(text: str) -> None:
    assert said_of(text, "WO102") == []


@pytest.mark.parametrize(
    ("text", "written", "kana"),
    [
        ("・手続を行う事ができるよう、10月に案内した。", "事", "こと"),
        ("・郵送で申請出来るよう様式を改めた。", "出来", "でき"),
        ("・以下の通り、文書勧奨を行った。", "通り", "とおり"),
        ("・負担を減らす為、様式を改めた。", "為", "ため"),
        ("・加入者に確認して頂いた。", "頂", "いただ"),
        ("・予め電話で都合を尋ねた。", "予め", "あらかじめ"),
        ("・手順書に基き、書類を処理した。", "基", "基づ"),
    ],
)
def test_kanji_for_kana(text: str, written: str, kana: str) -> None:
    (finding,) = findings(OFFICE, {"1-3 D9": text}, codes=["WO104"])
    assert (finding.cell, finding.actual, finding.expected) == ("D9", written, kana)


@pytest.mark.parametrize(
    "text",
    [
        "・事例集の出来栄えと、出来事の記録を確認した。",
        "・大通りの会場で、無料の相談会を行った。",
        "・人事の通知に基づき、事業所を訪れた。",
        "・「出来ることから始めよう」と題した冊子を配った。",
        "・時間をまとめて行った。",
    ],
)
def test_kanji_that_are_words(text: str) -> None:
    assert said_of(text, "WO104") == []


@pytest.mark.parametrize(
    "text",
    [
        "・同社の広報誌に記事を掲載した。",
        "・同会の総会で説明した。",
        "・同センターから講師を招いた。",
        "・前者を実施した。",
        "・後者の効果を確認した。",
    ],
)
def test_words_that_point_to_nothing(text: str) -> None:
    found = findings(HEALTH, {"2-2-3 D9": text}, codes=["WO103"])
    assert places(found) == [("WO103", "2-2-3!D9")]


@pytest.mark.parametrize(
    "text",
    [
        "・埼玉新聞社と契約し、同社の紙面に掲載した。",
        "・医師会の総会で、同会の役員に説明した。",
        "・文書と電話を比べ、後者の効果を確認した。",
        "・共同会場で実施し、一同社会保険の説明を受けた。",
        "・同会場で同時に実施した。",
    ],
)
def test_words_that_point_to_a_name(text: str) -> None:
    assert places(findings(HEALTH, {"2-2-3 D9": text}, codes=["WO103"])) == []


def test_a_name_in_the_line_above() -> None:
    lines = {"2-2-3 D9": "・埼玉新聞社と契約した。", "2-2-3 D10": "・同社の紙面に記事を掲載した。"}
    assert places(findings(HEALTH, lines, codes=["WO103"])) == []


@pytest.mark.parametrize("name", ["弊社", "当社", "当院", "当組合", "わが社"])
def test_a_company_as_the_writer(name: str) -> None:
    assert said_of(f"・{name}の事業内容を説明した。", "WO74") == [("WO74", HERE)]
    assert said_of(f"・「{name}の健康づくり」と題した講演を聞いた。", "WO74") == []


@pytest.mark.parametrize(
    ("branch", "text", "is_wrong"),
    [
        (BRANCH, "・本市の市民に案内した。", True),
        (BRANCH, "・本組合の加入者に案内した。", True),
        (BRANCH, "・当支部の加入者に案内した。", False),
        (BRANCH, "・本支部の担当者が集まった。", False),
        (BRANCH, "・「本市の健康づくり」と題した講演を聞いた。", False),
        (BRANCH, "・川口本市場で案内した。", False),
        (CITY, "・当支部の加入者に案内した。", True),
        (CITY, "・本市の市民に案内した。", False),
        (SOCIETY, "・当支部では、案内を続けている。", True),
        (SOCIETY, "・本市の市民に案内した。", True),
        (SOCIETY, "・本組合の加入者に案内した。", False),
        ("協会本部", "・当支部の加入者に案内した。", False),
    ],
)
def test_a_body_of_another_kind_as_the_writer(branch: str, text: str, is_wrong: bool) -> None:
    plan = replace(sample_plan(), branch=branch)
    found = findings(OFFICE, {"1-3 D9": text}, codes=("WO74",), plan=plan)
    assert places(found) == [("WO74", HERE)] * is_wrong


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("・広報を行った。加えて、また、協力を依頼した。", "WO19"),
        ("・11月13日 11月27日にかけて実施した。", "WO02"),
        ("・1月21日～の期間で実施する。", "WO02"),
        ("・スキノレアップの研修を行った。", "WO31"),
        ("・専用リーフしットを提供した。", "WO31"),
        ("・催告および電話、並びに文書及び訪問を行った。", "WO88"),
    ],
)
def test_other_slips_of_the_hand(text: str, code: str) -> None:
    assert said_of(text, code) == [(code, HERE)]
