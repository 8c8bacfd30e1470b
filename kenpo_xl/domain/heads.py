"""Heads (見出し) of a table, as drawn and as printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Head:
    """A head that spans `across` columns and `down` rows, at level `row`, `column` of its head area."""

    text: str
    row: int
    column: int
    down: int = 1
    across: int = 1
