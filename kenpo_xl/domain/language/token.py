"""Tokens: the words of a sentence with part of speech, inflection and reading."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Token(NamedTuple):
    """A word of a sentence as a morphological dictionary knows it.

    `part_of_speech` are the main class and the next one (名詞, 普通名詞); `inflection` is the form of a verb
    or adjective (連用形-一般), '' for others; `base` the dictionary form (図る for 図っ); `reading` in
    katakana (カンリ), or the surface where none is known; `start` counts characters from the beginning of the
    text. `known` is false for a word that the dictionary lacks.
    """

    surface: str
    part_of_speech: tuple[str, str]
    inflection: str
    base: str
    reading: str
    start: int
    known: bool

    @property
    def end(self) -> int:
        """The index behind the last character."""
        return self.start + len(self.surface)


class Tokenizer(Protocol):
    """Splits texts into tokens; what it returns for a text is kept by `lru_cache`."""

    def __hash__(self) -> int: ...

    def __call__(self, text: str) -> tuple[Token, ...]:
        """The tokens of a text; joined, their surfaces are the text."""

    def has_word(self, word: str) -> bool:
        """Whether the dictionary has a word; false for nothing that is a single known token."""

    def cost(self, text: str) -> int:
        """How unusual the words of a short text are in this order; lower is more usual."""

    def readings(self, word: str) -> tuple[str, ...]:
        """How the dictionary reads a word, in katakana; none for an unknown one."""
