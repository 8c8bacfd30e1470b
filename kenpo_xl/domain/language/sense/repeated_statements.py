"""Clauses that state the same thing twice in other words: 6月に説明会を開催し、6月に説明会を開催した."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import RUNS, is_hiragana, is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, half_width
from kenpo_xl.domain.text_span import TextSpan

# Nouns that say nothing of what was done.
_EMPTY = frozenset(
    alternatives("対|等|行|併|更|同|旨|際|後|際|上|中|向|引|続|者|的|他|方|当|各|再度|結果|図|実施")
)
_VERB_ENDS = AnyOf(
    "し、|した|して|する|った|って|り、|い、|んだ|るととも|ほか|され|れた|いた|うえ|上で|しつつ|せた|けた"
)
_CASES = ("を", "に", "へ", "が", "で", "と", "から", "まで")
_FEWEST_WORDS, _FEWEST_LETTERS, _MOST_CLAUSES, _LONGEST_RUN = 3, 7, 40, 3
_TO_COMPARE = AnyOf("前年|昨年|目標|それぞれ|または|又は|場合|一方")


@frozen
class _Clause:
    start: int
    end: int
    words: frozenset[str]
    text: str


def repeated_statements(text: str) -> Iterator[TextSpan]:
    """Start and end of the second of two runs of clauses that hold the same words, at least three.

    Each run has a case and ends in a verb. Words are runs of kanji, katakana, Latin letters and digits; other
    figures, dates or persons make another thing of it.
    """
    runs_of_letters = RUNS.findall(text)
    if len(runs_of_letters) - len(set(runs_of_letters)) < 2:
        return
    clauses = tuple(_clauses_of_text(text))[:_MOST_CLAUSES]
    if len(clauses) < 2 or not _has_any_pair_of_clauses(clauses):
        return
    for first, last in _clause_ranges(0, len(clauses)):
        words = _words_of_clauses(clauses[first:last])
        if not _are_words_about_thing(words, text[clauses[first].start : clauses[last - 1].end]):
            continue
        again = _repeated_clause_range(text, clauses, words, last)
        if again:
            yield clauses[again[0]].start, clauses[again[1] - 1].end
            return


def _clause_ranges(first: int, end: int) -> Iterator[tuple[int, int]]:
    """Where runs of at most three clauses begin and end."""
    return ((one, last) for one, last in combinations(range(first, end + 1), 2) if last - one <= _LONGEST_RUN)


def _repeated_clause_range(
    text: str, clauses: Sequence[_Clause], words: frozenset[str], behind: int
) -> tuple[int, int] | None:
    """The first run of clauses from a place on that says the same as others."""
    runs = _clause_ranges(behind, len(clauses))
    return next((run for run in runs if _are_words_in_clauses(text, clauses[slice(*run)], words)), None)


def _are_words_in_clauses(text: str, clauses: Sequence[_Clause], words: frozenset[str]) -> bool:
    """Whether clauses hold the same words as others, and compare them with nothing."""
    if _words_of_clauses(clauses) != words:
        return False
    again = text[clauses[0].start : clauses[-1].end]
    return _are_words_about_thing(words, again) and not _TO_COMPARE.is_in(again)


def _has_any_pair_of_clauses(clauses: Sequence[_Clause]) -> bool:
    """Whether any two clauses share two words: cheaper than all runs."""
    return any(len(one.words & other.words) > 1 for one, other in combinations(clauses, 2))


def _words_of_clauses(clauses: Sequence[_Clause]) -> frozenset[str]:
    return frozenset().union(*(one.words for one in clauses))


def _are_words_about_thing(words: frozenset[str], text: str) -> bool:
    """Whether words are enough to state one thing, and their text states it in a case and a verb."""
    is_enough = len(words) >= _FEWEST_WORDS and sum(map(len, words)) >= _FEWEST_LETTERS
    return is_enough and any(case in text for case in _CASES) and _VERB_ENDS.is_in(text)


def _clauses_of_text(text: str) -> Iterator[_Clause]:
    """The clauses of a text, divided at 、 and 。, those in brackets with what is before them."""
    start = depth = 0
    for at, letter in enumerate(text):
        depth += (letter in "(（「") - (letter in ")）」")
        if (letter in "、。\n" and depth <= 0) or at == len(text) - 1:
            clause = text[start : at + 1]
            if words := frozenset(_content_words(clause)):
                yield _Clause(start, at + 1, words, clause)
            start = at + 1


def _content_words(clause: str) -> Iterator[str]:
    """The runs of letters of nouns, and of digits and Latin letters, that say something."""
    plain = half_width(clause)
    start = 0
    for at in range(1, len(plain) + 1):
        if at == len(plain) or _kind_of_letter(plain[at]) != _kind_of_letter(plain[start]):
            word = plain[start:at]
            if _kind_of_letter(word[0]) and word not in _EMPTY:
                yield word
            start = at


def _kind_of_letter(letter: str) -> int:
    """1 for letters of nouns and digits, 0 for kana, signs and blanks."""
    return int(is_noun_letter(letter) or (letter.isalnum() and not is_hiragana(letter)))
