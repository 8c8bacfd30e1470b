"""A repair of a cell, a part of a text that it changes, and a reported cell that is left to a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kenpo_xl.checks.support.preferred_terms import TermUse, with_preferred_terms
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.unsafe_characters import with_unambiguous_corrections
from kenpo_xl.domain.plan.cross_checks import Term
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.source import Source


@frozen
class ChangedWords:
    """What a repair changes of a text: the uses of one variant of a term, or, without one, odd letters.

    `terms` are those that are reported in the text; a variant is changed where it is as certain as here.
    """

    text: str
    terms: tuple[Term, ...]
    variant: str = ""
    is_certain: bool = True

    def includes(self, use: TermUse) -> bool:
        return (use.variant, use.is_certain) == (self.variant, self.is_certain)


@frozen
class Repair:
    """A cell with a repair: its content, the correct one as text, and the rule that reports it.

    `figure` is the computed one whose formula is restored, `part` what is changed of a text, else None.
    `doubt` is why a person has to decide, '' for a repair that is certain.
    """

    edit: CellEdit
    before: str
    after: str
    code: str
    figure: Figure | None = None
    part: ChangedWords | None = None
    doubt: str = ""

    @property
    def place(self) -> tuple[str, str]:
        return self.edit.sheet, self.edit.cell

    @property
    def is_certain(self) -> bool:
        """Whether every reading of the cell gives the same value, before and after."""
        return not self.doubt


@frozen
class UnrepairedCell:
    """A reported cell that is not repaired: its content, and the reason."""

    source: Source
    before: str
    reason: str


@frozen
class ProposedRepairs:
    """The repairs of a book in the order of its sheets: certain ones, and those that a person decides on.

    `left` are the reported cells without a certain repair.
    """

    certain: tuple[Repair, ...] = ()
    offered: tuple[Repair, ...] = ()
    left: tuple[UnrepairedCell, ...] = ()

    @property
    def has_any(self) -> bool:
        return bool(self.certain or self.offered)


def corrected_text(text: str, parts: Sequence[ChangedWords]) -> str:
    """A text with the corrections of some of its parts."""
    if any(not part.variant for part in parts):
        text = with_unambiguous_corrections(text)
    terms = next((part.terms for part in parts), ())
    return with_preferred_terms(text, terms, lambda use: any(part.includes(use) for part in parts))


def edits_of_repairs(repairs: Iterable[Repair]) -> tuple[CellEdit, ...]:
    """The edits that make some repairs, one for each cell."""
    by_cell: dict[tuple[str, str], list[Repair]] = {}
    for one in repairs:
        by_cell.setdefault(one.place, []).append(one)
    return tuple(map(_edit_of_cell, by_cell.values()))


def _edit_of_cell(repairs: Sequence[Repair]) -> CellEdit:
    last = repairs[-1]
    parts = [one.part for one in repairs if one.part]
    return replace(last.edit, value=corrected_text(parts[0].text, parts)) if parts else last.edit
