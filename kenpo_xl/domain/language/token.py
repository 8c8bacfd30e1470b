"""Tokens: the words of a sentence with part of speech, inflection and reading."""

from __future__ import annotations

from collections.abc import Callable

from kenpo_xl.domain.frozen import frozen


@frozen
class Token:
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


Tokenizer = Callable[[str], tuple[Token, ...]]
"""Splits a text into tokens; joined, their surfaces are the text."""
