"""Verbs, particles and endings that do not go with their nouns, in the cell of their line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings, said_of

HERE = "1-3!D9"
CODES = ("WO60", "WO61", "WO62", "WO63")


def expected(text: str) -> list[tuple[str, str]]:
    """Code and corrected words of each finding in the line."""
    found = findings(OFFICE, {"1-3 D9": text}, codes=CODES)
    assert {f"{one.sheet}!{one.cell}" for one in found} <= {HERE}
    return [(one.code, one.expected) for one in found]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・職員の資質の向上に務めた。", "向上に努め"),
        ("・会議で座長を努めた。", "座長を務め"),
        ("・予算案を評議会に図った。", "評議会に諮っ"),
        ("・周知広報を計った。", "周知広報を図っ"),
        ("・保険料を収める方法を案内した。", "保険料を納め"),
        ("・受診率は前年同期より大きく延びた。", "受診率は前年同期より大きく伸び"),
        ("・申込みの期限が伸びた。", "期限が延び"),
        ("・先進的な事例を上げて説明した。", "事例を挙げ"),
        ("・出席者は100人を越えた。", "人を超え"),
        ("・運輸業が半数を締めた。", "半数を占め"),
        ("・写真を取り、掲載した。", "写真を撮り"),
        ("・要望に答えて窓口を増やした。", "要望に応え"),
        ("・様式を差し変えた。", "差し替え"),
    ],
)
def test_a_verb_of_another_meaning(text: str, meant: str) -> None:
    assert expected(text) == [("WO60", meant)]


@pytest.mark.parametrize(
    "text",
    [
        "・司会は支部長が務め、会社に勤める委員が講師を務めた。",
        "・血圧を測り、待ち時間を計った。",
        "・返納金を納めた方の件数を前年の半数に収めた。",
        "・写真を取り入れ、資料を取りまとめた。",
        "・会議が延び、説明の時間を延ばした。",
        "・件数は多いが、会議の終わりが延びた。",
        "・県境を越えて受診した方が100人を超えた。",
        "・質問に答え、要望に応えた。",
        "・担当者が替わった。",
        "・意識の高さを図で示した。",
    ],
)
def test_each_verb_with_its_own_nouns(text: str) -> None:
    assert said_of(text, *CODES) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・研修を参加した職員が報告した。", "研修に参加した"),
        ("・説明会が開催した。", "説明会を開催した"),
        ("・集団健診に実施した。", "集団健診を実施した"),
        ("・案内文書に送付した。", "案内文書を送付した"),
        ("・利便性を向上した。", "利便性が向上した"),
        ("・協力へ依頼した。", "協力を依頼"),
        ("・手続の簡素化に図った。", "簡素化を図っ"),
        ("・事業所を対し文書を送付した。", "事業所に対し"),
        ("・制度をついて説明した。", "制度について"),
        ("・9月を発送した。", "月に発送した"),
    ],
)
def test_a_particle_that_the_verb_does_not_take(text: str, meant: str) -> None:
    assert expected(text) == [("WO61", meant)]


@pytest.mark.parametrize(
    "text",
    [
        "・職員を研修に参加させた。",
        "・説明会を開催した労働局と協議会が開催した会議に出席した。",
        "・集団健診は休日に実施した。",
        "・対象者に送付した。",
        "・利便性を向上させた。",
        "・評議会に諮り、円滑に実施した。",
        "・核心をついて説明した。",
        "・事業所へ依頼した。",
    ],
)
def test_each_particle_in_its_place(text: str) -> None:
    assert said_of(text, *CODES) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・満足度を集計しま。", "集計しました"),
        ("・打合せを行いまた。", "を行いました"),
        ("・状況を把握た。", "把握した"),
        ("・周知を実施おり、効果が出た。", "実施しており"),
        ("・資料を送付しため、回答が増えた。", "送付した"),
        ("・見直すことした。", "見直すことと"),
        ("・次年度に行う予定であ。", "予定である"),
        ("・周知を図た。", "図った"),
    ],
)
def test_an_ending_that_no_verb_has(text: str, meant: str) -> None:
    assert expected(text) == [("WO62", meant)]


@pytest.mark.parametrize(
    "text",
    [
        "・年度来た案内を見た。",
        "・市町村全て、訪問した。",
        "・制度を活用いただいた。",
        "・ありのまま。",
        "・計画どおり、実施した。",
        "・送付し、ため息もなかった。",
    ],
)
def test_whole_endings(text: str) -> None:
    assert said_of(text, *CODES) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・各支部ごと毎に集計した。", "ごとに"),
        ("・申請書等などを配布した。", "など"),
        ("・約 1,200 件程度の照会があった。", "約1,200 件"),
        ("・およそ約300人が参加した。", "約"),
    ],
)
def test_a_thing_said_twice(text: str, meant: str) -> None:
    assert expected(text) == [("WO63", meant)]


@pytest.mark.parametrize(
    "text",
    ["・約100件に上った。", "・100件程度の照会があった。", "・各支部ごとに集計した。", "・毎月集計した。"],
)
def test_a_thing_said_once(text: str) -> None:
    assert said_of(text, *CODES) == []


def test_a_finding_says_the_words_and_what_is_meant() -> None:
    (found,) = findings(OFFICE, {"1-3 D9": "・職員の資質の向上に務めた。"}, codes=CODES)
    assert found.message == (
        "「…員の資質の向上に務めた。」の「向上に務め」は、動詞の漢字が違います。ここでは「向上に努め」と書きます。"
    )
    assert found.hint == "「向上に努め」のことなら、直してください。"


def test_each_line_has_one_finding_of_a_rule() -> None:
    assert said_of("・向上に務め、周知を計り、座長を努めた。", *CODES) == [("WO60", HERE)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・未提出でない事業所へ提出勧奨を行った。", True),
        ("・未登録ではなく、未宣言の事業所を対象とした。", False),
        ("・未提出でない事業所は 2 社のみである。", False),
        ("・影響がなくはないため、なくもない場合に備えた。", False),
        ("・受診の記録がなくない方に送付した。", True),
        ("・未提出の事業所へ提出勧奨を行った。", False),
        ("・未達成ではないものの、少なくない課題が残る。", False),
        ("・未成年でない方、期限が短くない方に送付した。", False),
    ],
)
def test_a_negation_of_what_is_negative(text: str, *, found: bool) -> None:
    assert said_of(text, "WO97") == [("WO97", HERE)] * found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・周知チラシ、研修会をそれぞれ印刷し設置した。", True),
        ("・電話を順次 3 回発送した。", True),
        ("・説明する動画を 5 月に開催し、流した。", True),
        ("・虐待防止研修が 9 月 12 日に開催した。", True),
        ("・説明会が 9 月に開いた。", True),
        ("・研修会を開催し、資料を 9 月 12 日に発送した。", False),
        ("・研修会を案内する通知を発送した。", False),
        ("・講座が始まり、研修が 9 月に開催された。", False),
        ("・動画を公開し、研修動画を受講した。", False),
        ("・協議会が 9 月に開催した研修を受けた。", False),
        ("・料理教室が 9 月に開催した体験会に協力した。", False),
    ],
)
def test_a_thing_that_a_verb_is_not_done_to(text: str, *, found: bool) -> None:
    assert said_of(text, "WO98") == [("WO98", HERE)] * found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・認知度及び理解率の低下を図るため、広報を実施した。", True),
        ("・混雑の悪化を図った。", True),
        ("・提出済事業所への提出勧奨を予定している。", True),
        ("・宣言事業所（10,004 事業所）に対して宣言勧奨を実施した。", True),
        ("・未受診者がいない事業所に対し、集団健診の案内を送付した。", True),
        ("・勤務先が不明な債務者に対して、当該勤務先あて文書を送付した。", True),
        ("・会議で不要な情報を共有した。", True),
        ("・入札に参加しにくい環境を整えた。", True),
        ("・発行回数を減らし、さらなる広報の充実を図った。", True),
        ("・喫煙率や未納率の低下を図り、重症化の防止を図った。", False),
        ("・未提出事業所への提出勧奨を予定している。", False),
        ("・未宣言事業所（10,004 事業所）に対して宣言勧奨を実施した。", False),
        ("・健診受診者に対する受診勧奨を行い、登録済の方に案内した。", False),
        ("・未受診者がいる事業所に対し、集団健診の案内を送付した。", False),
        ("・勤務先が判明した債務者に対して、当該勤務先あて文書を送付した。", False),
        ("・転居先が不明な方は、市町村に照会した。", False),
        ("・利便性が低下しないよう、理解の向上を図った。", False),
    ],
)
def test_words_that_say_the_opposite(text: str, *, found: bool) -> None:
    assert said_of(text, "WO82") == [("WO82", HERE)] * found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・認知度の低下を図るため、広報を実施した。", "認知度の向上を図"),
        ("・混雑の悪化を図った。", "改善を図っ"),
        ("・提出済事業所への提出勧奨を予定している。", "未提出の事業所への提出勧奨"),
        ("・入札に参加しにくい環境を整えた。", "しやすい環境を整"),
        ("・会議で不要な情報を共有した。", ""),
    ],
)
def test_what_was_meant_is_said_where_it_is_one_thing(text: str, meant: str) -> None:
    (found,) = findings(OFFICE, {"1-3 D9": text}, codes=["WO82"])
    assert found.expected == meant
    assert meant in found.hint


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("・本取組の目的は、加入者の理解を深めた。", True),
        ("・本取組の目的は、加入者の理解を深めることである。", False),
        ("・本取組の目的は、おおむね達成した。", False),
        ("・目的はさておき、加入者の理解を深めた。", False),
        ("・伸びなかった理由は、受診券の発送が遅れた。", True),
        ("・伸びなかった理由は、受診券の発送が遅れたためである。", False),
        ("・原因は、担当者が調査した。", False),
        ("・要因は、対象者が減ったことが挙げられる。", False),
        ("・今後の課題は、事業所への周知が不足している。", True),
        ("・今後の課題は、委員会が検討している。", False),
    ],
)
def test_a_topic_that_is_not_answered(text: str, *, found: bool) -> None:
    assert said_of(text, "WO84") == [("WO84", HERE)] * found


@pytest.mark.parametrize(
    "text",
    [
        "・セミナーが10月より始めた。",
        "・発行回数を新たに増えた。",
        "・入札に参加しやすい環境が整えた。",
        "・事務の見直しを進んでいる。",
        "・医療費分析を開始された。",
        "・発行回数を増やされ、広報の充実を図った。",
        "・個人情報保護委員会を10月に実施されている。",
    ],
)
def test_a_case_that_the_verb_does_not_take(text: str) -> None:
    assert said_of(text, "WO93") == [("WO93", HERE)]


@pytest.mark.parametrize(
    "text",
    [
        "・セミナーが10月より始まり、発行回数が新たに増えた。",
        "・事業所が環境を整えた。事務の見直しが進んでいる。",
        "・医療費分析が開始され、発行回数が増やされた。",
        "・本部から協力を要請された。関係団体に説明を求められた。",
        "・医療費を抑える効果が高い方法を選んだ。",
    ],
)
def test_a_case_that_the_verb_takes(text: str) -> None:
    assert said_of(text, "WO93") == []


@pytest.mark.parametrize(
    "text",
    [
        "・新聞広告を3月に実施した予定。",
        "・特定保健指導を実施予定した。",
        "・13市町村については開催する済みである。",
        "・説明会を開催した前に周知した。",
        "・文書を送付する後に電話した。",
        "・資料を配布するながら説明した。",
        "・内容を確認した必要がある。",
        "・コールセンターを連携を取り、対応した。",
        "・チラシを事業所を送付した。",
    ],
)
def test_a_form_that_the_next_word_does_not_take(text: str) -> None:
    assert said_of(text, "WO92") == [("WO92", HERE)]


@pytest.mark.parametrize(
    "text",
    [
        "・新聞広告を3月に実施する予定。",
        "・当初予定した件数を上回った。変更した予定を周知した。",
        "・説明会を開催する前に周知し、送付した後に電話した。",
        "・機関をホームページを通じて公募した。",
        "・前年度に送付した前納の案内を見直した。",
        "・増加する中で、確認しながら処理した。",
    ],
)
def test_a_form_that_the_next_word_takes(text: str) -> None:
    assert said_of(text, "WO92") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("・対象者を抽出しる。", "WO62"),
        ("・速やかに是正すた。", "WO62"),
        ("・事務を行うことをできるよう改めた。", "WO62"),
        ("・未登録事業所を中心訪問した。", "WO62"),
        ("・納期を確保するよに努めた。", "WO62"),
        ("・マイナ保険証の仕組みにつて掲載した。", "WO62"),
        ("・改善が見られなない施術所へ通知した。", "WO97"),
        ("・遅延なくなく実施した。", "WO97"),
        ("・催告を毎月、計画的に毎月実施した。", "WO63"),
        ("・取組について、取組について協議した。", "WO63"),
        ("・料率の議論について議論した。", "WO63"),
        ("・毎終業前ごとに会議を開いた。", "WO63"),
        ("・訪問したり電話で勧奨した。", "WO81"),
        ("・行動計画会議を毎月配布した。", "WO98"),
        ("・ミーティング（6/11、10/22）を発送した。", "WO98"),
    ],
)
def test_a_word_that_was_typed_or_left_by_mistake(text: str, code: str) -> None:
    assert (code, HERE) in said_of(text, code)


@pytest.mark.parametrize(
    "text",
    [
        "・対象者を抽出する。味噌汁の塩分を測ったり、血圧を測ったりした。",
        "・毎月の件数を毎月報告し、順次電話し、順次訪問した。",
        "・取組について議論し、内容について確認した。",
        "・当日は晴れ間があり、事業所を中心に訪問した。",
        "・会議を毎月開催し、資料を毎月配布した。",
        "・少なくない事業所が、遅れなく提出した。",
    ],
)
def test_words_that_belong_together(text: str) -> None:
    assert said_of(text, "WO62", "WO97", "WO63", "WO81", "WO98") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("・県内の年金事務所を設置に依頼した。", "WO92"),
        ("・医療機関を掲示に依頼。", "WO92"),
        ("・委員を参加に要請し、回答を得た。", "WO92"),
        ("・決算の概要が掲載し、理解を図った。", "WO93"),
        ("・事例が共有し、対応を進めた。", "WO93"),
        ("・費用対効果に勘案し、支払督促を行った。", "WO93"),
        ("・利便性の向上を開くため、窓口を増やした。", "WO98"),
        ("・再発防止を配り、手順を改めた。", "WO98"),
        ("・理由は、周知を強化することとした。", "WO84"),
        ("・目的は、理解を得るため、説明会を開催した。", "WO84"),
        ("・事業主代わり、健診機関から取得した。", "WO62"),
    ],
)
def test_parts_of_a_sentence_that_do_not_go_together(text: str, code: str) -> None:
    assert said_of(text, code) == [(code, HERE)]


@pytest.mark.parametrize(
    "text",
    [
        "・県内の年金事務所に設置を依頼した。団体を中心に依頼した。",
        "・概要を掲載し、事例が共有され、結果が公表された。",
        "・費用対効果を勘案し、状況に応じて検討した。",
        "・利便性の向上を図り、改善を進めた。",
        "・理由は、申請が集中するためである。",
        "・担当者の代わりに、事業主に代わり取得した。",
    ],
)
def test_parts_of_a_sentence_that_go_together(text: str) -> None:
    assert said_of(text, "WO92", "WO93", "WO98", "WO84", "WO62") == []
