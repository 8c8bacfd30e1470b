"""The office vocabulary: each word once in its part, with the reading that the dictionary gives it."""

from __future__ import annotations

from kenpo_xl.domain.language.letters import is_hiragana, is_kanji
from kenpo_xl.domain.language.office.office_words import office_words
from kenpo_xl.tokenizer import available_tokenizer

FEWEST = 6000


def test_the_vocabulary_is_large() -> None:
    words = office_words()
    assert len(words.words) >= FEWEST
    assert {"実施", "面談", "受診率", "迅速"} <= words.words
    assert words.acts_on_things < words.acts < words.words
    assert "参加" in words.acts - words.acts_on_things
    for one, other in ((words.acts, words.actors), (words.things, words.actors)):
        assert [word for word in one & other if is_kanji(word[0])] == []


def test_the_readings_are_those_of_the_dictionary() -> None:
    tokenizer = available_tokenizer()
    assert tokenizer is not None
    listed = sorted(word for word in office_words().words if is_kanji(word[0]) or is_hiragana(word[0]))
    assert len(listed) >= FEWEST
    for word in listed:
        reading = "".join(token.reading for token in tokenizer(word))
        assert office_words().words_with_reading(reading).count(word) == 1, word


def test_words_by_reading_and_by_letter() -> None:
    words = office_words()
    assert set(words.words_with_reading("シンギ")) == {"審議", "真偽", "信義"}
    assert words.words_with_reading("ソンナヨミ") == []
    assert words.words_and_readings_with("貿") == [("貿易", "ボウエキ")]
