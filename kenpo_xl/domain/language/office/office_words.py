"""The vocabulary of offices: which words it has, by reading and by what they are."""

from __future__ import annotations

from functools import cache

from kenpo_xl.domain.frozen import frozen


@frozen
class OfficeWords:
    """The words by reading; `acts` are verbal nouns, `actors` persons and bodies that do something."""

    words: frozenset[str]
    by_reading: dict[str, list[str]]
    acts: frozenset[str]
    acts_on_things: frozenset[str]
    actors: frozenset[str]
    things: frozenset[str]


@cache
def office_words() -> OfficeWords:
    """The vocabulary, read once."""
    from kenpo_xl.domain.language.office.acts import ACTS_ON_THINGS
    from kenpo_xl.domain.language.office.further_words import FURTHER_WORDS
    from kenpo_xl.domain.language.office.happenings import HAPPENINGS
    from kenpo_xl.domain.language.office.matters import MATTERS
    from kenpo_xl.domain.language.office.persons import PERSONS
    from kenpo_xl.domain.language.office.qualities import QUALITIES
    from kenpo_xl.domain.language.office.things import THINGS

    by_reading: dict[str, list[str]] = {}
    acts_on_things = _add(ACTS_ON_THINGS, by_reading)
    acts = [*acts_on_things, *_add(HAPPENINGS, by_reading)]
    actors, things = _add(PERSONS, by_reading), _add(THINGS, by_reading)
    others = [word for text in (MATTERS, QUALITIES, FURTHER_WORDS) for word in _add(text, by_reading)]
    words = frozenset((*acts, *actors, *things, *others))
    return OfficeWords(
        words,
        by_reading,
        frozenset(acts),
        frozenset(acts_on_things),
        frozenset(actors),
        frozenset(things),
    )


def _add(text: str, by_reading: dict[str, list[str]]) -> list[str]:
    """The words of a text of entries (`reading=word,word`), which are added to those by reading."""
    found: list[str] = []
    for entry in text.split():
        reading, _, listed = entry.partition("=")
        words = listed.split(",")
        by_reading.setdefault(reading, []).extend(words)
        found += words
    return found
