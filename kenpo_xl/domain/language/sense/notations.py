"""Words that one text writes in two ways: 打ち合わせ and 打合せ, センター and センタ."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import places_of
from kenpo_xl.domain.text_span import SpanAndWord

# Ways to write a word, a line each.
_VARIANTS_LIST = """
打ち合わせ 打合せ 打合わせ 打ち合せ
問い合わせ 問合せ 問合わせ 問い合せ
申し込み 申込み
取り組み 取組み
手続き 手続
受け付け 受付け
取り扱い 取扱い
引き継ぎ 引継ぎ
見直し 見なおし
申し出 申出
切り替え 切替え
組み合わせ 組合せ
呼び掛け 呼びかけ 呼掛け
働き掛け 働きかけ
割り当て 割当て
立ち入り 立入り
振り込み 振込み
払い戻し 払戻し
差し引き 差引き
繰り返し 繰返し くり返し
引き渡し 引渡し
買い上げ 買上げ
立ち会い 立会い
聞き取り 聴き取り 聞取り
読み取り 読取り
取り消し 取消し
取りまとめ 取り纏め とりまとめ 取纏め
締め切り 締切り 〆切
貸し出し 貸出し
子ども 子供 こども
一人ひとり 一人一人 ひとりひとり
コンピューター コンピュータ
センター センタ
ユーザー ユーザ
サーバー サーバ
プリンター プリンタ
フォルダー フォルダ
データー データ
マネージャー マネジャー マネージャ
インターフェイス インターフェース
メールマガジン メルマガ
eラーニング e-ラーニング ｅラーニング ｅ－ラーニング Eラーニング Ｅラーニング Ｅ－ラーニング
ウェブサイト Webサイト ＷＥＢサイト WEBサイト Ｗｅｂサイト
ウェブ会議 Web会議 WEB会議 ＷＥＢ会議
ガン検診 がん検診 癌検診
けが ケガ 怪我
たばこ タバコ 煙草
歯みがき 歯磨き ハミガキ
健診車 検診車
障がい者 障害者 障碍者
パンフ パンフレット
リーフ リーフレット
スマホ スマートフォン
マイナ保険証 マイナンバー保険証
及び および
並びに ならびに
又は または
若しくは もしくは
全て すべて
既に すでに
更なる さらなる
予め あらかじめ
頂いた いただいた
出来る できる
下さい ください
毎に ごとに
"""
_JOINTS = ("及び", "並びに", "又は", "若しくは")
_QUOTES = (("「", "」"), ("『", "』"))


def two_notations(text: str, whole: str = "") -> Iterator[SpanAndWord]:
    """Start and end of a word that a text also writes in another way, and that way; not within quotes.

    `whole` are all texts of the book, which most ways are not in.
    """
    for variants in _variants_in(whole or text):
        used = [
            (one, at) for one in variants if one in text and (at := _place_of_word(text, one, variants)) >= 0
        ]
        if len(used) > 1:
            (first, start), (other, at) = sorted(used, key=lambda one: one[1])[:2]
            if start + len(first) <= at:
                yield at, at + len(other), first


@lru_cache(maxsize=8)
def _variants_in(whole: str) -> tuple[tuple[str, ...], ...]:
    """The words of which some texts have two ways."""
    return tuple(ones for ones in _all_variants() if sum(one in whole for one in ones) > 1)


@cache
def _all_variants() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in _VARIANTS_LIST.split("\n") if line)


def _place_of_word(text: str, word: str, variants: tuple[str, ...]) -> int:
    """Where a word of its own is, not within another way nor quotes, -1 for nowhere."""
    longer = [one for one in variants if one != word and word in one]
    for at in places_of(text, word):
        end = at + len(word)
        is_part = any(text.find(one, max(0, at - len(one)), end + len(one)) >= 0 for one in longer)
        if not is_part and _is_whole_word(text, at, end) and not _is_quoted(text, at):
            return at
    return -1


def _is_whole_word(text: str, start: int, end: int) -> bool:
    before, behind = text[start - 1 : start], text[end : end + 1]
    first, last = text[start], text[end - 1]
    if is_noun_letter(last) and behind and (is_noun_letter(behind) or behind == "し"):
        return False
    if text.startswith(_JOINTS, start):
        return True
    return not (before and is_noun_letter(first) and is_noun_letter(before))


def _is_quoted(text: str, at: int) -> bool:
    return any(text.rfind(opening, 0, at) > text.rfind(closing, 0, at) for opening, closing in _QUOTES)
