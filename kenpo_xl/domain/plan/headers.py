"""Heads (見出し) of a table, as drawn and as printed."""

from __future__ import annotations

from dataclasses import field

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.source import Source

BETWEEN_LEVELS = "＞"
"""Between the levels of a header in the short name that comes from it."""


@frozen
class Header:
    """A header that spans `across` columns and `down` rows, at level `row`, `column` of its header area.

    `sources` are the cells that the numbers in its text came from, where it is printed.
    """

    text: str
    row: int
    column: int
    down: int = 1
    across: int = 1
    sources: tuple[Source, ...] = field(default=(), compare=False)
