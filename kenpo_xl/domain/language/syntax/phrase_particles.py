"""Another particle before 対し, 関する, 基づき: 事業所を対し, 未提出の対し, 計画を基づき."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.misuse import Misuse
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import alternatives, places_of

_PHRASES = (
    ("を", "対し、|対して|対する|関し|基づき|基づく|基づいて|応じ|際し|よって、|係る|つき、"),
    ("の", "対し|関し|関する|基づき|基づく|基づいて|応じ|際し、|伴い|おける|よる|よって|係る"),
    ("が", "対し、|対して|関し、|関する|基づき|基づいて|際し"),
    ("へ", "対し|関し|関する|基づき|基づいて|おける"),
    ("で", "対し、|対して|関する|基づき|基づいて|おける"),
    ("と", "基づき|基づいて|応じて|際して"),
)


def wrong_phrase_particles(text: str) -> Iterator[Misuse]:
    """The particles behind a noun and before a phrase that takes に."""
    for particle, phrases in _PHRASES:
        for phrase in alternatives(phrases):
            for at in places_of(text, particle + phrase):
                if at and (is_noun_letter(text[at - 1]) or text[at - 1] in "」）)"):
                    words = text[max(0, at - 2) : at]
                    behind = phrase.rstrip("、")
                    yield Misuse(at, at + 1 + len(behind), words + particle + behind, f"{words}に{behind}")
