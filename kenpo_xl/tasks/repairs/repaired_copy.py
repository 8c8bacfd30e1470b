"""Makes the repairs of a book, in a copy or in memory, and confirms that it then reads as expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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
from kenpo_xl.domain.submission.submission import ItemEntry, Submission
from kenpo_xl.ooxml.edit.cell_edits import edit_cells_returning_skipped, edited_workbook_and_skipped
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.recompute import recompute_figures, with_chosen_values
from kenpo_xl.tasks.repairs.finder import RepairableBook
from kenpo_xl.tasks.repairs.repair import Repair, edits_of_repairs

_PutRight = Callable[[Decimal | str | None], Decimal | str | None]
_Row = tuple[tuple[object, ...], Decimal | str | None]
"""What has to stay as it is, and a value or text."""


@frozen
class MadeRepairs:
    """The repairs that a book contains, and the edits that made them."""

    repairs: tuple[Repair, ...]
    edits: tuple[CellEdit, ...]


def write_repaired_copy(
    path: Path, book: RepairableBook, repairs: Sequence[Repair], target: Path
) -> MadeRepairs:
    """Copy the book at `path` to the new file `target` with those of the repairs that are possible.

    A cell whose formula fills other cells as well keeps it.
    """
    wanted = _made_repairs(book, repairs)
    left = edit_cells_returning_skipped(path, wanted.edits, target)
    if not left:
        return wanted
    done = _made_repairs(book, _without_cells(repairs, left))
    if done.repairs:
        edit_cells_returning_skipped(path, done.edits, target)
    return done


def repaired_workbook(book: RepairableBook, repairs: Sequence[Repair]) -> tuple[Workbook, MadeRepairs]:
    """The book as it would be with those of the repairs that are possible, as in a copy."""
    wanted = _made_repairs(book, repairs)
    changed, left = edited_workbook_and_skipped(book.book, wanted.edits)
    if not left:
        return changed, wanted
    done = _made_repairs(book, _without_cells(repairs, left))
    return edited_workbook_and_skipped(book.book, done.edits)[0], done


def _made_repairs(book: RepairableBook, repairs: Sequence[Repair]) -> MadeRepairs:
    wanted = book.with_computed_values(repairs)
    return MadeRepairs(wanted, edits_of_repairs(wanted))


def _without_cells(repairs: Iterable[Repair], left: Iterable[CellEdit]) -> list[Repair]:
    """The repairs of other cells: the results of their formulas may change without those that were left."""
    places = {(one.sheet, one.cell) for one in left}
    return [one for one in repairs if one.place not in places]


def is_content_as_repaired(before: RepairableBook, after: Submission, repaired: MadeRepairs) -> bool:
    """Whether a repaired book has the content of the original one, except for the repairs.

    The figures are compared as they are computed: what a formula gave in the file depends on other repairs.
    """
    restored = filter(None, (one.figure for one in repaired.repairs))
    choices = {(figure.id, figure.entity): Choice.COMPUTED for figure in restored}
    expected = with_chosen_values(before.figures, choices)
    found = recompute_figures(before.plan, [after])
    edits = {(one.sheet, one.cell): one for one in repaired.edits}
    variants = {one.part.variant for one in repaired.repairs if one.part}
    put_right = partial(_with_corrected_text, terms=before.plan.terms, variants=variants)
    return (
        _are_rows_equal_but_for_repairs(_comparable_values(found), _comparable_values(expected), put_right)
        and not any(_is_overwritten_formula(figure, edits) for figure in found)
        and _is_text_as_repaired(before.submission, after, edits, put_right)
    )


def _is_text_as_repaired(
    before: Submission, after: Submission, edits: Mapping[tuple[str, str], CellEdit], put_right: _PutRight
) -> bool:
    return len(after.items) == len(before.items) and all(
        found is known  # its sheet is the same
        or (
            _are_rows_equal_but_for_repairs(_rating_rows(found, {}), _rating_rows(known, edits), put_right)
            and _are_rows_equal_but_for_repairs(_comparable_lines(found), _comparable_lines(known), put_right)
        )
        for found, known in zip(after.items, before.items, strict=True)
    )


def _is_overwritten_formula(figure: Figure, edits: Mapping[tuple[str, str], CellEdit]) -> bool:
    """Whether a computed cell reads as overwritten although an edit wrote its formula."""
    if figure.cell.kind is not CellKind.COMPUTED or not figure.overwritten or figure.source is None:
        return False
    edit = edits.get((figure.source.sheet, figure.source.cell))
    return edit is not None and bool(edit.formula)


def _comparable_values(figures: Figures) -> list[_Row]:
    return [((), figure.printed_value) for figure in figures]


def _with_corrected_text(
    value: Decimal | str | None, terms: Sequence[Term], variants: Iterable[str]
) -> Decimal | str | None:
    """A value without letters that certainly are wrong, and without variants that were replaced or may be."""
    if not isinstance(value, str):
        return value

    def is_replaced(use: TermUse) -> bool:
        return use.is_certain or use.variant in variants

    return without_outer_blanks(with_preferred_terms(with_unambiguous_corrections(value), terms, is_replaced))


def _are_rows_equal_but_for_repairs(
    found: Sequence[_Row], expected: Sequence[_Row], put_right: _PutRight
) -> bool:
    """Whether two books have the same rows, up to what was put right in their texts."""
    return [place for place, _ in found] == [place for place, _ in expected] and all(
        one == other or put_right(one) == put_right(other)
        for (_, one), (_, other) in zip(found, expected, strict=True)
    )


def _comparable_lines(item: ItemEntry) -> list[_Row]:
    return [((item.item, line.block, line.kind, line.mark), line.text) for line in item.lines]


def _rating_rows(item: ItemEntry, edits: Mapping[tuple[str, str], CellEdit]) -> list[_Row]:
    """The ratings of an item, with those in edited cells as after the edits."""
    rows: list[_Row] = []
    for rating in item.ratings:
        assert rating.source is not None
        edit = edits.get((rating.source.sheet, rating.source.cell))
        glyph = edit.value if edit else rating.glyph
        rows.append(((item.item, rating.block, glyph, rating.as_of), rating.reason))
    return rows
