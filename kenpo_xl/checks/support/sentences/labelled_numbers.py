"""The numbers that a sentence lists, each with its name: 電話48件、訪問30件、来所12件."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.support.number_matching import is_stated_exactly
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit

_PARTICLES = ' はがもでにのとを約:「『」』"”\n'
_DELIMITERS = "、,。・(「『)及び/"
_NO_LIST = AnyOf("うち|前年|昨年|前回|前期|前月|目標|定員|全国|から|より|比べ|対し|中、|を超|未満|以上")
_MOST_BETWEEN = 20


@frozen
class LabelledNumber:
    """A number and the words before it; `name` is the noun at their end (相談方法は電話48件: 電話)."""

    label: str
    name: str
    number: TextNumber


def labelled_number(sentence: NumberedSentence, number: TextNumber) -> LabelledNumber:
    """A number with the last words before it, up to a comma, a bracket or a joining word."""
    words = sentence.before(number).rstrip(_PARTICLES)
    start = max(words.rfind(mark) for mark in _DELIMITERS) + 1
    label = words[start:]
    return LabelledNumber(label, _last_noun(label), number)


def _last_noun(label: str) -> str:
    """The nouns at the end of some words: letters of nouns, and digits among them (第1四半期, 10 月)."""
    start = len(label)
    while start and (_is_of_noun(label[start - 1]) or _is_blank_behind_digit(label, start - 1)):
        start -= 1
    return label[start:]


def _is_of_noun(letter: str) -> bool:
    return is_noun_letter(letter) or (letter.isascii() and letter.isalnum())


def _is_blank_behind_digit(label: str, place: int) -> bool:
    """Whether a blank is between a number and its unit: 10 月."""
    return label[place] == " " and 0 < place < len(label) - 1 and label[place - 1].isdigit()


def lists_of_numbers(sentence: NumberedSentence) -> Iterator[tuple[LabelledNumber, ...]]:
    """Each run of exact numbers of one unit with different names, only short words between them."""
    found: list[LabelledNumber] = []
    for number in sentence.numbers:
        one = labelled_number(sentence, number)
        if found and not _is_number_next_in_list(sentence, found, one):
            if len(found) > 1:
                yield tuple(found)
            found = []
        if one.name and number.unit and is_stated_exactly(number, sentence.written.text):
            found.append(one)
        else:
            found = []
    if len(found) > 1:
        yield tuple(found)


def _is_number_next_in_list(
    sentence: NumberedSentence, found: list[LabelledNumber], one: LabelledNumber
) -> bool:
    between = sentence.between(found[-1].number, one.number)
    return (
        is_same_unit(found[-1].number.unit, one.number.unit)
        and 0 < len(between) <= _MOST_BETWEEN
        and not _NO_LIST.is_in(between)
        and one.label not in [other.label for other in found]
    )
