"""Misconversions that no text of the office shows, and words that cannot follow each other."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import CELL, ITEM, findings_in_line, said_of

HERE = f"{ITEM}!{CELL}"
CODES = ("WO28", "WO31", "WO60", "WO62", "WO92")


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("・初回の免談を分割で実施した。", "免談", "面談"),
        ("・未納者に電話による特測を行った。", "特測", "督促"),
        ("・返納金の回週を進めた。", "回週", "回収"),
        ("・評議会で新議した。", "新議", "審議"),
        ("・不正請求の貿止を図った。", "貿止", "防止"),
        ("・結果を計画に班映させた。", "班映", "反映"),
        ("・利便正を高めた。", "利便正", "利便性"),
    ],
)
def test_letters_that_read_like_a_word_of_the_office(text: str, written: str, meant: str) -> None:
    (found,) = findings_in_line(text, CODES)
    assert (found.code, found.actual, found.expected) == ("WO28", written, meant)


@pytest.mark.parametrize(
    "text",
    [
        "・歯科口腔保健を推進し、傘下の企業に案内した。",
        "・当支部の両課と各市様の会合に師会と士会が出た。",
        "・3 行目と 4 日目、20 件超、10 件減、生年月日を確かめた。",
        "・研修は 2 回開き、12 社訪ね、3 人選び、5 件受けた。",
        "・国保連と社協に委嘱し、県下で周知した。",
        "・石川、山口、斉藤の各氏が出た。",
    ],
)
def test_other_words_and_affixes(text: str) -> None:
    assert said_of(text, *CODES) == []


@pytest.mark.parametrize(
    "text",
    [
        "・期限を杉たものには個別に連絡した。",
        "・手順を確か目た。",
        "・職員に知ら占めるため、勉強会を開いた。",
        "・着実に取り組んだいる。",
        "・説明を行いたした。",
        "・周知を図りりながら進めた。",
        "・会場は 58 か所となったである。",
        "・生活協同組合を新たに協定を結び、33 事業所に増えた。",
        "・対象者を再度勧奨を行い、回答を得た。",
        "・チラシの同封を徹底した徹底。",
    ],
)
def test_words_that_cannot_follow_each_other(text: str) -> None:
    assert said_of(text, *CODES) == [("WO92", HERE)]


@pytest.mark.parametrize(
    "text",
    [
        "・図らずも遅れ、行わなければならず、やむなく見送った。",
        "・会議における意見を踏まえ、見直さざるを得なかった。",
        "・少なからぬ事業所が対象であり、周知し続けた。",
        "・行いたいとの声があり、行われた。",
        "・効果があったのであり、増えたであろう。",
        "・徹底した徹底的な点検を行った。",
        "・結果を基に勧奨を行い、事業所を通じて周知を図った。",
        "・文書を発送し、新たに協定を結び、研修を年 2 回、訪問を 1 回行った。",
    ],
)
def test_words_that_follow_each_other(text: str) -> None:
    assert said_of(text, *CODES) == []


@pytest.mark.parametrize(
    ("code", "text", "written", "meant"),
    [
        ("WO93", "・講習会に 42 名を参加した。", "名を参加し", "名が参加し"),
        ("WO93", "・応募のあった 3 社を対応した。", "社を対応し", "社に対応し"),
        ("WO93", "・3 種類が絞り、事業所に聞いた。", "種類が絞り", "種類を絞り"),
        ("WO93", "・相談窓口が設置し、対応した。", "窓口が設置し", "窓口を設置し"),
        ("WO93", "・チラシに作成し、配布した。", "チラシに作成し", "チラシを作成し"),
        ("WO93", "・目標を届かなかった。", "目標を届かなかっ", "目標に届かなかっ"),
        ("WO30", "・新たに協定結び、31 事業所と進めた。", "協定結び", "協定を結び"),
        ("WO30", "・職場の仲間と組む団体の部設け、順位を知らせた。", "部設け", "部を設け"),
        ("WO30", "・連絡が取れない例続いているため、協議した。", "例続い", "例が続い"),
        ("WO30", "・申請書受け取り、審査した。", "書受け取り", "書を受け取り"),
    ],
)
def test_a_case_that_the_verb_does_not_take(code: str, text: str, written: str, meant: str) -> None:
    (found,) = findings_in_line(text, ["WO30", "WO61", "WO93"])
    assert (found.code, found.actual, found.expected) == (code, written, meant)


@pytest.mark.parametrize(
    "text",
    [
        "・39 事業所増え、3 種類増え、12 件減り、2 団体加わった。",
        "・後日届いた文書と両方を見直し、先日始めた。",
        "・参加者を増加させ、意識を向上させた。",
        "・資料が作成され、窓口が設置され、報告書が読みやすくなった。",
        "・支部が配布し、審査担当が確認し、委員会が提出した。",
        "・会議室に設置し、封筒に印刷し、名簿に記載した。",
        "・件数が前年度を上回り、割合が半数を占めた。",
    ],
)
def test_cases_that_verbs_take(text: str) -> None:
    assert said_of(text, "WO30", "WO61", "WO93") == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("WO28", "・制度の周知広報を逝った。"),
        ("WO28", "・委託先と役割を別け、作業を進めた。"),
        ("WO28", "・対象者に電話を賭けた。"),
        ("WO92", "・確認資料を元めて審査した。"),
        ("WO30", "・事業所に聞き取り行った。"),
        ("WO30", "・173 人ついて資格を失う手続きを行った。"),
        ("WO93", "・健康保険証の一体化が向けた準備を進めた。"),
        ("WO93", "・研修及び受電体制に構築し、対応中である。"),
        ("WO91", "・発送した。mあた、集計した。"),
        ("WO91", "・9,846 件発送sita。"),
    ],
)
def test_further_slips(code: str, text: str) -> None:
    assert said_of(text, "WO28", "WO30", "WO61", "WO91", "WO92", "WO93") == [(code, HERE)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("WO47", "・修行中の職人に案内した。"),
        ("WO28", "・業務を官僚した。"),
        ("WO47", "・病院の減床を確認した。"),
        ("WO28", "・個人上方を保護した。"),
    ],
)
def test_a_word_that_may_be_meant_is_a_notice_alone(code: str, text: str) -> None:
    assert said_of(text, "WO28", "WO47") == [(code, HERE)]


@pytest.mark.parametrize(
    "text",
    [
        "・11月中旬に点検を行っむ。",
        "・必要な方に届いちいない。",
        "・平均は40人だある。",
        "・1月に完了する見通しでである。",
        "・報告書を確認せた。",
        "・定員に達しなかっ。",
        "・窓口を開設し。",
        "・支払うことを防ぐはに早期の届出が欠かせない。",
        "・待ち時間の目安を守るている。",
        "・研修の全課程を修了するた職員は8名であった。",
        "・前年度は 3 回開催しが、今年度は 4 回とする予定である。",
        "・夏休み期間の8月に親子教室を開催にた。",
        "・数値は 12 月分まで反映しいるて。",
        "・老人保健施設の職員のに制度を説明した。",
        "・24 名にから祝状を贈った。",
        "・目標はは、受診率を 60％とする。",
        "・9割を超える超える92％の方が満足と答えた。",
        "・利用率は前年度より低い低い。",
        "・10月に公募を行うた。",
        "・新たに加わったのは、県内の 3 団体なった。",
    ],
)
def test_a_form_or_particle_before_what_it_never_has_behind_it(text: str) -> None:
    (found,) = findings_in_line(text, ("WO18", "WO19", "WO29", "WO62", "WO92"))
    assert found.code == "WO92"


@pytest.mark.parametrize(
    "text",
    [
        "・11月中旬に点検を行った。必要な方に届いている。",
        "・平均は40人である。当日は雨だったが、影響はなかった。",
        "・内容に誤りはないかを確かめ、漏れがないか点検した。",
        "・誰もが健康で働ける職場づくりを支援した。",
        "・説明会を開催し、窓口を開設し関係者に周知した。",
        "・返納金の発生を防ぐには早期の届出が欠かせない。",
        "・委託したのを機に、4月からを対象期間として見直した。",
        "・自宅にまで届くよう、加入者へも案内し、本部とで分担した。",
        "・広報誌に載せたり、窓口に掲示するなどして周知した。",
        "・やむを得ない事情は、手引のような、分かる書き方で示した。",
        "・健康保険委員だよりを発行し、積極的な取り組みを進めた。",
        "・繰り返し繰り返し周知し、分かりやすくなった。3 団体となった。",
        "・講師に山田太郎（やまだたろう）氏を招いた。",
    ],
)
def test_a_form_or_particle_before_what_it_may_have_behind_it(text: str) -> None:
    assert said_of(text, "WO92") == []


def test_words_that_the_plan_has_as_a_part_of_others_are_reported() -> None:
    """The plan has 実施する as the beginning of 実施するため, which is no 実施するた."""
    assert said_of("・研修を実施するた職員は8名であった。", "WO92") == [("WO92", HERE)]
