"""The vocabulary of offices: which words it has, by reading and by what they are."""

from __future__ import annotations

from functools import cache, cached_property


class OfficeWords:
    """Words by what they are, each with its reading in an entry `reading=word,word` of a text."""

    def __init__(self, acts_on_things: str, happenings: str, actors: str, things: str, *others: str) -> None:
        self._texts = (acts_on_things, happenings, actors, things, *others)
        self._by_reading = list(map(_words_by_reading, self._texts))
        self.words = _words_listed_in(" ".join(self._texts))

    def words_with_reading(self, reading: str) -> list[str]:
        """The words that read so."""
        found = [part[reading] for part in self._by_reading if reading in part]
        return ",".join(found).split(",") if found else []

    def words_and_readings_with(self, letter: str) -> list[tuple[str, str]]:
        """The words of two letters that hold a letter, each with its reading."""
        return [
            (word, reading)
            for part in self._by_reading
            for reading, words in part.items()
            if letter in words
            for word in words.split(",")
            if letter in word and len(word) == 2
        ]

    @cached_property
    def acts_on_things(self) -> frozenset[str]:
        """Verbal nouns with an object: 実施, 送付."""
        return _words_listed_in(self._texts[0])

    @cached_property
    def acts(self) -> frozenset[str]:
        """Verbal nouns: 実施, 参加."""
        return self.acts_on_things | _words_listed_in(self._texts[1])

    @cached_property
    def actors(self) -> frozenset[str]:
        """Persons and bodies that do something: 支部, 事業主."""
        return _words_listed_in(self._texts[2])

    @cached_property
    def things(self) -> frozenset[str]:
        """What is made, sent, paid or held: 文書, 講座."""
        return _words_listed_in(self._texts[3])


def _words_by_reading(text: str) -> dict[str, str]:
    entries = (entry.partition("=") for entry in text.split())
    return {reading: words for reading, _, words in entries}


def _words_listed_in(text: str) -> frozenset[str]:
    """The words of some entries; their readings too, which are written as no word is."""
    return frozenset(text.replace("=", " ").replace(",", " ").split())


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

    return OfficeWords(ACTS_ON_THINGS, HAPPENINGS, PERSONS, THINGS, MATTERS, QUALITIES, FURTHER_WORDS)
