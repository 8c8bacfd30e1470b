"""Forms of verbs and particles before what no sentence has behind them (行っむ, だある, 職員のに制度を)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise, takewhile

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.letters import is_hiragana
from kenpo_xl.domain.language.syntax.tokens import token_at
from kenpo_xl.domain.language.token import Token

_BECAME = "なっ"
# A form is a part of speech or a dictionary form with an inflection. What is behind it is named by the
# letters of a particle or a mark, the dictionary form of an auxiliary, or a part of speech.
_ONLY_BEFORE = {
    "動詞 連用形-促音便": "た て たり ても ては たって ちゃう とく てる",
    "動詞 連用形-撥音便": "だ で だり でも では だって じゃう どく でる",
    "動詞 連用形-イ音便": "ます た て たり ても ては たって とく てる だ で だり でも では どく でる",
    "形容詞 連用形-促音便": "た たり",
    "助動詞 連用形-促音便": "た たり",
    "動詞 連用形-ウ音便": "ます",
    "動詞 未然形-サ": "れる せる す しめる",
    "する 仮定形-一般": "ば ど ども",
}
_NEVER_BEFORE = {
    "動詞 終止形-一般": "た て ます たい ない れる られる せる させる は を へ 終い 終け 終の 動詞いる",
    "動詞 連体形-一般": "た て ます たい ない れる られる せる させる は を へ 終い 終け",
    "動詞 未然形-一般": "た て ます たい たり ながら つつ",
    "動詞 連用形-一般": "終い 終け 終や 終わ 感動詞 ぬ む 動詞いる 動詞おる",
    "形容詞 終止形-一般": "た て ます は を へ 終い",
    "た 終止形-一般": "た て ます ない れる られる は を へ 終い",
    "た 連体形-一般": "た て ます ない れる られる は を へ 終い",
    "する 連用形-一般": "。 が の や し 終の",
    "する 連体形-省略": "れる られる た て",
    "だ 終止形-一般": "動詞ある た だ て 、 名詞",
    "だ 連用形-一般": "だ た 感動詞",
    "だ 連用形-ニ": "だ た と を が",
    "だ 連体形-一般": "だ た 。 を に が は",
    "の 格助詞": "の を に が は で と へ まで た",
    "を 格助詞": "を に が は で と へ の から まで た",
    "が 格助詞": "を に が は で と へ の から まで た",
    "に 格助詞": "を に が で へ から た",
    "へ 格助詞": "を に が で へ から まで た",
    "は 係助詞": "を に が で と へ の は た",
    "も 係助詞": "を で へ は も た",
    "と 格助詞": "た",
    "から 格助詞": "から た",
    "まで 副助詞": "まで た",
    "で 格助詞": "を に が で だ た",
    "名詞 普通名詞": f"動詞:{_BECAME}",
    "接尾辞 名詞的": f"動詞:{_BECAME}",
}

_IDIOMS = frozenset(
    [("やむ", "を"), ("問う", "た"), ("問う", "て"), ("繰り返す", "繰り返し"), ("重ねる", "重ね")]
)


def impossible_neighbors(tokens: Sequence[Token]) -> Iterator[Misuse]:
    """Each form or particle before a word that it never has behind it, but not in a reading in brackets."""
    for index, (one, then) in enumerate(pairwise(tokens)):
        may_be = one.inflection or one.part_of_speech[0] == "助詞" or then.surface == _BECAME
        if may_be and _are_words_impossible_together(one[:4], then[:4]) and not _is_in_reading(tokens, index):
            before = token_at(tokens, index - 1).surface
            words = before + one.surface + then.surface
            yield Misuse(one.start - len(before), then.end, words, "")


_Word = tuple[str, tuple[str, str], str, str]
"""Surface, part of speech, inflection and dictionary form of a token."""


@lru_cache(maxsize=4096)
def _are_words_impossible_together(one: _Word, then: _Word) -> bool:
    surface, (first, second), inflection, base = one
    is_cut_off = inflection != "" and not is_hiragana(surface[-1])
    if is_cut_off or (base, then[0]) in _IDIOMS:
        return False
    form = inflection or second
    only, never = _forms_behind((f"{first} {form}", f"{base} {form}"))
    names = _names_of_word_forms(then)
    return bool(only and not only & names) or bool(never & names) or _is_same_word_twice(one, then)


def _is_same_word_twice(one: _Word, then: _Word) -> bool:
    """Whether a verb or an adjective is behind itself: 超える超える."""
    return one == then and one[2] != "" and len(one[0]) > 1


def _is_in_reading(tokens: Sequence[Token], index: int) -> bool:
    """Whether all from the bracket before an index on is hiragana: （やまだたろう）."""
    before = takewhile(lambda one: all(map(is_hiragana, one.surface)), reversed(tokens[: index + 1]))
    return token_at(tokens, index - len(list(before))).surface in ("（", "(")


@cache
def _forms_behind(forms: tuple[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """What alone may be behind a word of some forms, empty for everything, and what never is."""
    only, never = (
        frozenset(" ".join(table.get(form, "") for form in forms).split())
        for table in (_ONLY_BEFORE, _NEVER_BEFORE)
    )
    return only, never


def _names_of_word_forms(word: _Word) -> set[str]:
    """How the tables name a word."""
    surface, (first, second), _, base = word
    if first == "助詞":
        return {"終" + surface} if second == "終助詞" else {surface}
    if first == "助動詞":
        return {base}
    if first == "補助記号":
        return {surface}
    return {first, first + base, f"{first}:{surface}"}
