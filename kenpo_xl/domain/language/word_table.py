"""Many words sought in a text at once: it has few of the pairs of letters that they begin with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import add

_KEPT = 1_024
"""Texts whose pairs of letters are kept: a dozen tables are sought in each line."""


class WordTable:
    """Words of which most texts contain none; those of one letter are sought one by one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(dict.fromkeys(words))
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            self._places.setdefault(word[:2], []).append(place)
        self._pairs = frozenset(self._places)
        self._letters = [letter for letter in self._places if len(letter) == 1]

    def words_in(self, text: str) -> list[str]:
        """The words that a text contains, in the order of the table."""
        starts = (*self._letters, *(self._pairs & _pairs_of_letters(text)))
        places = sorted(place for start in starts for place in self._places[start])
        return [word for place in places if (word := self._words[place]) in text]


@lru_cache(maxsize=_KEPT)
def _pairs_of_letters(text: str) -> frozenset[str]:
    """Each two letters that are side by side in a text."""
    return frozenset(map(add, text, text[1:]))
