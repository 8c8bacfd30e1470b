"""Nouns with a verb right behind them, where a particle was dropped (施術所対し文書を, 周知図った)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.domain.language.letters import is_hiragana, is_kanji, is_noun_letter
from kenpo_xl.domain.language.office.office_words import office_words
from kenpo_xl.domain.language.office.verbs import particle_by_verb
from kenpo_xl.domain.language.slips import Edit, Slip
from kenpo_xl.domain.language.token import Token
from kenpo_xl.domain.lazy_patterns import LazyPattern

# Behind these a verb is right: times, amounts, adverbs.
_TIMES_AND_AMOUNTS = frozenset(
    "年月日週度期回件名通種倍割円間末旬後前際中上下内外別順頃朝夕夜点毎々一何皆両計約再先直概益"
)
_ADVERBIAL = LazyPattern(
    r"[毎今前翌当来昨同各先後連早深][年月日週回度期朝晩夜夕春夏秋冬]+[末間前後中明]?|[年月期週日]度?[末間]|年度|以[降後前上下内]|"
    r"一[部斉同層度]|全[部て員]|多数|半数|大半|随時|適宜|順次|都度|現在|同様|今後|当面|当初|直接|個別|"
    r"極力|共同|協同|協働|合同|連名|自ら|互い|本来|通常|従来|最[初後大低多]|早期|即時|逐次|適時|大変|"
    r"特別|か所|すべて|[後先翌連前近同当終]日|両方|双方|片方|全面|全額|全量|全数|過半|過半数|若干|多少|少々|相当|"
    r"以来|直[前後]|事[前後]|午[前後]|朝[晩夕]|夕[方刻]|一[律括斉定時旦気]|常時|臨時|即日|時々|年々|日々|各々|着々|刻々|代わり|割合|案外|予定通り|半[日年月期]|終[日夜]|丸?一[日年月晩]|[数両]日|何度か"
)
_ADVERB_LIST = (
    "概ね 大概 大方 凡そ 殆ど 比較的 現に 年々 日々 月々 折々 毎々 近々 先々 再々 再三 各々 近年 "
    "昨今 最近 平素 日頃 普段 例年 平年 隔月 隔年 隔週 年初 年頭 年始 年末 月初 月末 期初 期末 "
    "期中 年明け 夏場 冬場 朝方 夜間 日中 平日 休日 祝日 当時 現時点 目下 今般 過般 先般 今次 "
    "前回 今回 次回 初回 本日 明日 昨日 本月 長年 永年 多年 長期 短期 原則 結局 実際 事実 実質 "
    "万一 一応 一段 無事 別途 始終 終始 他方 反面 半面 一方 結果 累計 合計 通算 延べ 総勢 平均 "
    "幾分 何分 半分 大勢 大部分 各自 各人 最大限 最小限 精一杯 目一杯 一杯 限り 近く 古く 遠く "
    "少なく 多く 早く 繰り返し くり返し 繰返し 引き続き 引続き 立て続け 重ね重ね 相次ぎ 思い切り 手分け 総出 "
    "総じて 自然 自動 手動 手作業 無料 有料 無償 有償 一般 独自 新規"
)
_ADVERBS = frozenset(_ADVERB_LIST.split())
"""Words that the dictionary has as nouns, but that say when, how often or how much something is done."""
_OF_ONE_WORD = ("付ける", "付く", "付け")
"""What makes one verb with the noun before it: 位置付ける, 義務付ける."""
_GOING_ON = frozenset(
    (
        "直す",
        "返す",
        "合う",
        "合わせる",
        "込む",
        "出す",
        "切る",
        "替える",
        "換える",
        "上げる",
        "下げる",
        "入れる",
        "取る",
        "送る",
    )
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
_NO_NOUN_LIST = (
    "結び結ぶ 開き開く 図り図る 行い行う 選び選ぶ 届き届く 訪ね訪ねる 絞り絞る 防ぎ防ぐ 促し促す 用い用いる "
    "求め求める 定め定める 高め高める 深め深める 進め進める 整え整える 終え終える 設け設ける"
)
_NO_NOUNS = {one[:2]: one[2:] for one in _NO_NOUN_LIST.split()}
"""Forms of verbs that are listed as nouns, but are none behind another noun and before a comma."""
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
    for index, verb, behind in _indexed_verbs(tokens):
        noun = tokens[index]
        in_kana = verb.surface + behind in _KANA
        particle = "に" if in_kana else particle_by_verb().get(verb.base)
        is_noun = _is_noun_needing_particle(tokens, index) or _is_noun_required(noun, verb, behind)
        is_amount = noun.surface[:1].isdigit()  # 2人上回った
        if is_amount or verb.base in _OF_ONE_WORD or _is_noun_stem_of_verb(tokens, index):
            continue
        if particle and is_noun and _is_a_verb_here(verb, behind):
            written = noun.surface + verb.surface
            yield Slip(noun.start, verb.end, written, noun.surface + particle + verb.surface, Edit.DROPPED)


def _is_noun_stem_of_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun is the form of a verb that goes on with the next one: 刷り直し, 連絡先を刷り分け."""
    letters = tokens[index].surface
    is_form = len(letters) == 2 and is_kanji(letters[0]) and is_hiragana(letters[1])
    has_object = index > 0 and tokens[index - 1].surface == "を"
    return is_form and (has_object or tokens[index + 1].base in _GOING_ON)


def _indexed_verbs(tokens: Sequence[Token]) -> Iterator[tuple[int, Token, str]]:
    """Each verb behind a token, with the index of that and what is written behind the verb."""
    for index, (noun, then) in enumerate(pairwise(tokens)):
        if then.part_of_speech[0] == "動詞" or then.surface in _NO_NOUNS:
            behind = tokens[index + 2].surface if index + 2 < len(tokens) else ""
            verb = _verb_of_noun_and_token(noun, then, behind)
            if verb:
                yield index, verb, behind


def _verb_of_noun_and_token(noun: Token, token: Token, behind: str) -> Token | None:
    """A token as the verb that it is behind a noun, None if it is none."""
    if token.surface in _NO_NOUNS and behind == "、" and token.part_of_speech[0] == "名詞":
        return token._replace(base=_NO_NOUNS[token.surface], inflection="連用形-一般")
    if token.part_of_speech[0] != "動詞":
        return None
    if token.surface == "行っ" and (noun.inflection or noun.surface in office_words().acts):
        return token._replace(base="行う")
    return token


def _is_noun_required(noun: Token, verb: Token, behind: str) -> bool:
    """Whether something must be a noun: what 行う is behind, and a number of things before ついて."""
    if verb.surface + behind in _KANA:
        return noun.part_of_speech[0] in ("名詞", "接尾辞")
    return (
        verb.surface in ("行っ", "行い")
        and noun.inflection.startswith("連用形-一般")
        and len(noun.surface) > 2
    )


def _is_noun_needing_particle(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is a noun that needs a particle: no time, no amount, no adverb."""
    token = tokens[index]
    if token.surface == "」":
        return True
    if token.surface == "）":
        return tokens[index + 1].base == "対する"
    before = tokens[index - 1] if index else None
    if token.surface in _ADDRESSED or _is_adverb(token, before):
        return False
    if token.inflection.startswith("連用形") and token.surface[-1] in "しきりみ":
        return before is not None and before.surface == "の"
    return _is_noun_with_particle(token, before) and not _is_noun_of_count(tokens, index)


def _is_adverb(token: Token, before: Token | None) -> bool:
    """Whether a token, or the two that end with it, are an adverb: 概ね, 現|時点."""
    return token.surface in _ADVERBS or (before is not None and before.surface + token.surface in _ADVERBS)


def _is_noun_with_particle(token: Token, before: Token | None) -> bool:
    """Whether a token is a noun, but neither a number nor a time, an amount or an adverb."""
    if token.part_of_speech[0] not in ("名詞", "接尾辞") or token.part_of_speech[1] == "数詞":
        return False
    if len(token.surface) == 1:
        return before is not None and token.surface not in _TIMES_AND_AMOUNTS
    return any(map(_is_written_in_nouns, token.surface)) and not _ADVERBIAL.fullmatch(token.surface)


def _is_written_in_nouns(letter: str) -> bool:
    return is_noun_letter(letter) or (letter.isascii() and letter.isalpha())


def _is_noun_of_count(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun counts: a number is before it (39 事業所), perhaps behind another noun of the unit."""
    before = [one for one in tokens[max(0, index - 4) : index] if not one.surface.isspace()][-3:]
    if tokens[index].surface == "分" and before and before[-1].part_of_speech[1] != "数詞":
        before.pop()  # 39事業所分増えた, but 30分早めた
    before = before[-2:]
    if not before:
        return False
    return before[-1].part_of_speech[1] == "数詞" or (
        before[0].part_of_speech[1] == "数詞" and before[-1].part_of_speech[0] in ("名詞", "接尾辞")
    )


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
