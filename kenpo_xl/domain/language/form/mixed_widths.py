"""Numbers and words in two widths (１2名, ＫPI), and katakana words that are short of a letter."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_katakana
from kenpo_xl.domain.language.normalize import alternatives, half_width, places_of
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import PlacedSlip

_MIXED = LazyPattern(
    r"[0-9]+[０-９][0-9０-９]*|[０-９]+[0-9][0-9０-９]*|[A-Za-z]+[Ａ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ]*|[Ａ-Ｚａ-ｚ]+[A-Za-z][A-Za-zＡ-Ｚａ-ｚ]*",
    contains="[0-9][０-９]|[０-９][0-9]|[A-Za-z][Ａ-Ｚａ-ｚ]|[Ａ-Ｚａ-ｚ][A-Za-z]",
)
_SHORT = alternatives(
    "セミナ|ポスタ|カレンダ|センタ|メンバ|リーダ|スケジュル|マニアル|リーフレト|アンケト|パンフレト|キャンペン|インタネット"
)
_WHOLE = alternatives(
    "セミナー|ポスター|カレンダー|センター|メンバー|リーダー|スケジュール|マニュアル|リーフレット|アンケート|パンフレット|キャンペーン"
    "|インターネット"
)
_DASHES = "-－ｰ‐–—―−"
"""What is typed for ー; the whole word is then found as one with a foreign letter."""


def mixed_widths(text: str) -> Iterator[PlacedSlip]:
    """Each number or Latin word in two widths, and each katakana word that is short of a letter."""
    for found in _MIXED.finditer(text):
        yield found.start(), found[0], half_width(found[0])
    for written, meant in zip(_SHORT, _WHOLE, strict=True):
        for at in places_of(text, written):
            behind = text[at + len(written) : at + len(written) + 1] or "、"
            is_whole = not is_katakana(text[at - 1 : at] or "、") and not is_katakana(behind)
            if is_whole and behind not in _DASHES:
                yield at, written, meant
