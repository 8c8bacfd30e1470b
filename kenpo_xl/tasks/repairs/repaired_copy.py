"""Writes the repairs of a closed book into a copy, and confirms that it then reads as expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from kenpo_xl.checks.support.preferred_terms import TermUse, with_preferred_terms
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import without_outer_blanks
from kenpo_xl.domain.language.unsafe_characters import with_unambiguous_corrections
from kenpo_xl.domain.plan.cross_checks import Term
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.results.adjustments import Choice
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.ooxml.edit.cell_edits import edit_cells_returning_skipped
from kenpo_xl.pipeline.recompute import recompute_figures, with_chosen_values
from kenpo_xl.tasks.repairs.finder import RepairableBook
from kenpo_xl.tasks.repairs.repair import Repair, edits_of_repairs

_PutRight = Callable[[Decimal | str | None], Decimal | str | None]
_Row = tuple[tuple[object, ...], Decimal | str | None]
"""What has to stay as it is, and a value or text."""


@frozen
class RepairedCopy:
    """The repairs that a copy contains, and the edits that made them."""

    repairs: tuple[Repair, ...]
    edits: tuple[CellEdit, ...]


def write_repaired_copy(
    path: Path, book: RepairableBook, repairs: Sequence[Repair], target: Path, *, is_for_excel: bool = True
) -> RepairedCopy:
    """Copy the book at `path` to the new file `target` with those of the repairs that are possible.

    A cell whose formula fills other cells as well keeps it. `is_for_excel` is false for a copy that is only
    read by us.
    """
    wanted = book.with_computed_values(repairs)
    edits = edits_of_repairs(wanted)
    skipped = edit_cells_returning_skipped(path, edits, target, is_for_excel=is_for_excel)
    left = {(one.sheet, one.cell) for one in skipped}
    if not left:
        return RepairedCopy(wanted, edits)
    # The results of the other formulas may change without those that were left.
    done = book.with_computed_values([one for one in repairs if one.place not in left])
    edits = edits_of_repairs(done)
    if done:
        edit_cells_returning_skipped(path, edits, target, is_for_excel=is_for_excel)
    return RepairedCopy(done, edits)


def reads_as_repaired(before: RepairableBook, after: Submission, repaired: RepairedCopy) -> bool:
    """Whether a repaired book has the content of the original one, except for the repairs."""
    restored = filter(None, (one.figure for one in repaired.repairs))
    choices = {(figure.id, figure.entity): Choice.COMPUTED for figure in restored}
    expected = with_chosen_values(before.figures, choices)
    found = recompute_figures(before.plan, [after])
    edits = {(one.sheet, one.cell): one for one in repaired.edits}
    variants = {one.part.variant for one in repaired.repairs if one.part}
    put_right = partial(_with_corrected_text, terms=before.plan.terms, variants=variants)
    return (
        _agree(_comparable_values(found), _comparable_values(expected), put_right)
        and _agree(_rating_rows(after, {}), _rating_rows(before.submission, edits), put_right)
        and _agree(_comparable_lines(after), _comparable_lines(before.submission), put_right)
        and not any(_is_overwritten_formula(figure, edits) for figure in found)
    )


def _is_overwritten_formula(figure: Figure, edits: dict[tuple[str, str], CellEdit]) -> bool:
    """Whether a computed cell reads as overwritten although an edit wrote its formula."""
    if figure.cell.kind is not CellKind.COMPUTED or not figure.overwritten or figure.source is None:
        return False
    edit = edits.get((figure.source.sheet, figure.source.cell))
    return edit is not None and bool(edit.formula)


def _with_corrected_text(
    value: Decimal | str | None, terms: Sequence[Term], variants: Iterable[str]
) -> Decimal | str | None:
    """A value without letters that certainly are wrong, and without variants that were replaced or may be."""
    if not isinstance(value, str):
        return value

    def is_replaced(use: TermUse) -> bool:
        return use.is_certain or use.variant in variants

    return without_outer_blanks(with_preferred_terms(with_unambiguous_corrections(value), terms, is_replaced))


def _agree(found: Sequence[_Row], expected: Sequence[_Row], put_right: _PutRight) -> bool:
    """Whether two books have the same rows, up to what was put right in their texts."""
    return [place for place, _ in found] == [place for place, _ in expected] and all(
        one == other or put_right(one) == put_right(other)
        for (_, one), (_, other) in zip(found, expected, strict=True)
    )


def _comparable_values(figures: Figures) -> list[_Row]:
    return [((), figure.printed_value) for figure in figures]


def _comparable_lines(submission: Submission) -> list[_Row]:
    return [
        ((item.item, line.block, line.kind, line.mark), line.text)
        for item in submission.items
        for line in item.lines
    ]


def _rating_rows(submission: Submission, edits: dict[tuple[str, str], CellEdit]) -> list[_Row]:
    """The ratings of a book, with those in edited cells as after the edits."""
    rows: list[_Row] = []
    for item in submission.items:
        for rating in item.ratings:
            assert rating.source is not None
            edit = edits.get((rating.source.sheet, rating.source.cell))
            glyph = edit.value if edit else rating.glyph
            rows.append(((item.item, rating.block, glyph, rating.as_of), rating.reason))
    return rows
