"""Sentences wrapped to the lines of a terminal, where Japanese letters take two columns."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator

from kenpo_xl.domain.lazy_patterns import LazyPattern

_WIDE = "WFA"
# A piece that stays on one line: a word of half-width letters, or one letter with its brackets and stops.
_PIECE = LazyPattern(r"\s|[（「『【〔《]*(?:[!-~]+|\S)[、。，．：；）」』】〕》々ー]*")


def width_of(text: str) -> int:
    """The width of a text in columns of a terminal; Japanese letters take two (Unicode UAX #11)."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in _WIDE)
        for letter in text
    )


def wrapped(text: str, width: int | None, indent: str, first: str = "") -> Iterator[str]:
    """The lines of a text, at most `width` columns wide (None: no limit).

    The first line begins with `first`, each further one with `indent`.
    """
    if not width:
        yield (first + text.lstrip()).rstrip()
        return
    line, begun = first, False
    for part in _line_pieces(text, width - width_of(indent)):
        if line.strip() and width_of(line + part) > width:
            yield line.rstrip()
            line, begun = indent, False
        if begun or not part.isspace():
            line, begun = line + part, True
    yield line.rstrip()


def _line_pieces(text: str, max_width: int) -> Iterator[str]:
    """The pieces of a text that a line may end after; a piece wider than `max_width` columns is split."""
    for piece in _PIECE.findall(text):
        yield from piece if width_of(piece) > max_width else [piece]


def terminal_width() -> int | None:
    """The columns of the terminal; None for other output, which is not wrapped."""
    columns = shutil.get_terminal_size((0, 0)).columns
    # A console of Windows starts a new line after the last column.
    return columns - 1 if columns else None
