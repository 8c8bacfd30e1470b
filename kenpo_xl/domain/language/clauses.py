"""Clauses of a Japanese sentence: how far the words reach that explain a date."""

from __future__ import annotations

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern

# Letters on each side of a place that are looked at: texts may be long and full of dates.
_REACH = 250
_ENDS = "、。\n"
_OPENING, _CLOSING = "(〔[【", ")〕]】"
# A date that only says when: 令和5年10月に、協定を締結した。
_ADVERBIAL = LazyPattern(r"\s*(?:上旬|中旬|下旬|末|頃|ごろ)?\s*(?:に(?:は|も)?|は|には)?\s*、")


@frozen
class Clause:
    """The words around a place: `before` and `after` it up to 、, 。 or a bracket, in half-width letters.

    `outside` are the words of the clause before the bracket that holds the place, '' for none.
    `sentence_after` goes on to the end of the sentence or bracket.
    """

    before: str
    after: str
    outside: str
    sentence_after: str

    @property
    def whole(self) -> str:
        """The words of the clause on both sides, and those before its bracket."""
        return f"{self.outside}|{self.own}"

    @property
    def own(self) -> str:
        """The words of the clause on both sides."""
        return f"{self.before}|{self.after}"


def clause_around(text: str, start: int, end: int) -> Clause:
    """The clause that holds the words from `start` to `end`; a bracket is a clause of its own."""
    first_letter = max(0, start - _REACH)
    plain = half_width(text[first_letter : end + _REACH])
    start, end = start - first_letter, end - first_letter
    opened = _opening_bracket_before(plain, start)
    closed = _closing_bracket_after(plain, end) if opened >= 0 else len(plain)
    first = max(opened, *(plain.rfind(mark, 0, start) for mark in _ENDS)) + 1
    outside = plain[_end_of_last_mark_before(plain, opened) : opened] if opened >= 0 else ""
    stop = _place_of_first_mark_behind(plain, end, closed, _ENDS)
    if _ADVERBIAL.match(plain, end) and stop < closed:
        stop = _place_of_first_mark_behind(plain, stop + 1, closed, _ENDS)
    sentence_end = _place_of_first_mark_behind(plain, end, closed, _ENDS[1:])
    return Clause(plain[first:start], plain[end:stop], outside, plain[end:sentence_end])


def _end_of_last_mark_before(plain: str, place: int) -> int:
    return max(plain.rfind(mark, 0, place) for mark in _ENDS) + 1


def _place_of_first_mark_behind(plain: str, place: int, closed: int, marks: str) -> int:
    found = (at for mark in marks if (at := plain.find(mark, place, closed)) >= 0)
    return min(found, default=closed)


def _opening_bracket_before(plain: str, place: int) -> int:
    """The place of the bracket that is open at a place, -1 for none."""
    depth = 0
    for at in range(place - 1, -1, -1):
        if plain[at] == "\n":
            return -1
        depth += (plain[at] in _CLOSING) - (plain[at] in _OPENING)
        if depth < 0:
            return at
    return -1


def _closing_bracket_after(plain: str, place: int) -> int:
    depth = 0
    for at in range(place, len(plain)):
        if plain[at] == "\n":
            return at
        depth += (plain[at] in _OPENING) - (plain[at] in _CLOSING)
        if depth < 0:
            return at
    return len(plain)
