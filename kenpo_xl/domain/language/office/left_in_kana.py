"""Words of an office in kana that are written in kanji: しゅうちを図った, じぎょうしょに."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_hiragana, is_noun_letter
from kenpo_xl.domain.text_span import PlacedSlip

_NOUNS = """
じぎょうしょ 事業所/じぎょうぬし 事業主/ひほけんしゃ 被保険者/ひふようしゃ 被扶養者/かにゅうしゃ 加入者/
たいしょうしゃ 対象者/いりょうきかん 医療機関/かんけいきかん 関係機関/しちょうそん 市町村/
ねんきんじむしょ 年金事務所/けんこうほけん 健康保険/けんこうしんさ 健康診査/ほけんしどう 保健指導/
ほけんし 保健師/じむしょ 事務所/いいんかい 委員会/きょうぎかい 協議会/ひょうぎかい 評議会/せつめいかい 説明会/
けんしゅうかい 研修会/さんかしゃ 参加者/じゅしんしゃ 受診者/じゅしんりつ 受診率/じっしりつ 実施率/
しんせいしょ 申請書/たいしょう 対象/もくひょう 目標/けいかく 計画/じっせき 実績/じょうきょう 状況/
しりょう 資料/まどぐち 窓口/ぶんしょ 文書/たいさく 対策/ほうしん 方針/けんしん 健診/
しどういん 指導員/しょくいん 職員
"""
_ACTS = """
しゅうち 周知/かいさい 開催/けいさい 掲載/ほうもん 訪問/はっそう 発送/ちゅうしゅつ 抽出/かくにん 確認/
てってい 徹底/きょうぎ 協議/しんせい 申請/けんしゅう 研修/こうほう 広報/かんしょう 勧奨/とくそく 督促/
さいこく 催告/かいしゅう 回収/そうだん 相談/れんけい 連携/きょうりょく 協力/ていしゅつ 提出/ていけつ 締結/
さくせい 作成/せんてい 選定/けんとう 検討/ぶんせき 分析/けんしょう 検証/しゅうけい 集計/ほうこく 報告/
あんない 案内/てんけん 点検/しきゅう 支給/せいきゅう 請求/たっせい 達成/こうじょう 向上/げんしょう 減少/
かいぜん 改善/すいしん 推進/そくしん 促進/かいとう 回答/とうろく 登録/はっこう 発行/こうひょう 公表/
きょうゆう 共有/うんえい 運営/けいやく 契約/こうしん 更新/こうちく 構築/どうにゅう 導入/しゅうりょう 終了/
かんりょう 完了/けいぞく 継続/じゅこう 受講/じゅしん 受診/しゅっせき 出席/さいしん 再審/
じっし 実施/そうふ 送付/いらい 依頼/はあく 把握/はいふ 配布/さんか 参加/
りよう 利用/しどう 指導/しんさ 審査/つうち 通知/いたく 委託/
せいび 整備
"""
_PARTICLES = "をがにはのでともへや"
_LONG = 4
_DONE = (
    "した",
    "し、",
    "して",
    "する",
    "しま",
    "をし",
    "を行",
    "を実",
    "を図",
    "を進",
    "を依",
    "を求",
    "の実",
    "率",
)
_GOES_ON = ("を", "に", "の", "が", "は", "で", "と", "へ", "も", "や", "、", "。", *_DONE)


def words_left_in_kana(text: str) -> Iterator[PlacedSlip]:
    """Place, kana and kanji of each such word; not within a run of hiragana, nor in quotes as a name."""
    for kana, kanji in _WORDS:
        start = text.find(kana)
        while start >= 0:
            if _is_whole_word(text, start, start + len(kana)):
                yield start, kana, kanji
            start = text.find(kana, start + 1)


def _is_whole_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start] if start else ""
    follows = _GOES_ON if end - start >= _LONG else _DONE
    if not text.startswith(follows, end):
        return False
    if not before or before in "・、。）) \u3000\n〔【1234567890":
        return end - start >= _LONG
    if is_hiragana(before):
        begin = text[start - 2 : start - 1]
        return before in _PARTICLES and begin != "" and not is_hiragana(begin)
    return is_noun_letter(before)


def _kana_and_kanji(words: str) -> Iterator[tuple[str, str]]:
    for pair in filter(None, words.replace("\n", "").split("/")):
        kana, kanji = pair.split()
        yield kana, kanji


_WORDS = tuple(
    sorted(
        (*_kana_and_kanji(_NOUNS.replace("\n", "/")), *_kana_and_kanji(_ACTS.replace("\n", "/"))),
        key=lambda one: -len(one[0]),
    )
)
