"""The tokenizer: words with their place, class, form and reading."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator

import pytest

from kenpo_xl import tokenizer
from kenpo_xl.domain.language.token import Token
from kenpo_xl.tokenizer import available_tokenizer


def tokenize(text: str) -> tuple[Token, ...]:
    found = available_tokenizer()
    assert found is not None
    return found(text)


class TestTokenize:
    def test_words_have_class_form_and_reading(self) -> None:
        noun, particle, verb, auxiliary = tokenize("広報を図った")
        assert (noun.surface, noun.part_of_speech, noun.reading) == ("広報", ("名詞", "普通名詞"), "コウホウ")
        assert particle.part_of_speech == ("助詞", "格助詞")
        assert (verb.surface, verb.inflection, verb.base) == ("図っ", "連用形-促音便", "図る")
        assert (auxiliary.start, auxiliary.end, auxiliary.known) == (5, 6, True)

    def test_a_word_that_the_dictionary_lacks_is_not_known(self) -> None:
        assert not tokenize("鱻龘麤")[0].known

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "㈱テスト　１２\n３",
            "ﾊﾟｿｺﾝを①",
            "e\u0301が\u3099",
            "🏥で健診",
            "あ" * 12_001 + "漢" * 12_000,
        ],
    )
    def test_joined_surfaces_are_the_text(self, text: str) -> None:
        tokens = tokenize(text)
        assert "".join(token.surface for token in tokens) == text
        assert all(text[token.start : token.end] == token.surface for token in tokens)


class TestAvailability:
    @pytest.fixture(autouse=True)
    def opened_again(self) -> Iterator[None]:
        tokenizer._tokenizer_or_none.cache_clear()
        yield
        tokenizer._tokenizer_or_none.cache_clear()

    def test_none_where_it_is_not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "sudachipy", None)
        assert available_tokenizer() is None

    @pytest.mark.parametrize("error", [ImportError("DLL load failed"), OSError("damaged"), RuntimeError("?")])
    def test_none_and_a_log_entry_where_it_does_not_work(
        self, error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail() -> None:
            raise error

        monkeypatch.setattr(tokenizer, "_opened_dictionary", fail)
        assert available_tokenizer() is None
        assert "the dictionary cannot be opened" in caplog.text

    def test_it_is_opened_once_if_it_is_wanted_while_it_is_opened(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begun, opened = threading.Event(), list[str]()

        def open_slowly() -> None:
            begun.set()
            opened.append(threading.current_thread().name)
            time.sleep(0.05)
            raise ModuleNotFoundError

        monkeypatch.setattr(tokenizer, "_opened_dictionary", open_slowly)
        tokenizer.open_in_background.cache_clear()
        tokenizer.open_in_background()
        assert begun.wait(timeout=10)
        assert available_tokenizer() is None
        assert opened == ["dictionary"]


@pytest.mark.parametrize(
    ("word", "is_in_dictionary"), [("アンケート", True), ("研修", True), ("アケート", False), ("", False)]
)
def test_the_dictionary_is_asked_for_a_word(word: str, is_in_dictionary: bool) -> None:
    found = available_tokenizer()
    assert found is not None
    assert found.has_word(word) is is_in_dictionary


@pytest.mark.parametrize("text", ["…を見直した", "℉を測った", "‼"])
def test_no_token_is_empty_where_a_letter_is_analysed_as_several(text: str) -> None:
    found = available_tokenizer()
    assert found is not None
    tokens = found(text)
    assert all(one.surface for one in tokens)
    assert "".join(one.surface for one in tokens) == text
