"""Full stops within a sentence: 説明会を開催し。参加者は, 事業所を訪問して。協力を."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.grammar.usual_nouns import ACTIONS
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import alternatives, places_of
from kenpo_xl.domain.text_span import TextSpan

_OPEN = alternatives(
    "を行い|を図り|を進め|を求め|を設け|を高め|を深め|を促し|を開き|を送り|を配り|を受け|を踏まえ|を通じ|に努め|に基づき|に応じ|に伴い"
    "|のうえ|した上|したうえ|に際し|に当たり|にあたり|を通して|をもって|に基づく|に関する|に係る|に対する|における"
    "|に対し|に関し|について|において|により|に対しては|については|には|では|からは|までは|とともに|ことから|ものの|ながら|ほか"
    "|および|及び|または|又は|ため、"
)
_TE, _WHOLE = (
    "て",
    alternatives(
        "すべて|全て|初めて|立て|建て|当て|宛て|育て|手当て|捨て|果て|あて|とって|として|もって|併せて|改めて"
    ),
)
_ACT = 2
_CASES = frozenset("をがへ")
"""Particles that no sentence ends with behind a noun."""


def broken_stops(text: str) -> Iterator[TextSpan]:
    """The last letters before each full stop that ends no sentence, where another one follows it."""
    for at in places_of(text, "。"):
        behind = text[at + 1 : at + 2]
        if not behind or behind in "\n」』）) \u3000":
            continue
        end = _open_end_of_words(text[max(0, at - 8) : at])
        start = max(text.rfind("\n", 0, at), text.rfind("。", 0, at)) + 1
        if end and text.count("「", start, at) == text.count("」", start, at) and at - start > len(end) + 1:
            yield at - len(end), at + 1


def _open_end_of_words(words: str) -> str:
    """The end of words that a sentence goes on behind, '' for none."""
    if words.endswith(_TE) and not words.endswith(_WHOLE):
        return words[-2:]
    if words.endswith("し") and words[-_ACT - 1 : -1] in ACTIONS:
        return words[-_ACT - 1 :]
    if words.endswith("を") or (words[-1:] in _CASES and is_noun_letter(words[-2:-1])):
        return words[-2:]
    return next((one for one in _OPEN if words.endswith(one)), "")
