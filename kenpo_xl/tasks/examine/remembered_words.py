"""What a dictionary finds in the texts of a book, remembered from an earlier check of the same texts.

To load and open the dictionary, to split the texts of a book, and to compare their words with those of all
other texts takes a fifth of a check. Most checks are of texts that were checked before: a number was
corrected, the report is made, the night runs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from kenpo_xl.domain.language.token import Token, Tokenizer
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.submission.typed_texts import has_private_data, typed_texts
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.parse_cache import Answers, cached_answers, store_answers
from kenpo_xl.tokenizer import open_in_background

Answer = TypeVar("Answer")
_OPENED = "is opened", ""
"""Answered where a dictionary answered: what is found without one is remembered too."""
_NOT_OPENED = "辞書を開けません。もう一度点検してください。"


class RememberedWords:
    """The answers of a dictionary on a book; it is opened for the first question that was not asked before.

    It begins to open at once, in the background, where nothing is remembered. With `is_stored` false it
    neither remembers nor stores: for a dictionary that is open anyway. `path` is that of the book: beside
    other books its copy is asked about other words.
    """

    def __init__(
        self,
        submission: Submission,
        open_dictionary: Callable[[], Tokenizer | None],
        path: Path | None = None,
        *,
        is_stored: bool,
    ) -> None:
        self._submission, self._open, self._is_stored = submission, open_dictionary, is_stored
        place = str(path.resolve()) if path else ""
        self._texts = (place, *(text for text, _ in typed_texts(submission)))
        self._remembered = cached_answers(self._texts) if is_stored else {}
        self._answers: Answers = {}
        if _OPENED not in self._remembered:
            open_in_background()

    def tokenizer(self) -> Tokenizer | None:
        """The tokenizer itself, None where no dictionary can be opened."""
        if _OPENED not in self._remembered and self._dictionary is None:
            return None
        self._answers[_OPENED] = True
        return self

    def store_new(self) -> None:
        """Store what was asked, if it is not what is stored, and the book holds nothing private."""
        is_new = self._is_stored and self._answers.keys() != self._remembered.keys()
        if is_new and not has_private_data(self._submission):
            store_answers(self._texts, self._answers)

    def __call__(self, text: str) -> tuple[Token, ...]:
        """The tokens of a text."""
        return self.remember("tokens", text, lambda: self._words(text))

    def has_word(self, word: str) -> bool:
        """Whether the dictionary has a word."""
        return self.remember("has_word", word, lambda: self._words.has_word(word))

    def cost(self, text: str) -> int:
        """How unusual the words of a short text are in this order."""
        return self.remember("cost", text, lambda: self._words.cost(text))

    def readings(self, word: str) -> tuple[str, ...]:
        """How the dictionary reads a word, in katakana."""
        return self.remember("readings", word, lambda: self._words.readings(word))

    def remember(self, question: str, text: str, make: Callable[[], Answer]) -> Answer:
        """What `make` returns, or what it returned in an earlier check to the same question on a text."""
        key = question, text
        if key not in self._answers:
            self._answers[key] = self._remembered[key] if key in self._remembered else make()
        return cast("Answer", self._answers[key])

    @cached_property
    def _dictionary(self) -> Tokenizer | None:
        return self._open()

    @property
    def _words(self) -> Tokenizer:
        """The dictionary, which a question that was not asked before needs."""
        if self._dictionary is None:  # it was damaged since
            raise KenpoError(_NOT_OPENED)
        self._answers[_OPENED] = True
        return self._dictionary
