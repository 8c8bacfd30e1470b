"""What is behind a number that says what it counts: 191人が登録, 21件の見守りの通報があった."""

from __future__ import annotations

from itertools import takewhile

from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern

_NAME_BEHIND = LazyPattern(
    r"\s*の(?P<name>(?!う|内|中|方|者|増|減|差)[^。、はがをもにで\d()]{2,20})[がをはに]", needs="の"
)
_PARTICLES, _LONGEST_NOUN = ("が", "に", "を", "へ", "の", "から", "に対し", "で", ""), 8


def name_behind(tail: str) -> str:
    """What a number is of that leads to its name: 21件の見守りの通報があった."""
    found = _NAME_BEHIND.match(tail)
    return normalized(found["name"]) if found else ""


def noun_behind(tail: str) -> str:
    """The two to eight kanji or katakana letters behind a particle, '' without them."""
    for particle in _PARTICLES:
        if tail.startswith(particle):
            letters = tail[len(particle) : len(particle) + _LONGEST_NOUN]
            noun = "".join(takewhile(is_noun_letter, letters))
            if len(noun) > 1:
                return noun
    return ""
