"""What an office already knows of a book before it is filled: values placed into its cells, and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.converted import ConvertedValue
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.submission.uncertain import UncertainValue
from kenpo_xl.domain.time.span import Span

CellKey = tuple[FigureId, str]
"""The identity of a cell, with the entity of its row in an open list."""


@frozen
class CarriedValue:
    """A value that an earlier report gave: `origin` names that report, `source` its cell.

    `span` are the months that a number covers, None for a text.
    """

    value: Decimal | str
    origin: str
    source: Source | None = None
    span: Span | None = None


@frozen
class UnplacedValue:
    """Something typed for which the plan has no place now: what it was (`identity`), and its cell.

    `reason` says why, where it is not simply gone from the plan. `place` is the cell in words, where only
    these are known.
    """

    identity: str
    value: Decimal | str
    source: Source | None = None
    reason: str = ""
    place: str = ""

    @property
    def place_text(self) -> str:
        """The cell in words: 業務グループ.xlsm 1-2-2!D10."""
        return str(self.source) if self.source else self.place


@frozen
class CarriedBook:
    """The known content of a group's book, and where each value in its tables was reported.

    `unplaced` is what the book before held and the plan has no place for, `converted` the cells whose value
    was put into another scale, `changes` are sentences on what changed in the plan. `uncertain` is what was
    found by likeness or position only; `rescued_from` names the book that was rescued, '' for none.
    """

    submission: Submission
    values: Mapping[CellKey, CarriedValue] = field(default_factory=dict)
    unplaced: tuple[UnplacedValue, ...] = ()
    converted: tuple[ConvertedValue, ...] = ()
    changes: tuple[str, ...] = ()
    uncertain: tuple[UncertainValue, ...] = ()
    rescued_from: str = ""

    @property
    def unconfirmed_lines(self) -> int:
        """How many lines are last quarter's, neither edited nor confirmed."""
        return sum(line.is_unconfirmed for item in self.submission.items for line in item.lines)
