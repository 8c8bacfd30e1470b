"""A place where words do not go together, and the words before such a place."""

from __future__ import annotations

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import is_noun_letter

_LONGEST = 8


@frozen
class Misuse:
    """A place of a text: the `words` there with those that show why, and the words that are meant."""

    start: int
    end: int
    words: str
    meant: str


def noun_before(text: str, end: int) -> str:
    """The last letters of the noun that ends at a place of a text, at most eight; '' for none."""
    first = end
    while first > max(0, end - _LONGEST) and is_noun_letter(text[first - 1]):
        first -= 1
    return text[first:end]
