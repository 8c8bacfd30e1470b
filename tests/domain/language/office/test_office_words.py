"""The office vocabulary: each word once in its part, with the reading that the dictionary gives it."""

from __future__ import annotations

from kenpo_xl.domain.language.office.office_words import office_words
from kenpo_xl.tokenizer import available_tokenizer

FEWEST = 6000


def test_the_vocabulary_is_large() -> None:
    words = office_words()
    assert len(words.words) >= FEWEST
    assert {"実施", "面談", "受診率", "迅速"} <= words.words
    assert words.acts_on_things < words.acts < words.words
    assert "参加" in words.acts - words.acts_on_things
    assert not words.acts & words.actors
    assert not words.things & words.actors


def test_the_readings_are_those_of_the_dictionary() -> None:
    tokenizer = available_tokenizer()
    assert tokenizer is not None
    listed = [(reading, word) for reading, words in office_words().by_reading.items() for word in words]
    assert len(listed) == len({word for _, word in listed})
    for reading, word in listed:
        assert reading == "".join(token.reading for token in tokenizer(word)), word
