"""The words of texts that are taken as right: what is written how, and beside which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import RUNS, is_kanji_word
from kenpo_xl.domain.language.token import Token, Tokenizer
from kenpo_xl.domain.lazy_patterns import LazyPattern

_KANA = LazyPattern(r"[^ぁ-ん]?([ぁ-ん]+)")
_KATAKANA = LazyPattern(r"[ァ-ヴー]{4,}")
_MOST_KEPT = 2_048
"""Texts whose words are kept: those of a plan and of the books of a period."""
_COMPOUNDING = ("名詞", "接尾辞", "接頭辞", "形状詞")
_NOUNS = ("名詞", "形状詞")
_LIGHT = frozenset(
    (
        *("する", "行う", "有る", "ある", "なる", "いる", "居る", "おく", "できる", "れる", "於く"),
        *("つく", "関する", "対する", "よる", "係る", "伴う", "基づく"),
        *("うえ", "際", "ため", "ほか", "もと", "等", "など"),
    )
)
"""Verbs and nouns that go with any noun: 磁気について says no more than 磁気."""


@frozen
class Vocabulary:
    """Words of some texts.

    `spellings` are, by reading, the nouns of two and more kanji and the pairs of words in compounds, with
    the number of times. `neighbours` counts a noun with a word beside it (`管理<進捗`, `管理>表`,
    `管理を徹底`). `kana` are the runs of hiragana, with the letter before them and without. `runs` are the
    runs of kanji, a line each; `katakana` the katakana words.
    """

    spellings: dict[str, dict[str, int]]
    neighbours: dict[str, int]
    kana: dict[str, int]
    katakana: dict[str, int]
    runs: str


def vocabulary_of(texts: Iterable[str], tokenizer: Tokenizer) -> Vocabulary:
    """The words of some texts; each text counts once."""
    return joined_vocabulary([vocabulary_of_text(text, tokenizer) for text in dict.fromkeys(texts)])


def vocabulary_of_text(text: str, tokenizer: Tokenizer) -> Vocabulary:
    """The words of a text, which may be one of several books and plans of a night.

    A process has one dictionary, so the same text has the same words for all books.
    """
    if text not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[text] = _vocabulary_of_tokens(text, tokenizer(text))
    return _kept[text]


def _vocabulary_of_tokens(text: str, tokens: Sequence[Token]) -> Vocabulary:
    spellings: dict[str, dict[str, int]] = {}
    for reading, spelling in readings_and_spellings(tokens):
        _add_counts(spellings.setdefault(reading, {}), {spelling: 1})
    neighbours = Counter(
        tokens[index].surface + beside
        for index in noun_indexes(tokens)
        for beside in neighbours_of(tokens, index)
    )
    return Vocabulary(
        spellings,
        dict(neighbours),
        dict(Counter(kana_run_keys(text))),
        dict(Counter(_KATAKANA.findall(text))),
        "\n".join(RUNS.findall(text)),
    )


_kept: dict[str, Vocabulary] = {}


def joined_vocabulary(parts: Sequence[Vocabulary]) -> Vocabulary:
    """The words of the texts of all parts."""
    spellings: dict[str, dict[str, int]] = {}
    for part in parts:
        for reading, counts in part.spellings.items():
            _add_counts(spellings.setdefault(reading, {}), counts)
    counted: tuple[dict[str, int], dict[str, int], dict[str, int]] = {}, {}, {}
    for part in parts:
        for whole, counts in zip(counted, (part.neighbours, part.kana, part.katakana), strict=True):
            _add_counts(whole, counts)
    return Vocabulary(spellings, *counted, "\n".join(part.runs for part in parts if part.runs))


def _add_counts(whole: dict[str, int], more: dict[str, int]) -> None:
    for key, count in more.items():
        whole[key] = whole.get(key, 0) + count


def kana_run_keys(text: str) -> Iterator[str]:
    """The runs of hiragana of a text, with the letter before them and without."""
    for found in _KANA.finditer(text):
        yield found[1]
        if found[0] != found[1]:
            yield found[0]


def noun_indexes(tokens: Sequence[Token]) -> list[int]:
    """Where the nouns of two and more kanji are; no names and no numbers."""
    return [index for index, token in enumerate(tokens) if _is_noun(token)]


def _is_noun(token: Token) -> bool:
    first, second = token.part_of_speech
    return (
        first in _NOUNS
        and second not in ("数詞", "固有名詞")
        and token.known
        and is_kanji_word(token.surface)
    )


def readings_and_spellings(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Reading and spelling of each noun, and of each noun with a single kanji behind it (事業所)."""
    for index in noun_indexes(tokens):
        token = tokens[index]
        yield token.reading, token.surface
        pair = reading_and_spelling_of_pair(tokens, index)
        if pair:
            yield pair


def reading_and_spelling_of_pair(tokens: Sequence[Token], index: int) -> tuple[str, str] | None:
    """Reading and spelling of a noun with the single kanji behind it, None without one."""
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if behind is None or len(behind.surface) != 1 or behind.part_of_speech[0] not in ("名詞", "接尾辞"):
        return None
    if behind.part_of_speech[1] == "数詞" or not "一" <= behind.surface <= "龥":
        return None
    token = tokens[index]
    return token.reading + behind.reading, token.surface + behind.surface


def neighbours_of(tokens: Sequence[Token], index: int) -> list[str]:
    """The words beside a noun, as the keys of `Vocabulary.neighbours` end."""
    found = []
    if index and _is_token_of_compounds(tokens[index - 1]):
        found.append("<" + tokens[index - 1].surface)
    behind = tokens[index + 1 : index + 3]
    if behind and _is_token_of_compounds(behind[0]):
        found.append(">" + behind[0].surface)
    elif len(behind) > 1 and _are_particle_and_word(*behind):
        found.append(behind[0].surface + behind[1].base)
    return found


def _are_particle_and_word(particle: Token, word: Token) -> bool:
    is_word = word.part_of_speech[0] in ("動詞", "名詞", "形容詞") and word.base not in _LIGHT
    return is_word and particle.part_of_speech[0] == "助詞"


def _is_token_of_compounds(token: Token) -> bool:
    return token.part_of_speech[0] in _COMPOUNDING and token.part_of_speech[1] != "数詞"
