"""A repair of a cell, and a reported cell that is left to a person."""

from __future__ import annotations

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.source import Source


@frozen
class Repair:
    """A cell with a repair: its content, the correct one as text, and the rule that reports it.

    `figure` is the computed one whose formula is restored, None for any other repair.
    """

    edit: CellEdit
    before: str
    after: str
    code: str
    figure: Figure | None = None


@frozen
class UnrepairedCell:
    """A reported cell that is not repaired: its content, and the reason."""

    source: Source
    before: str
    reason: str
