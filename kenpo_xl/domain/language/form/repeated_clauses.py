"""Clauses that a sentence says twice, beside each other or apart (そこで今年度は、そこで今年度は、)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.form.repeated_words import Repetition
from kenpo_xl.domain.language.letters import is_hiragana, is_kanji, is_noun_letter
from kenpo_xl.domain.language.normalize import places_of
from kenpo_xl.domain.lazy_patterns import LazyPattern

_CLAUSE = LazyPattern(r"[^、，。\n]+")
_BESIDE, _APART = 4, 8
"""Letters of a clause that a sentence does not say twice: digits, signs and blanks do not count."""
_REPEATED = LazyPattern(r"(?=([をがにはへでと]?[^\s、。（）(「」)\d]{3,40}[ぁ-ん])\1)")
_THOUGH = ("が", "ため", "ので", "ものの", "ことから", "ところ")
_SHORTEST, _LONGEST = 6, 30
_OFTEN = ("ずつ", "つ", "々", "たり", "返し", "重ね", "とも", "だり")
"""Ends of words that are said twice on purpose: 少しずつ少しずつ, 繰り返し繰り返し."""


def clauses_repeated_in_sentence(text: str) -> Iterator[Repetition]:
    """The clauses of a text that are repeated in a sentence; those of lists of figures are no clauses."""
    start, before = 0, ""
    for sentence in text.split("。"):
        whole = "".join(sentence.split()).lstrip("・•●■※")
        letters = sum(map(_is_letter_or_digit, whole))
        if whole and before.endswith(whole) and letters >= _BESIDE and (whole == before or whole[-1] == "た"):
            yield Repetition(start - len(sentence) - 1, start + len(sentence))
        before = whole
        yield from _repeated_clauses_of_sentence(sentence, start)
        start += len(sentence) + 1
    yield from _repeated_clauses_of_contrast(text)
    for found in _REPEATED.finditer(text):
        if _is_phrase(found[1]):
            yield Repetition(found.start(), found.start() + 2 * len(found[1]), found[1])
            return


def _repeated_clauses_of_contrast(text: str) -> Iterator[Repetition]:
    """期限を延長したが期限を延長した: a clause on both sides of が, ため and the like."""
    for joint in _THOUGH:
        for at in places_of(text, f"た{joint}"):
            end = at + 1 + len(joint)
            end += text.startswith("、", end)
            for length in range(_SHORTEST, min(_LONGEST, at + 1) + 1):
                clause = text[at + 1 - length : at + 1]
                if text.startswith(clause, end) and not any(one in "、。\n" for one in clause):
                    yield Repetition(at + 1 - length, end + length, clause)
                    break


def _repeated_clauses_of_sentence(sentence: str, start: int) -> Iterator[Repetition]:
    places: dict[str, tuple[int, int]] = {}
    last = ""
    for number, found in enumerate(_CLAUSE.finditer(sentence)):
        clause = "".join(found[0].split()).lstrip("・")
        if sum(map(_is_letter_or_digit, clause)) < _BESIDE:
            continue
        before = places.get(clause)
        if before and before[0] == number - 1:
            yield Repetition(start + before[1], start + found.end(), found[0].strip())
        elif (before and _is_clause_long(clause)) or _is_start_of_both_alike(last, clause):
            yield Repetition(start + found.start(), start + found.end())
        last = clause
        places[clause] = number, found.start()


def _is_clause_long(clause: str) -> bool:
    """Whether a clause is said once in a sentence: a long one with a verb and without figures."""
    letters = sum(map(_is_letter_or_digit, clause))
    return letters >= _APART and is_hiragana(clause[-1]) and not any(map(str.isdecimal, clause))


def _is_start_of_both_alike(clause: str, then: str) -> bool:
    """Whether one of two clauses is the beginning of the other: 申請が増えたため、申請が増えた."""
    shorter, longer = sorted((clause, then), key=len)
    is_one = len(shorter) >= _APART and longer.startswith(shorter) and shorter[-1] in "たるしてめり"
    return is_one and not any(map(str.isdecimal, shorter))


def _is_letter_or_digit(letter: str) -> bool:
    return is_noun_letter(letter) or is_hiragana(letter)


def _is_phrase(words: str) -> bool:
    """Whether repeated words are a phrase with a kanji, not 少しずつ."""
    return any(map(is_kanji, words)) and not words.endswith(_OFTEN)
