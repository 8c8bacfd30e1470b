"""The tokenizer of Japanese sentences: SudachiPy with its small dictionary, the extra `proofread`.

Optional: without it the rules on words are reported as skipped. The dictionary (110 MB) is mapped into
memory, so processes share it; to open it takes 15 ms, hence once per process, and early.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from kenpo_xl.domain.language.token import Token, Tokenizer
from kenpo_xl.errors import log_failure

if TYPE_CHECKING:
    import sudachipy

# Sudachi refuses a text of more than 49,149 bytes of UTF-8; a character takes at most four.
_LONGEST = 12_000
_NO_INFLECTION = "*"
_KEPT = 2_048
"""Texts whose tokens and costs are kept: rules, vocabularies and books ask for the same ones."""
_KEPT_WORDS = 16_384
"""Words that are kept, with whether they are any: a katakana word may be a slip of a thousand others."""


_opening = Lock()


def available_tokenizer() -> Tokenizer | None:
    """The tokenizer, None if the extra `proofread` is not installed or does not work on this computer."""
    with _opening:
        return _tokenizer_or_none()


def is_dictionary_open() -> bool:
    """Whether the dictionary was opened in this process, or could not be."""
    return bool(_tokenizer_or_none.cache_info().currsize)


@cache
def open_in_background() -> None:
    """Begin to open the dictionary while books are read: the analyser does so without holding Python up."""
    Thread(target=available_tokenizer, name="dictionary").start()


@cache
def _tokenizer_or_none() -> Tokenizer | None:
    try:
        dictionary = _opened_dictionary()
    except ModuleNotFoundError:
        return None
    except Exception as error:  # a library that does not load or a damaged dictionary: the same as none
        log_failure("the dictionary cannot be opened", error)
        return None
    return _SudachiTokenizer(dictionary)


@cache
def dictionary_version() -> str:
    """A text that identifies the analyser and its dictionary; '' where they are not installed.

    It is made of their files: to import the analyser takes a fiftieth of a check.
    """
    found = [find_spec(name) for name in ("sudachipy", "sudachidict_small")]
    folders = [Path(one.origin).parent for one in found if one and one.origin]
    if len(folders) < len(found):
        return ""
    files = sorted(file for folder in (*folders, folders[-1] / "resources") for file in folder.glob("*.*"))
    return f"{[(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]}"


class _SudachiTokenizer:
    """The tokenizer of an opened dictionary; one thread at a time, as the analyser demands."""

    def __init__(self, dictionary: sudachipy.Dictionary) -> None:
        self._dictionary, self._lock = dictionary, Lock()
        self._analyser = dictionary.tokenizer()
        self._kept_tokens = lru_cache(maxsize=_KEPT)(self._tokens_of_text)
        self._kept_readings = lru_cache(maxsize=_KEPT)(self._readings_of_word)
        self._kept_costs = lru_cache(maxsize=_KEPT)(self._cost_of_text)
        self._kept_words = lru_cache(maxsize=_KEPT_WORDS)(self._has_word)
        self._classes: dict[int, tuple[tuple[str, str], str]] = {}

    def __call__(self, text: str) -> tuple[Token, ...]:
        """The tokens of a text; a long one is split into pieces."""
        return self._kept_tokens(text)

    def _tokens_of_text(self, text: str) -> tuple[Token, ...]:
        with self._lock:
            return tuple(
                token
                for start in range(0, len(text), _LONGEST)
                for token in self._tokens_of_piece(text, start)
            )

    def has_word(self, word: str) -> bool:
        """Whether the dictionary has a word."""
        return self._kept_words(word)

    def _has_word(self, word: str) -> bool:
        with self._lock:
            return len(self._dictionary.lookup(word)) > 0

    def readings(self, word: str) -> tuple[str, ...]:
        """How the dictionary reads a word, in katakana."""
        return self._kept_readings(word)

    def _readings_of_word(self, word: str) -> tuple[str, ...]:
        with self._lock:
            return tuple(dict.fromkeys(one.reading_form() for one in self._dictionary.lookup(word)))

    def cost(self, text: str) -> int:
        """The cost of the cheapest path through the dictionary."""
        return self._kept_costs(text)

    def _cost_of_text(self, text: str) -> int:
        with self._lock:
            return int(self._analyser.tokenize(text[:_LONGEST]).get_internal_cost())

    def _tokens_of_piece(self, text: str, start: int) -> Iterator[Token]:
        """The tokens of a piece of a text, the longest units that the dictionary knows."""
        for morpheme in self._analyser.tokenize(text[start : start + _LONGEST]):
            if morpheme.begin() == morpheme.end():
                continue  # a second part of one letter, as of ㍻
            part_of_speech, inflection = self._class_of(morpheme)
            yield Token(
                morpheme.surface(),
                part_of_speech,
                inflection,
                morpheme.dictionary_form(),
                morpheme.reading_form(),
                start + morpheme.begin(),
                not morpheme.is_oov(),
            )

    def _class_of(self, morpheme: sudachipy.Morpheme) -> tuple[tuple[str, str], str]:
        """Part of speech and inflection, taken from the dictionary once for each class of words."""
        number = morpheme.part_of_speech_id()
        if number not in self._classes:
            word = morpheme.part_of_speech()
            self._classes[number] = word[:2], "" if word[5] == _NO_INFLECTION else word[5]
        return self._classes[number]


def _opened_dictionary() -> sudachipy.Dictionary:
    from sudachipy import Dictionary

    return Dictionary(dict="small")
