"""Words that are not preferred and sentences left half written, in the cell of their line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kenpo_xl.domain.plan.cross_checks import Term
from tests.checks.text_cases import BENEFITS, OFFICE, findings, places, said_of
from tests.sample import sample_plan

HERE = "1-3!D9"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("・メルマガで周知した。", True),
        ("・メールマガジンで周知した。", False),
        ("・厚生労働省のウェブサイトを案内した。", False),
        ("・診療報酬明細書を点検した。", False),
        ("・診療報酬明細を点検した。", True),
        ("・非保険者証を回収した。", True),
        ("・HPVワクチンを勧めた。", False),
        ("・ホームページに掲載した。", False),
        ("・前年度の 4 半期ごとに実施。", True),
        ("・第14半期", False),
        ("・特定検診を実施。", True),
    ],
)
def test_a_variant_is_a_word_of_its_own(text: str, told: bool) -> None:
    assert said_of(text, "WO08") == [("WO08", HERE)] * told


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("・ＨＰに掲載した。", ["WO46"]),
        ("・支部のウェブサイトに掲載した。", ["WO46"]),
        ("・取組みを進めた。", ["WO46"]),
        ("・取組みやすい内容とした。", []),
        ("・取組みます。", []),
    ],
)
def test_a_variant_of_little_weight_or_of_the_plan_itself_is_a_note(text: str, codes: list[str]) -> None:
    found = [one for one in findings(OFFICE, {"1-3 D9": text}) if (one.sheet, one.cell) == ("1-3", "D9")]
    assert [one.code for one in found if one.code in ("WO08", "WO46")] == codes
    assert {one.severity.name for one in found if one.code == "WO46"} <= {"INFO"}


@pytest.mark.parametrize(("text", "told"), [("扶養者の確認", True), ("被扶養者の確認", False)])
def test_a_variant_within_a_preferred_word_is_fine(text: str, told: bool) -> None:
    plan = replace(sample_plan(), terms=(Term("被扶養者", ("扶養者",)),))
    found = findings(OFFICE, {"1-3 D9": text}, codes=("WO08",), plan=plan)
    assert places(found) == [("WO08", HERE)] * told


def test_one_finding_a_sheet_names_the_other_cells() -> None:
    found = [one for one in findings(OFFICE, codes=("WO08",)) if one.sheet == "3-3"]
    assert [(one.cell, one.actual, one.expected) for one in found] == [
        ("D12", "コンプライアンス保護委員会", "コンプライアンス委員会"),
        ("D16", "リスク管理員会", "リスク管理委員会"),
    ]
    assert "（ほかに D13、D14、D15）" in found[0].message


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("・令和5年下期の自主点検", "WO09", True),
        ("・令和5年度下期の自主点検", "WO09", False),
        ("・令和６年第２四半期", "WO09", True),
        ("・５月 28 日に協議会を 7 月 24 日に、部会を開催した。", "WO10", True),
        ("・5月28日に協議会を、7月24日に部会を開催した。", "WO10", False),
        ("・今月下旬に勧奨を予定。", "WO11", True),
        ("・毎月、今月号を送付。", "WO11", False),
        ("・1月下旬に勧奨を予定。", "WO11", False),
        ("・事業所向け対し、案内した。", "WO12", True),
        ("・事業所向けに案内し、事業所に対し説明した。", "WO12", False),
        ("・電話勧奨件数：　　　事業所", "WO13", True),
        ("・電話勧奨件数：　12 事業所", "WO13", False),
        ("・勧奨文書を（　　）件送付", "WO13", True),
        ("・勧奨文書を（再送）件数の多い順に送付", "WO13", False),
        ("・勧奨文書を○○件送付", "WO13", True),
        ("・勧奨文書を〇件送付", "WO13", False),
    ],
)
def test_what_was_left_half_written(text: str, code: str, told: bool) -> None:
    assert said_of(text, code) == [(code, HERE)] * told


@pytest.mark.parametrize(
    ("text", "code", "right"),
    [
        ("町（外字）\ue000。", "U+E000", ""),
        ("\U000f0000の写真", "U+F0000", ""),
        ("改〓善", "U+3013", ""),
        ("調\ufffd査", "U+FFFD", ""),
        ("満\u2f9c度", "U+2F9C", "足"),
        ("\u2ed1期", "U+2ED1", "長"),
        ("\uf9e9", "U+F9E9", "里"),
        ("ゼロ\u200b幅", "U+200B", ""),
        ("ソフト\u00adハイフン", "U+00AD", ""),
        ("逆\u202e順", "U+202E", ""),
        ("サ一ビス", "U+4E00", "ー"),
        ("内容を说明した", "U+8BF4", "説"),
        ("検讨した", "U+8BA8", "討"),
    ],
)
def test_letters_that_do_not_travel(text: str, code: str, right: str) -> None:
    (finding,) = findings(OFFICE, {"1-3 D9": text}, codes=("WO14",))
    assert (finding.actual, finding.expected) == (code, right)
    assert f"（{code}" in finding.message


@pytest.mark.parametrize(
    "text",
    ["事業所縺ｮ訪問", "受診?奨を行った", "R&amp;Dの説明", "案内・ｿｽを送付", "ã\x81®案内", "案内<br>送付"],
)
def test_text_read_with_another_encoding(text: str) -> None:
    (finding,) = findings(OFFICE, {"1-3 D9": text}, codes=("WO14",))
    assert "に文字化けがあります。" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "R&Dの説明を聞いた?と尋ねた。受けましたか?健診",
        "①②⑳ ㈱ ㈲ ㎡ ㌔ № ℡ Ⅳ ～ 〜 − － ― … ‥ ※ ★ ♪ ° ′",
        "ｶﾀｶﾅと半角の｢かぎ｣､ ａｂｃ １２３",
        "髙橋、山﨑、神田、大塚、朗、隆、吉、葛\U000e0100飾",
        "レセプト一ページ、センター一カ所、データ一覧、スタッフ一人、チラシ一セット",
        "改行\nと　全角の空白と\u00a0空き",
        "絵文字 ☺\ufe0f 👨\u200d👩\u200d👧",
        "一、二、三",
    ],
)
def test_letters_of_ordinary_texts_are_none(text: str) -> None:
    assert findings(OFFICE, {"1-3 D9": text}, codes=("WO14",)) == []


def test_a_quote_is_short() -> None:
    text = "・" + "長い話" * 20 + "を健康保険委員向け対し、説明した。"
    found = [one for one in findings(OFFICE, {"1-3 D9": text}, codes=("WO",)) if one.cell == "D9"]
    assert found
    assert all(len(one.message) < 100 for one in found)


def test_the_sample() -> None:
    assert places(findings(BENEFITS, codes=("WO",))) == [
        ("WO08", "1-2-2!D9"),
        ("WO46", "1-2-2!D13"),
        ("WO46", "1-2-2!D17"),
        ("WO11", "1-2-3!D23"),
    ]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("・今月下旬に勧奨を予定。", "今月下旬"),
        ("・来月 上旬に勧奨を予定。", "来月 上旬"),
        ("・今月、勧奨を予定。", "今月"),
    ],
)
def test_the_whole_words_of_a_relative_time_are_quoted(text: str, quoted: str) -> None:
    """Who replaces them by a month as the hint has it leaves no second 下旬."""
    (finding,) = findings(OFFICE, {"1-3 D9": text}, codes=["WO11"])
    assert (finding.actual, finding.message[: len(quoted) + 2]) == (quoted, f"「{quoted}」")
