"""Repairs in books what is certain: numbers as text, glyphs, odd letters, terms, formulas that are gone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from shutil import copyfile

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.checks.support.preferred_terms import with_automatic_terms
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import without_outer_blanks
from kenpo_xl.domain.language.unsafe_characters import with_unambiguous_corrections
from kenpo_xl.domain.plan.cross_checks import Term
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.results.adjustments import Choice
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.cell_edits import edit_cells_returning_skipped
from kenpo_xl.pipeline.recompute import recompute_figures, with_chosen_values
from kenpo_xl.storage.backup import replace_if_changed
from kenpo_xl.tasks.check import books_at, plan_book_of
from kenpo_xl.tasks.period.book_error import error_sentence, is_bug
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.repairs.finder import proposed_repairs
from kenpo_xl.tasks.repairs.repair import Repair, UnrepairedCell


@frozen
class FixedBook:
    """The repairs of a book, done or proposed; `failure` is one sentence if it could not be repaired.

    `left` are the cells without a certain repair, which are unchanged.
    """

    path: Path
    repairs: tuple[Repair, ...] = ()
    left: tuple[UnrepairedCell, ...] = ()
    written: bool = False
    failure: str = ""
    bug: bool = False


def fix_books(
    files: Iterable[Path], *, plan: Path | None = None, dry_run: bool = False, recomputed: bool = False
) -> tuple[FixedBook, ...]:
    """Repair books in place, each with a backup; with `dry_run` only list the repairs.

    No value changes but variants of terms that are 自動, except with `recomputed`, which also restores
    formulas overwritten with another value.
    Folders are treated as by `check`. A book that is open or unreadable, or that would not read as expected
    afterwards, is unchanged and does not stop the others. The operation is idempotent.
    """
    options = {"dry_run": dry_run, "recomputed": recomputed}
    return tuple(_fix_book(path, plan, **options) for file in files for path in books_at(file))


def _fix_book(path: Path, given: Path | None, *, dry_run: bool, recomputed: bool) -> FixedBook:
    try:
        plan = cached_plan(plan_book_of(path, given))
        found = proposed_repairs(path, plan, recomputed=recomputed)
        if not found.repairs:
            return FixedBook(path, left=found.left)
        with tempfile.TemporaryDirectory() as folder:
            repaired = Path(folder) / path.name
            done = _write_repaired(path, plan, found.repairs, repaired, recomputed=recomputed)
            if dry_run or not done:
                return FixedBook(path, done, found.left)
            return FixedBook(path, done, found.left, _replace_book(repaired, path))
    except Exception as error:  # one book stops itself alone
        return FixedBook(path, failure=error_sentence(path, error), bug=is_bug(error))


def _replace_book(repaired: Path, path: Path) -> bool:
    def change(_: Path, target: Path) -> None:
        copyfile(repaired, target)

    return replace_if_changed(path, change)


def _write_repaired(
    path: Path, plan: Plan, found: Sequence[Repair], target: Path, *, recomputed: bool
) -> tuple[Repair, ...]:
    """Write a repaired copy of a book to `target`; the repairs that were possible.

    KenpoError if the copy does not read as expected.
    """
    left = {(edit.sheet, edit.cell) for edit in edit_cells_returning_skipped(path, _edits(found), target)}
    done = tuple(one for one in found if (one.edit.sheet, one.edit.cell) not in left)
    if left and done:
        # The results of the other formulas may change without those that were left.
        only = [(one.edit.sheet, one.edit.cell) for one in done]
        done = proposed_repairs(path, plan, only, recomputed=recomputed).repairs
        edit_cells_returning_skipped(path, _edits(done), target)
    if not _reads_back_as_expected(path, target, plan, done):
        raise KenpoError(
            f"{path.name} は、直した後に正しく読めることを確かめられないため、書き換えていません。"
            "check で指摘を見て、Excel で直してください。"
        )
    return done


def _edits(repairs: Iterable[Repair]) -> list[CellEdit]:
    """The edits, one for each cell."""
    return list({(one.edit.sheet, one.edit.cell): one.edit for one in repairs}.values())


def _reads_back_as_expected(path: Path, target: Path, plan: Plan, done: Iterable[Repair]) -> bool:
    """Whether the repaired book has the content of the original one, except for the repairs."""
    before, after = read_submission(path, plan), read_submission(target, plan)
    restored = [one.figure for one in done if one.figure is not None]
    choices = {(figure.id, figure.entity): Choice.COMPUTED for figure in restored}
    expected = with_chosen_values(recompute_figures(plan, [before]), choices)
    found = recompute_figures(plan, [after])
    edits = {(one.edit.sheet, one.edit.cell): one.edit for one in done}
    put_right = partial(_with_corrected_text, terms=plan.terms)
    return (
        _comparable_values(found, put_right) == _comparable_values(expected, put_right)
        and _rating_rows(after, {}, put_right) == _rating_rows(before, edits, put_right)
        and _comparable_lines(after, put_right) == _comparable_lines(before, put_right)
        and not any(_is_overwritten_formula(figure, edits) for figure in found)
    )


def _is_overwritten_formula(figure: Figure, edits: dict[tuple[str, str], CellEdit]) -> bool:
    """Whether a computed cell reads as overwritten although an edit wrote its formula."""
    if figure.cell.kind is not CellKind.COMPUTED or not figure.overwritten or figure.source is None:
        return False
    edit = edits.get((figure.source.sheet, figure.source.cell))
    return edit is not None and bool(edit.formula)


_PutRight = Callable[[Decimal | str | None], Decimal | str | None]


def _with_corrected_text(value: Decimal | str | None, terms: Sequence[Term]) -> Decimal | str | None:
    """A value with letters replaced that certainly are wrong, and with the terms that are 自動."""
    if not isinstance(value, str):
        return value
    return without_outer_blanks(with_automatic_terms(with_unambiguous_corrections(value), terms))


def _comparable_values(figures: Figures, put_right: _PutRight) -> list[Decimal | str | None]:
    return [put_right(figure.printed_value) for figure in figures]


def _comparable_lines(submission: Submission, put_right: _PutRight) -> list[tuple[object, ...]]:
    return [
        (item.item, line.block, line.kind, put_right(line.text), line.mark)
        for item in submission.items
        for line in item.lines
    ]


def _rating_rows(
    submission: Submission, edits: dict[tuple[str, str], CellEdit], put_right: _PutRight
) -> list[tuple[object, ...]]:
    """The ratings of a book, with those in edited cells as after the edits."""
    rows: list[tuple[object, ...]] = []
    for item in submission.items:
        for rating in item.ratings:
            assert rating.source is not None
            edit = edits.get((rating.source.sheet, rating.source.cell))
            glyph = edit.value if edit else rating.glyph
            rows.append((item.item, rating.block, glyph, put_right(rating.reason), rating.as_of))
    return rows
