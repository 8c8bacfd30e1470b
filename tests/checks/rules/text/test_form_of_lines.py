"""Lists within a line, lost heads, half-width katakana, divided words and look-alikes, in their cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.text_cases import OFFICE, findings, said_of, submissions

HERE = "1-3!D9"


def expected(text: str, code: str) -> list[tuple[str, str]]:
    """What is written and what is meant, of each finding of a rule."""
    found = findings(OFFICE, {"1-3 D9": text}, codes=[code])
    return [(one.actual, one.expected) for one in found if f"{one.sheet}!{one.cell}" == HERE]


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("・3点を見直した。①対象者　②時期　④文面", "④", "③"),
        ("・対象は①被保険者、②被扶養者、②事業主である。", "②", "③"),
        ("・手順は（1）抽出（2）送付（4）確認である。", "(4)", "(3)"),
        ("・順に、1）抽出、2）発送、2）集計を行った。", "2)", "3)"),
        ("・内容：ア 訪問　イ 電話　エ 文書", "エ", "ウ"),
    ],
)
def test_a_list_within_a_line(text: str, written: str, meant: str) -> None:
    assert expected(text, "WO24") == [(written, meant)]


@pytest.mark.parametrize(
    "text",
    [
        "・①周知②勧奨③点検の順に実施した。①の結果は良好で、④は次年度に行う。",
        "・（1）訪問（2）電話（3）文書の順に多い。（1）は増えた。",
        "・①及び③の取組を行い、⑤も行った。",
        "・ア 周知　イ 勧奨　ウ 点検",
        "・第1回（20）、第2回（15）、第3回（30）であった。",
        "・①訪問　③電話",
    ],
)
def test_lists_in_order_and_references(text: str) -> None:
    assert said_of(text, "WO24") == []


@pytest.mark.parametrize(
    "text",
    [
        "、年金事務所で配布した。",
        "・に対し文書を送付した。",
        "・を対象に研修を行った。",
        "の実施率が向上した。",
    ],
)
def test_a_head_that_is_lost(text: str) -> None:
    assert said_of(text, "WO69") == [("WO69", HERE)]


@pytest.mark.parametrize(
    "text",
    [
        "・はり・きゅうの施術所に案内した。",
        "・がん検診を案内した。",
        "・のぼり旗を立てた。",
        "・にんしん中の方",
    ],
)
def test_words_that_begin_like_a_particle(text: str) -> None:
    assert said_of(text, "WO69") == []


def test_a_line_that_goes_on_with_the_one_above_has_no_lost_head() -> None:
    lines = {"2-3-1 D9": "・周知広報を行い、関係団体", "2-3-1 D10": "に対し協力を依頼した。"}
    assert findings(OFFICE, lines, codes=["WO69"]) == []
    (found,) = findings(OFFICE, {**lines, "2-3-1 D9": "・周知した。"}, codes=["WO69"])
    assert found.cell == "D10"


def test_katakana_in_half_width_among_full_width() -> None:
    assert expected("・ｾﾐﾅｰを2回開催した。", "WO68") == [("ｾﾐﾅｰ", "セミナー")]
    assert expected("・セミナーを2回開催した。", "WO68") == []


@pytest.mark.parametrize(("word", "is_found"), [("ﾎｰﾑﾍﾟｰｼﾞ", True), ("ｾﾞﾛｯｸｽ", False)])
def test_katakana_in_half_width_that_the_plan_writes_in_full(word: str, is_found: bool) -> None:
    """In a book of a single line, which has no other word in katakana."""
    whole = submissions()[OFFICE]
    book = replace(whole, items=tuple(one for one in whole.items if one.item == "2-1-1"))
    found = findings(OFFICE, {"2-1-1 D9": f"・{word}で知らせた。"}, codes=["WO68"], book=book)
    assert [one.cell for one in found] == ["D9"] * is_found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・未返 納者に対し、電話で求めた。", "返納"),
        ("・集団健　診を実施した。", "健診"),
        ("・文書を送\n付した。", "送付"),
        ("・認知度を高 めるよう努めた。", "高める"),
        ("・事業 所を訪問した。", "事業所"),
    ],
)
def test_a_word_divided_by_a_blank(text: str, meant: str) -> None:
    assert [word for _, word in expected(text, "WO65")] == [meant]


@pytest.mark.parametrize(
    "text",
    [
        "・氏　名、住　所を確認した。",
        "・実 施 要 領を配布した。",
        "・日　時　11月14日",
        "・周知　広報　勧奨を実施した。",
        "・10 月 日本年金機構へ照会した。",
        "・混雑予想を ホームページに掲載した。",
        "・前年度の 四半期に比べ増加した。",
        "・健康保険　介護保険の料率",
        "・周知を行い、\n勧奨した。",
    ],
)
def test_words_set_apart(text: str) -> None:
    assert said_of(text, "WO65") == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・契約期問を延長した。", "期間を"),
        ("・末提出の事業所に電話した。", "未提"),
        ("・年度未までに終える。", "度末ま"),
        ("・協カを依頼した。", "協力を"),
        ("・窓ロで説明した。", "窓口で"),
        ("・ニ次勧奨を行った。", "二次"),
        ("・ー部の事業所に通知した。", "一部"),
        ("・栄養土が面談した。", "養士が"),
        ("・1O件の照会があった。", "10件"),
        ("・微収を強化した。", "徴収"),
        ("・夕ブレットを配置した。", "タブ"),
    ],
)
def test_a_letter_that_looks_alike(text: str, meant: str) -> None:
    assert [word for _, word in expected(text, "WO39")] == [meant]


@pytest.mark.parametrize(
    "text",
    [
        "・年度末実施の調査、期末受診の分",
        "・学期問題、時間帯、年問合せ",
        "・口コミ、口腔ケア、協力センター、能力テスト",
        "・12 カ月、3カ所、4カ国",
        "・ア 周知、イ 勧奨、ロ 点検",
        "・第一、統一、リーダー、東京ー大阪",
        "・認知職員、事業積立金、服薬済みの方、連帯納付",
        "・点検計画、確保検討、幸福社会、所嘱託",
    ],
)
def test_words_that_hold_such_letters(text: str) -> None:
    assert said_of(text, "WO39") == []
