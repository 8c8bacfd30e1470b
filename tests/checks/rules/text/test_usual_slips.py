"""Slips that are wrong in any text, in the cell of their line."""

from __future__ import annotations

import pytest

from tests.checks.text_cases import OFFICE, findings

HERE = "1-3!D9"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("・リスク管理員会を開催した。", "委員会"),
        ("・進捗状況を日時で管理した。", "日次"),
        ("・計画の進捗官吏を徹底した。", "進捗管理"),
        ("・組織としての意志決定を行った。", "意思決定"),
        ("・被保健者へ通知した。", "被保険者"),
        ("・事業書へ文書を送付した。", "事業所"),
        ("・申請所の書き方を案内した。", "申請書"),
        ("・計画のとうり実施した。", "とおり"),
        ("・2 件づつ送付した。", "ずつ"),
        ("・説明会を開催しまた。", "しました"),
        ("・新聞広告による後方の充実を図った。", "広報"),
        ("・40歳以上の方を対照とした。", "対象"),
        ("・件数が現象した。", "減少"),
        ("・12月移行に実施した。", "以降"),
        ("・人事移動に伴い引き継いだ。", "異動"),
        ("・研修に傘下した。", "参加"),
        ("・待ち時間が短くなつた。", "った"),
        ("・ケアマネジヤーと見直した。", "ジャー"),
        ("・令和 6 年 1O 月に開催した。", "10"),
        ("・今年度は 4l 事業所で行った。", "41"),
        ("・加人事業所に依頼した。", "加入事業"),
        ("・便利な力ードを配った。", "なカー"),
    ],
)
def test_a_slip(text: str, meant: str) -> None:
    found = findings(OFFICE, {"1-3 D9": text}, codes=["WO39"])
    assert [one.expected for one in found if f"{one.sheet}!{one.cell}" == HERE] == [meant]


@pytest.mark.parametrize(
    "text",
    [
        "・リスク管理委員会、全職員会議、役員会を開催した。",
        "・開催の日時を管理部門へ連絡した。",
        "・日時は後日通知する。",
        "・委員の意志を確認した。",
        "・健康保健センターと連携した。",
        "・事業書類を整理した。",
        "・申請所得額を確認した。",
        "・気づくことを話し合い、近づく期限を案内した。",
        "・市町村国保と対照表を作成した。",
        "・しまただいこん祭りに出展した。",
        "・後方支援の病床を確認した。",
        "・名簿と記録を対照した。",
        "・現象を分析した。",
        "・令和7年4月移行に向けて準備した。",
        "・窓口を移動した。",
        "・県の傘下の団体に案内した。",
        "・追加人員を配置した。",
        "・グループ一覧と能力アップ研修を案内した。",
    ],
)
def test_other_words(text: str) -> None:
    found = findings(OFFICE, {"1-3 D9": text}, codes=["WO39"])
    assert HERE not in [f"{one.sheet}!{one.cell}" for one in found]


def test_once_an_item() -> None:
    lines = {"1-3 D9": "・被保健者へ通知した。", "1-3 D11": "・被保健者に案内した。"}
    found = findings(OFFICE, lines, codes=["WO39"])
    assert [one.cell for one in found if one.sheet == "1-3"] == ["D9"]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("・コンプライアンス基準委員会を開催した。", "コンプライアンス委員会"),
        ("・個人情報保護総合委員会で報告した。", "個人情報保護委員会"),
    ],
)
def test_a_name_with_a_word_too_many(text: str, known: str) -> None:
    assert (HERE, known) in names_found(text)


@pytest.mark.parametrize(
    "text",
    [
        "・コンプライアンス委員会を開催した。",
        "・コンプライアンス推進委員会を開催した。",
        "・埼玉県歯科医師会と連携した。",
        "・情報セキュリティ委員会を開催した。",
        "・厚生労働省労働基準局の通知を受けた。",
        "・埼玉産業保健総合支援センターと連携した。",
    ],
)
def test_names_that_are_known_or_usual(text: str) -> None:
    assert HERE not in [place for place, _ in names_found(text)]


def names_found(text: str) -> list[tuple[str, str]]:
    found = findings(OFFICE, {"1-3 D9": text}, codes=["WO66"])
    return [(f"{one.sheet}!{one.cell}", one.expected) for one in found]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("・健康保険だよりに掲載した。", "健康保険委員だより"),
        ("・健康保険委員だよりに掲載した。", ""),
        ("・県民だよりに掲載した。", ""),
    ],
)
def test_a_title_with_a_word_too_few(text: str, known: str) -> None:
    """The line of the sample that has the same slip is put right first."""
    right = "• 健康保険委員だよりの発行回数を増やした。"
    found = findings(OFFICE, {"1-3 D9": text, "2-4 D25": right}, codes=["WO66"])
    assert [(f"{one.sheet}!{one.cell}", one.expected) for one in found] == ([(HERE, known)] if known else [])


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("・日本年金機関に依頼した。", "日本年金機構"),
        ("・社会保険労務士協会と協議した。", "社会保険労務士会"),
        ("・歯科医会の協力を得た。", "歯科医師会"),
        ("・日本年金機構と社会保険労務士会、歯科医師会に依頼した。", ""),
        ("・県歯科医師会、郡市医師会に依頼した。", ""),
        ("・大宮年金事務所と浦和年金事務所に依頼した。", ""),
    ],
)
def test_the_name_of_a_body_with_another_letter(text: str, known: str) -> None:
    found = findings(OFFICE, {"1-3 D9": text}, codes=["WO66"])
    assert [(f"{one.sheet}!{one.cell}", one.expected) for one in found if one.sheet == "1-3"] == (
        [(HERE, known)] if known else []
    )


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("・健康経営推進埼玉協議会に出席した。", "健康経営埼玉推進協議会"),
        ("・産業総合保健支援センターに依頼した。", "産業保健総合支援センター"),
        ("・地域職域推進連携協議会に出席した。", "地域職域連携推進協議会"),
        ("・健康経営埼玉推進協議会に出席した。", ""),
        ("・地域職域連携推進協議会と産業保健総合支援センターに依頼した。", ""),
        ("・健康経営推進協議会埼玉大会に出席した。", ""),
    ],
)
def test_a_name_with_two_words_exchanged(text: str, known: str) -> None:
    assert [found for place, found in names_found(text) if place == HERE] == [known] * bool(known)
