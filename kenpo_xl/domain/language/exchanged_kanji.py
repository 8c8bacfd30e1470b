"""Two kanji in the wrong order that the other order makes a word of (料資, 頼依, 部支)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.domain.language.known_words import KnownWords
from kenpo_xl.domain.language.letters import is_kanji
from kenpo_xl.domain.language.slips import Edit, Slip
from kenpo_xl.domain.language.token import Token, Tokenizer

_OF_WORD, _OF_LETTERS = 6500, 12500
"""How much more usual the other order has to be where its two letters are a word, and where not."""
_BESIDE = 2
_AREAS = frozenset("都道府県市区町村郡島")
"""Names of areas are listed in any order: 市区町村, 12市5町の17市町."""


def exchanged_kanji(
    tokens: Sequence[Token], text: str, known: KnownWords, tokenizer: Tokenizer
) -> Iterator[Slip]:
    """Each two kanji, at the edge of odd words, that are far more usual in the other order.

    Of two that share a letter (医費療), the ones that gain more by it.
    """
    best: tuple[int, Slip] | None = None
    for gain, slip in _gains_and_slips(tokens, text, known, tokenizer):
        if best and slip.start >= best[1].end:
            yield best[1]
            best = None
        if best is None or gain > best[0]:
            best = gain, slip
    if best:
        yield best[1]


def _gains_and_slips(
    tokens: Sequence[Token], text: str, known: KnownWords, tokenizer: Tokenizer
) -> Iterator[tuple[int, Slip]]:
    """Each two kanji that are far more usual in the other order, with how much more."""
    for one, then in pairwise(tokens):
        if not _is_either_word_odd(one, then):
            continue
        at = then.start
        pair = text[at - 1 : at + 1]
        if not (is_kanji(pair[0]) and is_kanji(pair[1])) or pair[0] == pair[1]:
            continue
        if known.has_run(pair) or _AREAS.issuperset(pair):
            continue
        meant = pair[::-1]
        is_word = tokenizer.has_word(meant)
        if not is_word and len(one.surface) + len(then.surface) > len(pair):
            continue
        least = _OF_WORD if is_word else _OF_LETTERS
        gain = _gain_of_meant_letters(text, at - 1, meant, tokenizer)
        if gain > least:
            yield gain, Slip(at - 1, at + 1, pair, meant, Edit.SWAPPED)


def _is_either_word_odd(one: Token, then: Token) -> bool:
    """Whether one of two words is a single letter, or none that the dictionary has."""
    return 1 in (len(one.surface), len(then.surface)) or not (one.known and then.known)


def _gain_of_meant_letters(text: str, start: int, meant: str, tokenizer: Tokenizer) -> int:
    """How much more usual a text is with other letters at a place, by the kanji there and beside it."""
    first, end = start, start + len(meant)
    while first > 0 and is_kanji(text[first - 1]):
        first -= 1
    while end < len(text) and is_kanji(text[end]):
        end += 1
    first, end = max(0, first - _BESIDE), end + _BESIDE
    written = text[first:end]
    place = start - first
    return tokenizer.cost(written) - tokenizer.cost(written[:place] + meant + written[place + len(meant) :])
