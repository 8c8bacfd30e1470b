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
    yield from _repeated_joined_words(text)
    yield from _repeated_topics(text)
    yield from _repeated_adverbs(text)
    yield from _repeated_matters(text)


_ADVERBS = alternatives(
    "毎月|毎年|毎週|毎日|毎回|順次|適宜|随時|個別に|計画的に|定期的に|積極的に|速やかに|確実に|着実に|引き続き|新たに|改めて|併せて|それぞれ"
    "|重点的に|継続的に|効果的に|効率的に|一斉に|直接|再度|事前に"
)
_LONGEST_BETWEEN = 24
_PREDICATES = (
    "し、",
    "た",
    "る",
    "て",
    "い、",
    "り、",
    "き、",
    "を、",
    "が",
    "は",
    "。",
    "\n",
    "や",
    "及び",
)


def _repeated_adverbs(text: str) -> Iterator[Misuse]:
    """毎月、計画的に毎月実施: an adverb twice before one verb."""
    for word in _ADVERBS:
        for at in places_of(text, word):
            start = at + len(word)
            again = text.find(word, start, start + _LONGEST_BETWEEN)
            between = text[start:again] if again >= 0 else "。"
            if between and between[0] not in "のに" and not any(one in between for one in _PREDICATES):
                yield Misuse(at, again + len(word), text[at : again + len(word)], word)


_ABOUT = alternatives(
    "について、|について|に関して、|に関して|に対して、|に対して|に対し、|を対象に、|を対象に|に向けて、|に向けて"
)


def _repeated_matters(text: str) -> Iterator[Misuse]:
    """取組について、取組について; 議論について議論."""
    for about in _ABOUT:
        for at in places_of(text, about):
            start = at
            while start and at - start < _LONGEST_NAME and is_noun_letter(text[start - 1]):
                start -= 1
            name, end = text[start:at], at + len(about)
            if len(name) > 1 and text.startswith(name, end) and text.startswith(_AGAIN, end + len(name)):
                yield Misuse(start, end + len(name), text[start : end + len(name)], name)


_AGAIN = ("について", "に関", "に対", "を対象", "に向け", "し", "。", "を行", "を実施")


def _repeated_joined_words(text: str) -> Iterator[Misuse]:
    for words in _ONCE:
        for at in places_of(text, words):
            behind = text.find(words, at + len(words))
            between = text[at + len(words) : behind] if behind >= 0 else "。"
            if "。" not in between and "\n" not in between and "「" not in between and "（" not in between:
                yield Misuse(at, behind + len(words), text[at : behind + len(words)], "")


def _repeated_topics(text: str) -> Iterator[Misuse]:
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
