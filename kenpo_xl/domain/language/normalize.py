"""Text as people compare it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_KEPT = 8_192
"""Texts whose folding is kept: rules compare the same lines again and again."""
_KEPT_LETTERS = 256


def _characters_in_ranges(*spans: tuple[int, int]) -> str:
    return "".join(chr(code) for first, last in spans for code in range(first, last + 1))


WHITE = _characters_in_ranges(
    (9, 13), (28, 32), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)
)
WHITE += "\u2028\u2029\u202f\u205f\u3000"
# What shows nothing and means nothing: C1, soft hyphen, zero width, directions, fillers. What reverses the
# order of letters is none of them, nor are joiners and variation selectors: they choose the form of a letter.
_MEANINGLESS = _characters_in_ranges(
    (0x7F, 0x84), (0x86, 0x9F), (0x200E, 0x200F), (0x202A, 0x202D), (0x2060, 0x206F)
)
_MEANINGLESS += "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
_CHOOSING = "\u180b-\u180d\u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff"
REVERSING = "\u202e"
_BLANK = WHITE + _MEANINGLESS
_BLANKS = frozenset(_BLANK)
MEANINGLESS = f"[{_MEANINGLESS}]"
UNSEEN = LazyPattern(f"[{_MEANINGLESS}{_CHOOSING}{REVERSING}]")


# ②, （２）, 2) or ２．before a title.
_NUMBER = LazyPattern(r"^\s*(?:[①-⑳]|[（(]\d{1,2}[)）]|\d{1,2}[)）.．、])\s*")


@lru_cache(maxsize=_KEPT)
def normalized(text: str) -> str:
    """Text for comparison: half-width (NFKC), without white space and unseen characters."""
    try:
        return text.translate(_PLAIN_LETTERS)
    except _JoinsLetterError:
        return _normalized_as_a_whole(text)


def _normalized_as_a_whole(text: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return UNSEEN.sub("", plain)


class _JoinsLetterError(Exception):
    """A letter may become one with the letter before it: ﾞ, a combining accent, a vowel of Hangul."""


class _PlainLetters(dict[int, str]):
    """What each letter is in normalized text, looked up when it first occurs.

    NFKC of a whole text takes ten times as long as that: it searches a list for every letter.
    """

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        first = unicodedata.normalize("NFKC", letter)[0]
        if unicodedata.category(first)[0] == "M" or "\u1100" <= first <= "\u11ff":
            raise _JoinsLetterError(letter)
        self[code] = plain = _normalized_as_a_whole(letter)
        return plain


_PLAIN_LETTERS = _PlainLetters()


def title_without_number(title: str) -> str:
    """A title without the number before it, ② or （２）, which changes when it moves."""
    return _NUMBER.sub("", title)


def invisible_character_codes(text: str) -> str:
    """The characters of a text that show nothing, as U+200B、U+FEFF; '' where there are none."""
    found = (letter for letter in text if UNSEEN.match(letter) or letter == "\u00a0")
    return "、".join(dict.fromkeys(f"U+{ord(letter):04X}" for letter in found))


def without_outer_blanks(text: str) -> str:
    """Text without the white space and the meaningless characters before and behind it."""
    if text and text[0] not in _BLANKS and text[-1] not in _BLANKS:
        return text
    return text.strip(_BLANK)


@lru_cache(maxsize=_KEPT)
def half_width(text: str) -> str:
    """Text with half-width digits, letters and signs, letter by letter, so that places stay."""
    return text.translate(_HALF_WIDTH)


class _OtherLettersStay(dict[int, int]):
    """A table for `str.translate`, which takes twice as long where a letter is missing from its table."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


# ～ and 〜 are ~, − is -; ① is no digit and stays.
_HALF_WIDTH = _OtherLettersStay(
    {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x301C: 0x7E, 0x2212: 0x2D}
)


# Words that contain a short one and mean something else: 契約 is no 約.
_OTHER_WORDS = {
    "約": [
        "契約",
        "予約",
        "要約",
        "集約",
        "制約",
        "節約",
        "規約",
        "条約",
        "解約",
        "誓約",
        "成約",
        "約束",
        "約款",
    ],
    "計": ["統計", "計画", "会計", "設計", "計上", "計算", "計測", "計量", "家計", "時計", "推計"],
    "計画": ["計画的", "計画書", "行動計画会議"],
    "等": ["均等", "平等", "同等", "対等", "等級", "等しい", "中等", "高等", "初等"],
    "除": ["解除", "削除", "控除", "免除", "掃除", "除雪", "除菌", "排除"],
    "増": ["増進", "増強"],
    "減": ["減塩", "軽減", "加減", "減免"],
    "差": ["格差", "差し替え", "差替え", "差別", "差戻", "差し戻", "差出", "時差"],
    "残": ["残業", "残薬", "残留"],
    "延": ["延長", "延期", "延滞"],
    "位": ["単位", "部位", "地位", "位置", "各位"],
    "番": ["番号"],
    "平均": ["平均保険料率", "平均寿命"],
}


class AnyOf:
    """Words, separated by |, of which a text may contain one. A pattern would have to be compiled first.

    A short word is not in a longer one that means something else: 約 is not in 契約.
    """

    def __init__(self, words: str) -> None:
        self._words = words.split("|")

    def is_in(self, text: str) -> bool:
        is_there = any(map(text.__contains__, self._words))
        return is_there and any(
            word in text and _is_word_no_part_of_other(word, text) for word in self._words
        )


def _is_word_no_part_of_other(word: str, text: str) -> bool:
    """Whether a word that a text contains is there as itself, not only within another one."""
    for other in _OTHER_WORDS.get(word, ()):
        text = text.replace(other, "\n")
    return word in text


def alternatives(words: str) -> tuple[str, ...]:
    """Words that are separated by |."""
    return tuple(words.split("|"))


def places_of(text: str, words: str) -> Iterator[int]:
    """Where words begin in a text, one place within the other too."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def sentence_around(text: str, start: int, end: int) -> TextSpan:
    """Where the sentence that holds a part of a text begins, and where it ends, without its 。."""
    first = max(text.rfind(mark, 0, start) for mark in "。\n") + 1
    ends = (place for mark in "。\n" if (place := text.find(mark, end)) >= 0)
    return first, min(ends, default=len(text))


def is_made_of_parts(parts: Sequence[str], text: str) -> bool:
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


def match_positions(words: str, text: str) -> list[TextSpan]:
    """Start and end in `text` of every place that reads as `words` once both are normalized."""
    sought = normalized(words)
    if sought not in normalized(text):
        return []
    letters = _normalized_letters(text)
    whole = "".join(letter for letter, _, _ in letters)
    places: list[TextSpan] = []
    at = whole.find(sought) if sought else -1
    while at >= 0:
        last = at + len(sought) - 1
        splits_one = _come_from_same_letter(letters, at - 1, at) or _come_from_same_letter(
            letters, last, last + 1
        )
        if not splits_one:
            places.append((letters[at][1], letters[last][2]))
        at = whole.find(sought, at + 1 if splits_one else last + 1)
    return places


@lru_cache(maxsize=_KEPT_LETTERS)
def _normalized_letters(text: str) -> tuple[tuple[str, int, int], ...]:
    """Each letter of the normalized text and the start and end of what it stands for in `text`."""
    letters: list[tuple[str, int, int]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.combining(unicodedata.normalize("NFKC", text[end])[0]):
            letters += [(letter, start, end) for letter in normalized(text[start:end])]
            start = end
    return tuple(letters)


def _come_from_same_letter(letters: Sequence[tuple[str, int, int]], index: int, other_index: int) -> bool:
    """Whether two normalized letters stand for one letter of the text, as m and 2 do for ㎡."""
    return index >= 0 and other_index < len(letters) and letters[index][1:] == letters[other_index][1:]
