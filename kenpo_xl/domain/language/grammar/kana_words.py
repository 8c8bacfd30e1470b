"""Usual words in hiragana with one wrong letter: あらためで, ひきつずき, さまさまな."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from kenpo_xl.domain.language.letters import is_hiragana
from kenpo_xl.domain.language.normalize import places_of
from kenpo_xl.domain.text_span import SpanAndWord

# With the other letters that such a word may end with.
_WORDS_LIST = """
あらためて:たるま あらかじめ: ひきつづき:い すみやかに:なで とともに: それぞれ: かかわらず:りるっ
おおむね: さまざまな:にざ
ふまえて:たるま つうじて:たま あわせて:たるま ただちに: くりかえし:す できるだけ: なるべく: いっそう:
もとづき:く もとづいて:た
ならびに: しかしながら: したがって: ひとりひとり: わかりやすく:いさ ていねいに:なさ とりまとめ:
はたらきかけ: よびかけ: ともなう:いっ
ほとんど: さらなる: いただき:いくけこ いただいた:て よりいっそう:
"""
_SHORTEST = 4
_RIGHT = ("いたとき", "いたとこ", "いたもの", "いたこと")
"""What begins like a word of the list behind a verb (続いたとき)."""


def mistyped_kana_words(text: str) -> Iterator[SpanAndWord]:
    """Start and end of each word that is a letter away from a usual one, and that one.

    The word begins the run of hiragana. A letter is another one, or one too many within it.
    """
    for first in _words_by_first_letters():
        for start in places_of(text, first):
            before = text[start - 1 : start]
            if before and (is_hiragana(before) or before.isdecimal()):
                continue
            end = start
            while end - start < _LONGEST and end < len(text) and is_hiragana(text[end]):
                end += 1
            meant = _meant_word_and_length(text[start:end])
            if meant:
                word, length = meant
                yield start, start + length, word


_LONGEST = 12


@cache
def _words_by_first_letters() -> dict[str, tuple[tuple[str, str], ...]]:
    """The words and their other last letters, by their first two letters."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in _WORDS_LIST.split():
        word, _, lasts = entry.partition(":")
        if len(word) >= _SHORTEST:
            found.setdefault(word[:2], []).append((word, word[-1] + lasts))
    return {first: tuple(ones) for first, ones in found.items()}


@lru_cache(maxsize=1_024)
def _meant_word_and_length(run: str) -> tuple[str, int] | None:
    """The word that the beginning of a run is meant for and how many letters it has there; None for none."""
    words = _words_by_first_letters().get(run[:2], ())
    if run.startswith(_RIGHT) or any(
        run[: len(word) - 1] == word[:-1] and run[len(word) - 1 : len(word)] in lasts for word, lasts in words
    ):
        return None
    for word, _ in words:
        odd = [at for at, letter in enumerate(word) if run[at : at + 1] != letter]
        if len(odd) == 1 and len(run) >= len(word) and odd[0] > 1:
            return word, len(word)
        longer = run[: len(word) + 1]
        if len(longer) > len(word) and any(
            longer[:at] + longer[at + 1 :] == word for at in range(2, len(word))
        ):
            return word, len(word) + 1
    return None
