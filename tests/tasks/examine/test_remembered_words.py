"""The dictionary is opened once for the same texts, and never for what it must not remember."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.language.token import Tokenizer
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.examine import remembered_words
from kenpo_xl.tasks.examine.remembered_words import RememberedWords
from kenpo_xl.tasks.period.parse_cache import Answers, cached_answers
from kenpo_xl.tokenizer import available_tokenizer
from tests.paths import SAMPLE

BOOK = "保健グループ.xlsm"
QUESTIONS: dict[str, Callable[[Tokenizer], object]] = {
    "tokens": lambda words: words("周知を図った。"),
    "has_word": lambda words: words.has_word("周知"),
    "cost": lambda words: words.cost("周知を"),
    "readings": lambda words: words.readings("周"),
}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "kenpo-xl"


@pytest.fixture(scope="module")
def book() -> Submission:
    return read_submission(SAMPLE / "提出" / BOOK, read_plan(SAMPLE / "計画.xlsx"))


def _answers(
    book: Submission, opened: Callable[[], Tokenizer | None], *, is_stored: bool = True
) -> dict[str, object]:
    words = RememberedWords(book, opened, is_stored=is_stored)
    found = {name: ask(words) for name, ask in QUESTIONS.items()}
    words.store_new()
    return found


def _with_text(book: Submission, text: str) -> Submission:
    """The book with another first line."""
    first = next(item for item in book.items if item.lines)
    lines = replace(first.lines[0], text=text), *first.lines[1:]
    items = (replace(one, lines=lines) if one is first else one for one in book.items)
    return replace(book, items=tuple(items))


def _never() -> Tokenizer | None:
    raise AssertionError("it is not opened")


def test_the_same_texts_need_no_dictionary(book: Submission) -> None:
    first = _answers(book, available_tokenizer)
    real = available_tokenizer()
    assert real is not None
    assert first == {name: ask(real) for name, ask in QUESTIONS.items()}
    assert _answers(book, _never) == first


def test_another_text_is_asked_again(book: Submission) -> None:
    _answers(book, available_tokenizer)
    with pytest.raises(AssertionError, match="it is not opened"):
        _answers(_with_text(book, "別の文です。"), _never)


def test_a_further_question_opens_it_and_is_remembered_too(book: Submission) -> None:
    _answers(book, available_tokenizer)
    words = RememberedWords(book, available_tokenizer, is_stored=True)
    assert words.has_word("研修")
    words.store_new()
    assert RememberedWords(book, _never, is_stored=True).has_word("研修")


def test_what_was_found_beside_the_same_texts_is_remembered(book: Submission) -> None:
    words = RememberedWords(book, available_tokenizer, is_stored=True)
    assert words.remember("slips", "digest", lambda: [("周",)]) == [("周",)]
    words.store_new()
    again = RememberedWords(book, _never, is_stored=True)
    assert again.remember("slips", "digest", list) == [("周",)]
    assert again.remember("slips", "digest of other texts", list) == []


def test_what_is_not_asked_any_more_is_forgotten(book: Submission) -> None:
    _answers(book, available_tokenizer)
    words = RememberedWords(book, _never, is_stored=True)
    words.has_word("周知")
    words.store_new()
    with pytest.raises(AssertionError, match="it is not opened"):
        RememberedWords(book, _never, is_stored=True).cost("周知を")


def test_nothing_private_is_stored(book: Submission, cache: Path) -> None:
    _answers(_with_text(book, "電話は048-123-4567です。"), available_tokenizer)
    assert not cache.exists()


def test_nothing_is_stored_for_a_dictionary_that_is_open_anyway(book: Submission, cache: Path) -> None:
    _answers(book, available_tokenizer, is_stored=False)
    assert not cache.exists()


def test_no_tokenizer_without_a_dictionary(book: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    assert RememberedWords(book, lambda: None, is_stored=True).tokenizer() is None
    _answers(book, available_tokenizer)
    monkeypatch.setattr("kenpo_xl.tasks.period.parse_cache.dictionary_version", str)
    assert RememberedWords(book, lambda: None, is_stored=True).tokenizer() is None


def test_what_is_found_without_a_dictionary_is_remembered_too(
    book: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kenpo_xl.tasks.period.parse_cache.dictionary_version", str)
    for found in (["周"], []):
        words = RememberedWords(book, lambda: None, is_stored=True)
        assert words.tokenizer() is None
        assert words.remember("slips", "digest", lambda found=found: found) == ["周"]
        words.store_new()


def test_a_dictionary_that_was_damaged_since_is_an_error(book: Submission) -> None:
    _answers(book, available_tokenizer)
    words = RememberedWords(book, lambda: None, is_stored=True).tokenizer()
    assert words is not None
    with pytest.raises(KenpoError, match="辞書を開けません"):
        words.cost("別の文")


def test_a_second_check_finds_the_same_without_opening_it(
    period: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kenpo_xl.tasks.check_session.is_dictionary_open", lambda: False)
    first, second = (check_books([period / "提出" / BOOK]) for _ in range(2))
    assert any(one.code.startswith("WO") for one in first.books[0].findings)
    monkeypatch.setattr("kenpo_xl.tasks.check_session.available_tokenizer", _never)
    monkeypatch.setattr(remembered_words, "open_in_background", _never)
    third = check_books([period / "提出" / BOOK])
    assert first == second == third


@pytest.mark.parametrize("path", sorted((SAMPLE / "提出").glob("*.xlsm")), ids=lambda path: path.stem)
def test_all_that_is_found_in_a_book_is_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that remembers a value of another package than the domain would make all answers unreadable."""
    monkeypatch.setattr("kenpo_xl.tasks.check_session.is_dictionary_open", lambda: False)
    first = check_books([path])
    read: list[int] = []

    def recorded(texts: Sequence[str]) -> Answers:
        answers = cached_answers(texts)
        read.append(len(answers))
        return answers

    monkeypatch.setattr(remembered_words, "cached_answers", recorded)
    assert check_books([path]) == first
    assert all(read)
