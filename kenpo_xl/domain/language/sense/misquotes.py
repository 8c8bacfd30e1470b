"""Places where a text quotes another one with a word, a number or a date changed."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import is_noun_letter

_PIECE, _STEP = 6, 3
"""How many letters must be the same to look further, and how far apart they are looked for."""
_EACH_SIDE, _BOTH_SIDES, _BOTH_SIDES_OF_WORD, _LONGEST = 4, 14, 18, 5


@frozen
class Misquote:
    """What a text says from `start` to `end` in place of `right`, which the quoted text says there."""

    start: int
    end: int
    right: str


def misquotes(text: str, quoted: str) -> Iterator[Misquote]:
    """The places of `text` that differ from `quoted` in a few letters of nouns or digits.

    At least four letters on each side are the same, 14 together around a number and 18 around a word.
    What `quoted` says elsewhere is right.
    """
    at, last_end = 0, 0
    while at + _PIECE <= len(text):
        place = quoted.find(text[at : at + _PIECE])
        if place < 0:
            at += _STEP
            continue
        before = _number_of_same_letters(text[last_end:at][::-1], quoted[:place][::-1])
        behind = _number_of_same_letters(text[at:], quoted[place:])
        end, last = at + behind, place + behind
        found = _change_before(text, end, quoted, last, before + behind)
        if found and text[end - _EACH_SIDE : found.end + _EACH_SIDE] not in quoted:
            yield found
            last_end = found.end
        at = max(end, at + _STEP)


def _number_of_same_letters(text: str, quoted: str) -> int:
    """How many letters at the start of two texts are the same."""
    same = 0
    for one, other in zip(text, quoted, strict=False):
        if one != other or one == "\n":
            break
        same += 1
    return same


def _change_before(text: str, end: int, quoted: str, last: int, before: int) -> Misquote | None:
    """The change of a few letters behind which both texts go on alike, None for none."""
    for length in range(1, _LONGEST + 1):
        for other in range(1, _LONGEST + 1):
            then = text[end + length : end + length + _EACH_SIDE]
            if len(then) < _EACH_SIDE or not quoted.startswith(then, last + other):
                continue
            same = _number_of_same_letters(text[end + length :], quoted[last + other :])
            stated, right = text[end : end + length], quoted[last : last + other]
            least = _BOTH_SIDES if any(map(str.isdecimal, stated)) else _BOTH_SIDES_OF_WORD
            is_sure = min(before, same) >= _EACH_SIDE and before + same >= least
            if not is_sure or not _are_both_words(stated, right):
                return None
            left, behind = _letters_to_ends_of_word(text, end, end + length)
            return Misquote(end - left, end + length + behind, quoted[last - left : last + other + behind])
    return None


def _letters_to_ends_of_word(text: str, start: int, end: int) -> tuple[int, int]:
    """How many letters on both sides belong to a changed number, or before a changed kanji of a word."""
    left = right = 0
    if text[start].isdecimal():
        while start > left and text[start - left - 1].isdecimal():
            left += 1
        while text[end + right : end + right + 1].isdecimal():
            right += 1
    elif end == start + 1 and start and is_noun_letter(text[start - 1]):
        left = 1
    return left, right


def _are_both_words(stated: str, right: str) -> bool:
    """Whether both are nouns, or both numbers with what is counted."""
    are_words = all(is_noun_letter(one) or one.isdecimal() or one in ".,%" for one in stated + right)
    return are_words and any(map(str.isdecimal, stated)) == any(map(str.isdecimal, right))
