"""Letters that other computers show otherwise: gaiji, damaged, foreign, invisible, look-alikes from a PDF."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.form.foreign_letters import (
    SIMPLIFIED,
    japanese_by_simplified_letter,
    places_of_garbled_letters,
    places_of_signs_in_words,
)
from kenpo_xl.domain.language.normalize import MEANINGLESS, REVERSING
from kenpo_xl.domain.lazy_patterns import LazyPattern


class Oddity(StrEnum):
    """Why a letter does not read on every computer as it was meant."""

    GAIJI = "外字"
    LOST = "読めなくなった字"
    GETA = "字の代わりの〓"
    RADICAL = "部首の字"
    COMPATIBLE = "互換用の字"
    UNSEEN = "見えない文字"
    REVERSING = "字の並びを逆にする見えない文字"
    LOOK_ALIKE = "長音記号に似た漢数字"
    FOREIGN = "日本語では使わない字"
    GARBLED = "文字化け"


@frozen
class UnsafeCharacter:
    """An odd letter of a text: `right` is what it should be, `certain` whether nothing else can be meant."""

    start: int
    letter: str
    kind: Oddity
    right: str = ""
    certain: bool = False

    @property
    def code_point(self) -> str:
        return f"U+{ord(self.letter):04X}"


# Radicals of the supplement that PDF readers give for a letter of Japanese text; NFKC leaves them.
_SUPPLEMENT = {
    "⺠": "民", "⻁": "虎", "⻄": "西", "⻆": "角", "⻑": "長", "⻗": "雨", "⻘": "青", "⻝": "食",
    "⻤": "鬼", "⻨": "麦", "⻩": "黄", "⻫": "斉", "⻭": "歯", "⻯": "竜", "⻲": "亀",
}  # fmt: skip
# Behind katakana these begin a count of one: レセプト一ページ, センター一カ所.
_COUNTED = (
    "カ|ヵ|ケ|ヶ|ページ|セット|パターン|グループ|ランク|クラス|ケース|チーム|コース|ロット|メートル|キロ|パーセント|ポイント|"
    "サイクル|シーズン|ステップ|フロア|タイプ|ユニット|ブロック|シリーズ|テーマ|エリア"
)
_KATAKANA = "[ァ-ヴ]"
_ALIKE = rf"(?P<alike>(?<={_KATAKANA})一(?={_KATAKANA})(?!{_COUNTED}))"
_LOOK_ALIKE = LazyPattern(_ALIKE, needs="一")
_ODD = LazyPattern(
    rf"(?P<gaiji>[\ue000-\uf8ff\U000f0000-\U0010fffd])|(?P<lost>\ufffd)|(?P<geta>〓)|(?P<radical>[\u2e80-\u2fdf])"
    rf"|(?P<compatible>[\uf900-\ufaff\U0002f800-\U0002fa1f])|(?P<reversing>{REVERSING})"
    rf"|(?P<unseen>{MEANINGLESS})|(?P<foreign>[{''.join(sorted(SIMPLIFIED))}])|{_ALIKE}"
)
# The letters of these classes: the pattern is compiled for a text that has one of them.
_ODD_RANGES = (
    ("\u2e80", "\u2fdf"), ("\ue000", "\ufaff"), ("\U0002f800", "\U0002fa1f"), ("\U000f0000", "\U0010fffd"),
)  # fmt: skip
_ODD_LETTERS = SIMPLIFIED | frozenset(f"\ufffd〓{REVERSING}{MEANINGLESS[1:-1]}")
_KINDS = {
    "gaiji": Oddity.GAIJI, "lost": Oddity.LOST, "geta": Oddity.GETA, "radical": Oddity.RADICAL,
    "compatible": Oddity.COMPATIBLE, "reversing": Oddity.REVERSING, "unseen": Oddity.UNSEEN,
    "alike": Oddity.LOOK_ALIKE, "foreign": Oddity.FOREIGN,
}  # fmt: skip


class _OddByLetter(dict[str, bool]):
    """Whether a letter is of a class of odd ones."""

    def __missing__(self, letter: str) -> bool:
        is_in_range = any(first <= letter <= last for first, last in _ODD_RANGES)
        self[letter] = is_in_range or letter in _ODD_LETTERS
        return self[letter]


_ODD_BY_LETTER = _OddByLetter()


@lru_cache(maxsize=1_024)
def unsafe_characters(text: str) -> tuple[UnsafeCharacter, ...]:
    """The odd letters of a text, garbled ones first, then the others in their order.

    Not ① ㈱ ㎡ and the like, nor compatibility ideographs that JIS X 0213 has of its own (神, 﨑): they are
    chosen for names.
    """
    garbled = (
        UnsafeCharacter(at, text[at], Oddity.GARBLED)
        for at in (*places_of_garbled_letters(text), *places_of_signs_in_words(text))
    )
    return (*garbled, *(() if text.isascii() else _unsafe_letters(text)))


def _unsafe_letters(text: str) -> Iterator[UnsafeCharacter]:
    has_odd_letter = any(map(_ODD_BY_LETTER.__getitem__, set(text)))
    for found in (_ODD if has_odd_letter else _LOOK_ALIKE).finditer(text):
        letter, kind = found[0], _KINDS[found.lastgroup or ""]
        if kind is Oddity.COMPATIBLE and _is_in_jis(letter):
            continue
        right = _correct_letter(letter, kind)
        yield UnsafeCharacter(
            found.start(), letter, kind, right, kind is Oddity.UNSEEN or _is_unambiguous(right, kind)
        )


def with_unambiguous_corrections(text: str) -> str:
    """The text with the right letters for those that are certain."""
    parts, end = [], 0
    for odd in unsafe_characters(text):
        if odd.certain:
            parts += [text[end : odd.start], odd.right]
            end = odd.start + 1
    return "".join([*parts, text[end:]])


def _correct_letter(letter: str, kind: Oddity) -> str:
    if kind is Oddity.LOOK_ALIKE:
        return "ー"
    if kind is Oddity.FOREIGN:
        return japanese_by_simplified_letter()[letter]
    if kind not in (Oddity.RADICAL, Oddity.COMPATIBLE):
        return ""
    normalized = _SUPPLEMENT.get(letter) or unicodedata.normalize("NFKC", letter)
    return "" if normalized == letter else normalized


def _is_unambiguous(correction: str, kind: Oddity) -> bool:
    return bool(correction) and kind not in (Oddity.LOOK_ALIKE, Oddity.FOREIGN)


def _is_in_jis(letter: str) -> bool:
    try:
        letter.encode("euc_jis_2004")
    except UnicodeEncodeError:
        return False
    return True
