"""Full names without an honorific and without a role: 未納が続いている田中美咲に対し, 小林 由美子の家族."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.language.letters import is_kanji, noun_runs
from kenpo_xl.domain.text_span import TextSpan

_BEHIND = tuple("にのはをがとへも、（( 　")
_FAMILY, _GIVEN = (2, 3), (2, 3)
"""How many letters there are in names that no other word is likely to have."""


def bare_name_spans(
    text: str, family_names: frozenset[str], given_letters: frozenset[str]
) -> Iterator[TextSpan]:
    """Start and end of each run of kanji, or two with a blank between, that is a frequent full name."""
    before = (0, "")
    for start, run in noun_runs(text):
        end, first, family = start + len(run), *before
        before = start, run
        if not text.startswith(_BEHIND, end) or not all(map(is_kanji, run)):
            continue
        if any(_is_full_name(run[:at], run[at:], family_names, given_letters) for at in _FAMILY):
            yield start, end
        is_apart = text[first + len(family) : start] in (" ", "\u3000")
        if is_apart and _is_full_name(family, run, family_names, given_letters):
            yield first, end


def _is_full_name(family: str, given: str, family_names: frozenset[str], letters: frozenset[str]) -> bool:
    is_family = len(family) in _FAMILY and family in family_names
    return is_family and len(given) in _GIVEN and letters.issuperset(given)
