"""Text as people compare it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_KEPT = 8_192
"""Texts whose folding is kept: rules compare the same lines again and again."""


@lru_cache(maxsize=_KEPT)
def folded(text: str) -> str:
    """Text for comparison: half-width, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=_KEPT)
def half_width(text: str) -> str:
    """Text with half-width digits, letters and signs, letter by letter, so that places stay."""
    return text.translate(_HALF_WIDTH)


# ～ and 〜 are ~, − is -; ① is no digit and stays.
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x301C: "~",
    0x2212: "-",
}


def is_made_of(parts: Sequence[str], text: str) -> bool:
    """Whether a text is these parts in their order, with anything between one and the next."""
    if len(parts) == 1:
        return text == parts[0]
    first, *between, last = parts
    if not text.startswith(first):
        return False
    place = len(first)
    for part in between:
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return text.endswith(last) and place + len(last) <= len(text)


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Start and end in `text` of every place that reads as `words` when both are folded, left to right."""
    sought = folded(words)
    if sought not in folded(text):
        return []
    letters = list(_folded_letters(text))
    whole = "".join(letter for letter, _, _ in letters)
    places: list[tuple[int, int]] = []
    at = whole.find(sought) if sought else -1
    while at >= 0:
        last = at + len(sought) - 1
        splits_one = _same(letters, at - 1, at) or _same(letters, last, last + 1)
        if not splits_one:
            places.append((letters[at][1], letters[last][2]))
        at = whole.find(sought, at + 1 if splits_one else last + 1)
    return places


def _folded_letters(text: str) -> Iterator[tuple[str, int, int]]:
    """Each letter of the folded text and the start and end of what it stands for in `text`."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.combining(unicodedata.normalize("NFKC", text[end])[0]):
            yield from ((letter, start, end) for letter in folded(text[start:end]))
            start = end


def _same(letters: list[tuple[str, int, int]], one: int, other: int) -> bool:
    """Whether two folded letters stand for one letter of the text, as m and 2 do for ㎡."""
    return one >= 0 and other < len(letters) and letters[one][1:] == letters[other][1:]
