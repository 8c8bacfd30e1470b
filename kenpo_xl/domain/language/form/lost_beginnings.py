"""Texts that begin in the middle of a sentence (・に対し文書を, 、年金事務所で)."""

from __future__ import annotations

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import is_kanji
from kenpo_xl.domain.lazy_patterns import LazyPattern

_BULLET = LazyPattern(r"[\s\u3000]*(?:([・•●○◆■▪※]|[0-9０-９]{1,2}[）)])[\s\u3000]*)?")
_MARKS = ("、", "。", "，")
_PHRASES = (
    "に対し に対する において における について により による に係る に基づ に向け に関し に関する に伴い "
    "に応じ に当た にあた に際し に加え に先立 とともに と連携 と協議 への からの を通じ を踏まえ "
    "ため、 ことから、 ことにより ところ、 ほか、 うえで、 ものの、 により、 として、 とし、"
)
# Ends of verbs, and particles, with which no sentence begins.
_REST = (
    "は、 が、 については、 した事 した加 した被 した者 した対 した企 した方 していない しており、 "
    "月に説 月に研 月に開 月に送 月に発 しており されて された され、 れた れて "
    "ており った って られた られて ていない から回 から申 から照 から相 から提 として、"
)
_WORDS = (*_MARKS, *_PHRASES.split(), *_REST.split())
_BEFORE_KANJI = ("を", "が", "は", "の", "に", "へ", "で", "も")


@frozen
class LostBeginning:
    """The words that begin a text that nothing is before; certain behind a bullet, or for a comma."""

    start: int
    end: int
    is_certain: bool


def lost_beginning(text: str) -> LostBeginning | None:
    """The comma or particle that begins a text, None for a whole text."""
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    words = _word_without_beginning(text, start)
    if not words:
        return None
    return LostBeginning(start, start + len(words), bool(bullet and bullet[1]) or words in _MARKS)


def _word_without_beginning(text: str, start: int) -> str:
    """The comma or particle at a place with which no sentence begins, '' for none."""
    words = next((one for one in _WORDS if text.startswith(one, start)), "")
    if words or not text.startswith(_BEFORE_KANJI, start):
        return words
    return text[start] if is_kanji(text[start + 1 : start + 2] or "、") else ""
