"""Rules on words: a slip is found in the cell of its line, and what is right stays silent."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import BENEFITS, HEALTH, OFFICE, findings, findings_in_line, said_of

HERE = "1-3!D9"
CODES = ("WO28", "WO29", "WO30", "WO31")


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("・業務の進捗官吏を徹底した。", "進捗管理"),
        ("・健康保健委員に案内した。", "健康保険"),
        ("・特定保険指導を実施した。", "特定保健"),
        ("・事業書に文書を送付した。", "事業所"),
        ("・新規加入車に案内した。", "加入者"),
        ("・広報誌で羞恥した。", "周知"),
        ("・対照者に文書を送付した。", "対象者"),
    ],
)
def test_a_word_that_only_reads_like_that_of_the_other_lines(text: str, usual: str) -> None:
    (found,) = findings(OFFICE, {"1-3 D9": text}, codes=CODES)
    assert (found.code, f"{found.sheet}!{found.cell}", found.expected) == ("WO28", HERE, usual)


def test_a_finding_says_reading_words_and_where_they_are_written_otherwise() -> None:
    (found,) = findings(OFFICE, {"1-3 D9": "・業務の進捗官吏を徹底した。"}, codes=CODES)
    assert found.message == (
        "「・業務の進捗官吏を徹底した。」の「官吏」は、同じ読み（カンリ）の「管理」のことですか。"
        "計画には「進捗管理」とあります。"
    )
    assert found.hint == "「管理」のことなら、「進捗官吏」を「進捗管理」に直してください。"


@pytest.mark.parametrize(
    "text",
    [
        "・実施期間を定めて実施機関に依頼した。",
        "・物品の検収を行った。",
        "・新しい発想で資料を作成した。",
        "・本人の意思を確認した。",
        "・委員の指摘以外の意外な意見もあった。",
        "・振替口座を案内する講座を開いた。",
        "・保険と保健の両面から支援した。",
        "・推計の精度を高めた。",
    ],
)
def test_words_that_are_right_as_often(text: str) -> None:
    assert said_of(text, *CODES) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・周知広報を図ったた。", "図った"),
        ("・勧奨を実施しした。", "施した"),
        ("・審査を行つた。", "行った"),
        ("・事業所におてい実施した。", "所において"),
        ("・対策を進めいる。", "進めている"),
        ("・事業所にについて案内した。", "所について"),
        ("・取組を行うととともに説明した。", "行うとともに"),
        ("・説明会を設けけた。", "設けた"),
    ],
)
def test_an_ending_or_particle_that_does_not_exist(text: str, meant: str) -> None:
    (found,) = findings(OFFICE, {"1-3 D9": text}, codes=CODES)
    assert (found.code, f"{found.sheet}!{found.cell}", found.expected) == ("WO29", HERE, meant)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・顧問医師の意見を仰いでいる。", False),
        ("・保健師が二人の間を繋いだ。", False),
        ("・周知を図っでいる。", True),
        ("・記入例を書いでいる。", True),
    ],
)
def test_a_verb_that_goes_on_with_a_voiced_letter(text: str, found: bool) -> None:
    assert bool(said_of(text, "WO29")) is found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・被険保者に通知した。", "被保険者"),
        ("・健康険委員に案内した。", "健康保険委員"),
        ("・健康保険険委員に案内した。", "健康保険委員"),
        ("・特定保健導指を実施した。", "特定保健指導"),
        ("・ホームペジに掲載した。", "ホームページ"),
        ("・セミナナーを開催した。", "セミナー"),
        ("・アケートを実施した。", "アンケート"),
    ],
)
def test_a_word_with_letters_swapped_dropped_or_duplicated(text: str, meant: str) -> None:
    (found,) = findings(OFFICE, {"1-3 D9": text}, codes=CODES)
    assert (found.code, f"{found.sheet}!{found.cell}", found.expected) == ("WO31", HERE, meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・A4判2枚の料資を配布した。", "資料"),
        ("・専門団体に協力を頼依した。", "依頼"),
        ("・推計の度精の改善を報告した。", "精度"),
        ("・30年度末時点の績実を参考に集計した。", "実績"),
        ("・システムの動始に合わせて職員を指導した。", "始動"),
        ("・1人当たり医費療は前年度を上回った。", "療費"),
    ],
)
def test_two_kanji_that_the_other_order_makes_a_word_of(text: str, meant: str) -> None:
    (found,) = findings_in_line(text, (*CODES, "WO39", "WO92", "WO96"))
    assert (found.code, found.expected) == ("WO31", meant)


@pytest.mark.parametrize(
    "text",
    [
        "・12市5町の17市町と協定を結び、市区町村別の表を更新した。",
        "・脳活の教室を 3 か所で開き、振休と病休を案内した。",
        "・係長級の職員が、四半期毎の会議で生年月日の欄を見直した。",
        "・土曜日に開催し、本日号を配布した。",
    ],
)
def test_two_kanji_that_are_right_in_either_order(text: str) -> None:
    assert said_of(text, "WO31") == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・施術所対し文書を送付した。", "所に対し"),
        ("・関係団体に周知図った。", "周知を図っ"),
        ("・説明会おいて案内した。", "会におい"),
        ("・取組状況ついて報告した。", "状況につい"),
        ("・計画基づき実施した。", "計画に基づき"),
        ("・要望踏まえ、見直した。", "要望を踏まえ"),
        ("・「健康だより」通じて案内した。", "」を通じ"),
        ("・事業所（12社）対し案内した。", "）に対し"),
    ],
)
def test_a_noun_right_before_a_verb_that_needs_a_particle(text: str, meant: str) -> None:
    (found,) = findings(OFFICE, {"1-3 D9": text}, codes=CODES)
    assert (found.code, f"{found.sheet}!{found.cell}", found.expected) == ("WO30", HERE, meant)


@pytest.mark.parametrize(
    "text",
    [
        "・年2回行い、毎月送った。",
        "・今年度設けた窓口で、毎週受け付けた。",
        "・順次進め、適宜見直した。",
        "・研修を全員受けた。",
        "・多数得た意見に直接応じた。",
        "・制度見直し、業務見直しに取り組んだ。",
        "・新規適用事業所（個人含む）に送った。",
        "・理解いただけるよう説明した。",
        "・反対した者と相対した。",
    ],
)
def test_verbs_that_are_right_behind_a_word(text: str) -> None:
    assert said_of(text, *CODES) == []


@pytest.mark.parametrize(
    "text",
    [
        "・参加申込は 142 名あり、延べ 228 名が参加した。",
        "・相談は５２件あり、すべてに回答した。",
        "・委嘱事業所は 39 事業所分増えた。",
    ],
)
def test_a_verb_that_is_right_behind_an_amount(text: str) -> None:
    assert said_of(text, *CODES) == []


def test_the_name_of_a_town_is_no_misconversion() -> None:
    assert said_of("・青川市として、会場を借りた。", *CODES) == []
    assert said_of("・緑原市として、会場を借りた。", *CODES) == []
    assert [code for code, _ in said_of("・進捗官吏を市町村と行った。", *CODES)] == ["WO28"]


def test_a_particle_that_an_older_rule_misses_is_reported_once() -> None:
    assert [code for code, _ in said_of("・事業所向け対し案内した。")] == ["WO12"]


@pytest.mark.parametrize("group", [HEALTH, OFFICE, BENEFITS])
def test_the_sample_has_none(group: str) -> None:
    assert findings(group, codes=CODES) == []
