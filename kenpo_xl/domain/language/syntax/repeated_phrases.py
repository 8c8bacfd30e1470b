"""Phrases that a sentence has twice: 参加者は、参加者が, だけでなく…だけでなく, よりに比べ."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.letters import is_hiragana, is_noun_letter
from kenpo_xl.domain.language.normalize import alternatives, places_of

_ONCE = alternatives("だけでなく|のみならず|とともに、|ものの、|に加え、|に加えて、|一方で、|と同時に、")
"""What joins two parts of a sentence, and does so once."""
_COMPARED_TWICE = (
    ("よりに比べ", "に比べ"),
    ("に比べてより", "に比べて"),
    ("に比べより", "に比べ"),
    ("と比較して比べ", "と比べ"),
    ("に対し比べ", "に比べ"),
    ("と比べてより", "と比べて"),
    ("より比べ", "と比べ"),
    ("にして対", "に対"),
    ("についてに関", "に関"),
    ("に関してについて", "について"),
    ("にむけに向け", "に向け"),
)
_LONGEST_NAME = 12
_TOPIC_AGAIN = ("が", "は", "を")


def repeated_phrases(text: str) -> Iterator[Misuse]:
    """The phrases of a text that are there twice."""
    for words, meant in _COMPARED_TWICE:
        for at in places_of(text, words):
            yield Misuse(at, at + len(words), words, meant)
    yield from _joined_twice(text)
    yield from _topics_again(text)


def _joined_twice(text: str) -> Iterator[Misuse]:
    for words in _ONCE:
        for at in places_of(text, words):
            behind = text.find(words, at + len(words))
            between = text[at + len(words) : behind] if behind >= 0 else "。"
            if "。" not in between and "\n" not in between and "「" not in between and "（" not in between:
                yield Misuse(at, behind + len(words), text[at : behind + len(words)], "")


def _topics_again(text: str) -> Iterator[Misuse]:
    """参加者は、参加者が; 対象者には対象者に."""
    for at in places_of(text, "は"):
        particle = "に" if text[max(0, at - 1) : at] == "に" else ""
        last, again = at - len(particle), at + 1 + text.startswith("、", at + 1)
        start = last
        while start and last - start < _LONGEST_NAME and is_noun_letter(text[start - 1]):
            start -= 1
        name, end = text[start:last], again + last - start
        is_same = len(name) > 1 and text.startswith(name, again)
        if (
            is_same
            and text.startswith(particle or _TOPIC_AGAIN, end)
            and not is_hiragana(text[end + 1 : end + 2] or "の")
        ):
            yield Misuse(start, end + 1, text[start : end + 1], "")
