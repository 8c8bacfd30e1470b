"""Nouns with a verb right behind them, where a particle was dropped (施術所対し文書を, 周知図った)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from kenpo_xl.domain.language.slips import Edit, Slip
from kenpo_xl.domain.language.token import Token
from kenpo_xl.domain.lazy_patterns import LazyPattern

_WITH_TO = (
    "対する 基づく 努める 応じる 応ずる 係る 関する 伴う 取り組む 際する 先立つ 加える 向ける 沿う 備える "
    "資する"
)
_WITH_OBJECT = (
    "図る 行う 行く 設ける 進める 深める 求める 踏まえる 促す 受ける 得る 高める 目指す 通じる 通ずる "
    "通す 開く 送る 整える 広げる 掲げる 定める 用いる 担う 防ぐ 減らす 示す 呼び掛ける 呼びかける 見直す "
    "築く 重ねる 怠る 抑える 生かす 活かす 作る 強める 止める 避ける 支える 取り入れる 取りまとめる "
    "取り上げる 働きかける 確かめる 改める 結ぶ 終える 除く 迎える 経る"
)
_NOUN = LazyPattern(r"[一-龥々ァ-ヴーA-Za-z]")
# Behind these a verb is right: times, amounts, adverbs.
_TIMES_AND_AMOUNTS = frozenset(
    "年月日週度期回件名人社部通種倍割円間末旬後前際中上下内外別順頃朝夕夜点毎々一何皆両計約再先直概益"
)
_ADVERBIAL = LazyPattern(
    r"[毎今前翌当来昨同各][年月日週回度期]+[末間前後中]?|[年月期週日]度?[末間]|年度|以[降後前上下内]|"
    r"一[部斉同層度]|全[部て員]|多数|半数|大半|随時|適宜|順次|都度|現在|同様|今後|当面|当初|直接|個別|"
    r"極力|共同|協同|協働|合同|連名|自ら|互い|本来|通常|従来|最[初後大低多]|早期|即時|逐次|適時|大変|"
    r"特別|か所|すべて"
)
_FINITE = ("終止形", "連体形", "仮定形")
_BEHIND = (
    "た",
    "て",
    "、",
    "つつ",
    "ながら",
    "ます",
    "たい",
    "れ",
    "られ",
    "せ",
    "させ",
    "なかっ",
    "ない",
    "ず",
)
_ADDRESSED = ("向け", "向", "あて", "宛", "宛て")
"""Where に was dropped behind these, no dictionary is needed to see it."""
_ANYWHERE = ("対する", "応じる", "応ずる", "基づく")
_KANA = ("ついて", "おいて", "ついては", "おいては")
_AS_NOUNS = (
    "見直す",
    "開く",
    "受ける",
    "取りまとめる",
    "働きかける",
    "呼びかける",
    "送る",
    "作る",
    "止める",
)
"""Verbs whose form before 、 is a noun as well (制度見直し、)."""


def dropped_particles(tokens: Sequence[Token]) -> Iterator[Slip]:
    """Where a verb that needs a particle is right behind a noun, with the words as they should be."""
    for index, (noun, verb) in enumerate(pairwise(tokens)):
        if verb.part_of_speech[0] != "動詞":
            continue
        behind = tokens[index + 2].surface if index + 2 < len(tokens) else ""
        particle = "に" if verb.surface + behind in _KANA else _particles().get(verb.base)
        if particle and _ends_a_noun(tokens, index) and _is_a_verb_here(verb, behind):
            written = noun.surface + verb.surface
            yield Slip(noun.start, verb.end, written, noun.surface + particle + verb.surface, Edit.DROPPED)


@cache
def _particles() -> dict[str, str]:
    """The particle that each verb needs behind its noun."""
    return dict.fromkeys(_WITH_OBJECT.split(), "を") | dict.fromkeys(_WITH_TO.split(), "に")


def _ends_a_noun(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is a noun that needs a particle: no time, no amount, no adverb."""
    token = tokens[index]
    if token.surface == "」":
        return True
    if token.surface in _ADDRESSED:
        return False
    if token.surface == "）":
        return tokens[index + 1].base == "対する"
    before = tokens[index - 1] if index else None
    if token.inflection.startswith("連用形") and token.surface[-1] in "しきりみ":
        return before is not None and before.surface == "の"
    if token.part_of_speech[0] not in ("名詞", "接尾辞") or token.part_of_speech[1] == "数詞":
        return False
    if before and before.part_of_speech[1] == "数詞":
        return False
    if len(token.surface) == 1:
        return before is not None and token.surface not in _TIMES_AND_AMOUNTS
    return bool(_NOUN.search(token.surface)) and not _ADVERBIAL.fullmatch(token.surface)


def _is_a_verb_here(verb: Token, behind: str) -> bool:
    """Whether a form is that of a verb, not a noun that looks like it."""
    if verb.surface + behind in _KANA:
        return True
    if not "一" <= verb.surface[0] <= "龥" or (verb.base == "行く" and verb.inflection != "連用形-促音便"):
        return False
    if verb.inflection.startswith(_FINITE):
        return True
    if verb.base in _ANYWHERE:
        return True
    return behind.startswith(_BEHIND) and not (behind == "、" and verb.base in _AS_NOUNS)
