"""Letters that an input method left unconverted: 行ttあ, にtういて, 実施しsた."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_hiragana, is_noun_letter
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import TextSpan

_LATIN = LazyPattern(r"(?<![A-Za-z0-9._/@-])[a-z]{1,4}(?![A-Za-z0-9._/@-])")
_WORD_LIST = (
    "kg mg cm mm km ml kl ha kw kwh web pdf app zip csv doc docx xls xlsx ppt pptx html http https www com "
    "net vs etc no pc usb line vol ver a b c x y n p id or and of in to for the by"
)
_WORDS = frozenset(_WORD_LIST.split())
_STARTS, _PARTICLES = "、。\n・", "のをにがはとでもへや"
_MARKS, _SMALL = "、。", "っゃゅょぁぃぅぇぉん"


def unconverted_letters(text: str) -> Iterator[TextSpan]:
    """Latin letters within or behind a Japanese word, which no word or unit is written with."""
    for found in _LATIN.finditer(half_width(text)):
        start, end = found.span()
        before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
        if behind and _are_letters_within_word(found[0], before, behind):
            yield start, end


def _are_letters_within_word(letters: str, before: str, behind: str) -> bool:
    """Whether letters that are no word are between Japanese ones, or before or behind a mark as kana are."""
    if letters in _WORDS and not _is_lone_letter_in_kana(letters, before, behind):
        return False
    if not before or before in _STARTS:
        return letters not in _WORDS and is_hiragana(behind) and behind not in _PARTICLES
    return _are_letters_continued_in_japanese(letters, before, behind)


def _are_letters_continued_in_japanese(letters: str, before: str, behind: str) -> bool:
    """Whether letters that do not begin a sentence are between Japanese ones, or end it as kana."""
    if behind in _MARKS:
        is_syllable = len(letters) > 2 and letters[-1] in "aiueo"
        return is_hiragana(before) or (is_syllable and is_noun_letter(before))
    return _is_japanese(before) and _is_japanese(behind)


def _is_lone_letter_in_kana(letters: str, before: str, behind: str) -> bool:
    """Whether letters are a single one behind hiragana, before one that no word begins with."""
    return len(letters) == 1 and is_hiragana(before or "、") and behind in _SMALL


def _is_japanese(letter: str) -> bool:
    return is_hiragana(letter) or is_noun_letter(letter)
