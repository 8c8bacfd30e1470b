"""The tokenizer of Japanese sentences: SudachiPy with its small dictionary, the extra `proofread`.

Optional: without it the rules on words are reported as skipped. The dictionary (110 MB) is mapped into
memory, so processes share it; to open it takes 50 ms, hence once per process.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from kenpo_xl.domain.language.token import Token, Tokenizer
from kenpo_xl.errors import log_failure

if TYPE_CHECKING:
    import sudachipy

# Sudachi refuses a text of more than 49,149 bytes of UTF-8; a character takes at most four.
_LONGEST = 12_000
_NO_INFLECTION = "*"


@cache
def available_tokenizer() -> Tokenizer | None:
    """The tokenizer, None if the extra `proofread` is not installed or does not work on this computer."""
    try:
        analyser = _opened_dictionary()
    except ModuleNotFoundError:
        return None
    except Exception as error:  # a library that does not load or a damaged dictionary: the same as none
        log_failure("the dictionary cannot be opened", error)
        return None
    return _SudachiTokenizer(analyser)


@cache
def dictionary_version() -> str:
    """A text that identifies the analyser and its dictionary; '' where they are not installed."""
    found = find_spec("sudachidict_small")
    if found is None or found.origin is None:
        return ""
    import sudachipy

    folder = Path(found.origin).parent / "resources"
    sizes = [f"{one.name} {one.stat().st_size}" for one in sorted(folder.glob("*.dic"))]
    return f"{sudachipy.__version__} {sizes}"


class _SudachiTokenizer:
    """The tokenizer of an opened dictionary; one thread at a time, as the analyser demands."""

    def __init__(self, analyser: sudachipy.Tokenizer) -> None:
        self._analyser, self._lock = analyser, Lock()

    def __call__(self, text: str) -> tuple[Token, ...]:
        """The tokens of a text; a long one is split into pieces."""
        with self._lock:
            return tuple(
                token
                for start in range(0, len(text), _LONGEST)
                for token in _tokens_of(self._analyser, text, start)
            )

    def cost(self, text: str) -> int:
        """The cost of the cheapest path through the dictionary."""
        with self._lock:
            return int(self._analyser.tokenize(text[:_LONGEST]).get_internal_cost())


def _opened_dictionary() -> sudachipy.Tokenizer:
    from sudachipy import Dictionary, SplitMode

    return Dictionary(dict="small").tokenizer(SplitMode.C)


def _tokens_of(analyser: sudachipy.Tokenizer, text: str, start: int) -> list[Token]:
    """The tokens of a piece of a text, the longest units that the dictionary knows."""
    tokens = []
    for morpheme in analyser.tokenize(text[start : start + _LONGEST]):
        word = morpheme.part_of_speech()
        tokens.append(
            Token(
                surface=morpheme.surface(),
                part_of_speech=word[:2],
                inflection="" if word[5] == _NO_INFLECTION else word[5],
                base=morpheme.dictionary_form(),
                reading=morpheme.reading_form(),
                start=start + morpheme.begin(),
                known=not morpheme.is_oov(),
            )
        )
    return tokens
