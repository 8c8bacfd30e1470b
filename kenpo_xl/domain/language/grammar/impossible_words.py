"""Words that no sentence has in this order (期限を杉た, 知ら占める, 取り組んだいる), by part of speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.letters import is_kanji
from kenpo_xl.domain.language.token import Token

_NAMING = ("名詞", "接尾辞", "副詞", "形状詞", "連体詞", "接続詞")
_OF_VERBS = frozenset(("た", "ます", "ない", "れる", "られる", "せる", "させる", "たい", "ぬ", "まい"))
_BEHIND_STEM = frozenset(("ない", "無い", "なる", "さす"))
_LITERARY = frozenset(("たし", "けり", "り", "つ", "まし", "らむ", "てる", "ちゃう", "じゃ", "や"))
"""Auxiliaries that no report of today has: the analyser takes a slip for one of them."""
_INFLECTED = ("動詞的", "形容詞的")
"""Suffixes that are verbs or adjectives: 招きかねない, 耐えがたい."""
_BEHIND_VERBS = frozenset(("て", "つつ"))
_CASES = frozenset("をがにへ")
_WITH_ONE_OBJECT = frozenset(("行う", "図る", "結ぶ", "進める", "開く"))
_REACH = 9
_NOTHING = (Token("", ("", ""), "", "", "", 0, False),) * 2
"""What is behind the end of a text."""


def impossible_words(tokens: Sequence[Token]) -> Iterator[Misuse]:
    """The pairs of words that no sentence holds, with the letters before them that show why.

    Also an ending that was left beside a new one (なったである, 徹底した徹底。).
    """
    for index, (one, then) in enumerate(pairwise(tokens)):
        if (
            _are_impossible_neighbours(one, then)
            or _is_sentence_half_rewritten(tokens, index)
            or _is_second_object(tokens, index)
        ):
            before = tokens[index - 1].surface if index and len(one.surface) == 1 else ""
            yield Misuse(one.start, then.end, before + one.surface + then.surface, "")


def _is_sentence_half_rewritten(tokens: Sequence[Token], index: int) -> bool:
    """Whether た is before である (なったである), or an act behind itself (徹底した徹底。)."""
    if tokens[index].base != "た":
        return False
    copula, verb = (one.surface for one in (*tokens, *_NOTHING)[index + 1 : index + 3])
    if copula == "で" and verb == "ある" and tokens[index + 1].base == "だ":
        return tokens[index - 1].part_of_speech[0] == "動詞" if index else False
    is_act = index >= 2 and tokens[index - 1].base == "する" and tokens[index - 2].surface == copula
    return is_act and verb in ("", "。", "、")


def _is_second_object(tokens: Sequence[Token], index: int) -> bool:
    """Whether を begins the words of a verb that has another object: 組合を新たに協定を結び."""
    if tokens[index].surface != "を" or tokens[index].part_of_speech[1] != "格助詞":
        return False
    rest = _tokens_behind_adverb(tokens[index + 1 : index + _REACH])
    nouns = len(list(takewhile(lambda one: one.part_of_speech[0] in ("名詞", "接尾辞"), rest)))
    object_and_verb = rest[nouns : nouns + 2]
    if nouns == 0 or len(object_and_verb) < 2:
        return False
    return object_and_verb[0].surface == "を" and _has_one_object(rest[nouns + 1 : nouns + 4])


def _has_one_object(verb: Sequence[Token]) -> bool:
    """Whether a verb, or an act with する, has no further object before its own one.

    What says how with て may have one: 機関をホームページを通じて公募.
    """
    first, then, last = (*verb, *_NOTHING, *_NOTHING)[:3]
    if first.part_of_speech[0] == "動詞":
        return first.base in _WITH_ONE_OBJECT or then.surface not in ("て", "で", "つつ")
    is_act = first.part_of_speech[0] == "名詞" and then.base == "する"
    return is_act and last.surface not in ("て", "つつ")


def _tokens_behind_adverb(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens without an adverb or a word such as 新たに at their beginning."""
    if tokens[:1] and tokens[0].part_of_speech[0] == "副詞":
        return tokens[1:]
    if len(tokens) > 1 and tokens[0].part_of_speech[0] == "形状詞" and tokens[1].base == "だ":
        return tokens[2:]
    return tokens


def _are_impossible_neighbours(one: Token, then: Token) -> bool:
    first, second = one.part_of_speech[0], then.part_of_speech[0]
    if second == "助動詞":
        return _is_wrong_auxiliary(one, then)
    if then.surface in _BEHIND_VERBS and second == "助詞":
        return first in ("名詞", "接尾辞")
    if first == "動詞" and one.inflection.startswith("未然形"):
        return second != "助詞" and then.base not in _BEHIND_STEM and is_kanji(then.surface[0])
    if first == "動詞" and one.inflection.endswith("便"):
        return then.surface[0] not in "ただてでちと"
    return _is_past_going_on(one, then)


def _is_past_going_on(one: Token, then: Token) -> bool:
    """実施したいる."""
    is_past = one.part_of_speech[0] == "助動詞" and one.surface in ("た", "だ")
    return is_past and then.base == "いる"


def _is_wrong_auxiliary(one: Token, then: Token) -> bool:
    """Whether an auxiliary of verbs is behind another word, or is one that is no longer written."""
    first, second = one.part_of_speech
    if then.base in _LITERARY and then.surface != "る" and (first, second) != ("名詞", "固有名詞"):
        return first in ("動詞", "助動詞") or then.base == "たし"
    return then.base in _OF_VERBS and _is_never_before(one, then)


def _is_never_before(one: Token, then: Token) -> bool:
    """Whether a word is one that no auxiliary of verbs, or not this one, is behind."""
    first, second = one.part_of_speech
    if first in _NAMING:
        return second not in _INFLECTED
    if (first, second) == ("助詞", "格助詞"):
        return one.surface in _CASES
    if first == "動詞" and one.inflection.startswith("終止"):
        return then.base != "ない" and then.base != "まい"
    return one.surface == "ます" and then.base == "た"
