"""What kind of letter a letter is. Patterns with ranges of kanji would take long to compile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import PlaceAndWord

_KEPT = 2_048
"""Texts whose runs are kept, of which a dozen rules ask for those of each line."""
RUNS = LazyPattern(r"[一-龥々]+|[ァ-ヴー]+")
"""Runs of kanji or of katakana."""
QUOTES = ("「」", "『』")
"""Opening and closing marks of quotes."""
LINE_MARKS = "・•●■※ "
"""The signs and blanks around a line that belong to no sentence of it."""


def has_open_pair_at_end(text: str, pairs: Iterable[str]) -> bool:
    """Whether a pair of marks that a text opens is not closed at its end."""
    return any(text.count(pair[0]) > text.count(pair[1]) for pair in pairs)


def is_kanji(letter: str) -> bool:
    """Whether a letter is a kanji or 々; not for ''."""
    return "一" <= letter <= "龥" or letter == "々"


def is_kanji_word(letters: str) -> bool:
    """Whether there are two kanji or more, and nothing else."""
    return len(letters) > 1 and is_kanji(letters[0]) and RUNS.fullmatch(letters) is not None


def is_katakana(letter: str) -> bool:
    """Whether a letter is katakana or ー; not for ''."""
    return "ァ" <= letter <= "ー" and letter != "・"


def is_hiragana(letter: str) -> bool:
    """Whether a letter is hiragana; not for ''."""
    return "ぁ" <= letter <= "ん"


def is_noun_letter(letter: str) -> bool:
    """Whether nouns are written with a letter: kanji or katakana; not for ''."""
    return is_kanji(letter) or is_katakana(letter)


def is_behind_number(text: str, place: int) -> bool:
    """Whether a number is right before a place, or a blank between them: 1 年."""
    return text[max(0, place - _MOST_BLANKS - 1) : place].rstrip(" \u3000")[-1:].isdecimal()


def is_word_begun_by_unit(text: str, start: int, word: str) -> bool:
    """Whether a word begins with the unit of the number before it: 回運 in 2 回運営委員会."""
    return word[:1] in _UNITS and is_behind_number(text, start)


_MOST_BLANKS = 2
_UNITS = "回件名人社所年月日円部校市町村区歳台枚通本点者団機会度期次号週階級種班組店館室軒戸隻頭匹倍割分時秒"


@lru_cache(maxsize=_KEPT)
def noun_runs(text: str) -> tuple[PlaceAndWord, ...]:
    """Start and letters of each run of kanji and katakana, which may be mixed: 地域包括支援センター."""
    return tuple(_noun_runs(text))


def _noun_runs(text: str) -> Iterator[PlaceAndWord]:
    start = end = 0
    for found in RUNS.finditer(text):
        if found.start() != end:
            if end > start:
                yield start, text[start:end]
            start = found.start()
        end = found.end()
    if end > start:
        yield start, text[start:end]
