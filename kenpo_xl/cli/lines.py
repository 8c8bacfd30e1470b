"""Sentences as lines of a terminal, where Japanese letters take two columns."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator

from kenpo_xl.domain.lazy_patterns import LazyPattern

_WIDE = "WFA"
# What may be parted at the end of a line: a word of half-width letters, or one letter with the brackets and
# stops that belong to it.
_PIECE = LazyPattern(r"\s|[（「『【〔《]*(?:[!-~]+|\S)[、。，．：；）」』】〕》々ー]*")


def width_of(text: str) -> int:
    """How many columns of a terminal a text takes; letters of the Japanese kind take two."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in _WIDE)
        for letter in text
    )


def wrapped(text: str, width: int | None, indent: str, first: str = "") -> Iterator[str]:
    """The lines of a text, none wider than `width` (None: no limit), after `first`, then after `indent`."""
    if not width:
        yield (first + text.lstrip()).rstrip()
        return
    line, begun = first, False
    for part in _parts(text, width - width_of(indent)):
        if line.strip() and width_of(line + part) > width:
            yield line.rstrip()
            line, begun = indent, False
        if begun or not part.isspace():
            line, begun = line + part, True
    yield line.rstrip()


def _parts(text: str, room: int) -> Iterator[str]:
    """The pieces that a line may end behind, letter by letter where a piece is too long for a line."""
    for piece in _PIECE.findall(text):
        yield from piece if width_of(piece) > room else [piece]


def terminal_width() -> int | None:
    """The columns of the terminal; None where the output goes elsewhere, which is not parted into lines."""
    columns = shutil.get_terminal_size((0, 0)).columns
    # A console of Windows begins a new line by itself behind the last column.
    return columns - 1 if columns else None
