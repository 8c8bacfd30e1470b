"""Repairs in books what is certain: numbers held as text, glyphs, odd letters, formulas that are gone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from shutil import copyfile

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import without_outer_blanks
from kenpo_xl.domain.language.unsafe_characters import with_certain_letters
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.results.adjustments import Choice
from kenpo_xl.domain.submission.submission import ItemEntry, Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.cell_edits import edit_cells
from kenpo_xl.pipeline.recompute import recompute, with_choices
from kenpo_xl.storage.backup import change_in_place
from kenpo_xl.tasks.check import books_of, plan_book_of
from kenpo_xl.tasks.period.book_error import error_of, is_bug
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.repairs import Left, Repair, proposed


@frozen
class FixedBook:
    """What was repaired in a book, or would be; `failure` is one sentence where the book had to stay.

    `left` are the cells that are not certain and stay as they are.
    """

    path: Path
    repairs: tuple[Repair, ...] = ()
    left: tuple[Left, ...] = ()
    written: bool = False
    failure: str = ""
    bug: bool = False


def fix(
    files: Iterable[Path], *, plan: Path | None = None, dry_run: bool = False, recomputed: bool = False
) -> tuple[FixedBook, ...]:
    """Repair books in place, each as it was kept beside it; with `dry_run` only say what would be repaired.

    No value changes, but with `recomputed`: formulas come back also where another value was typed over them.
    A folder stands for its books as for `check`. A book that is open, cannot be read, or does not read as it
    should afterwards, stays as it is and stops no other. Fixing twice is fixing once.
    """
    options = {"dry_run": dry_run, "recomputed": recomputed}
    return tuple(_fixed(path, plan, **options) for file in files for path in books_of(file))


def _fixed(path: Path, given: Path | None, *, dry_run: bool, recomputed: bool) -> FixedBook:
    try:
        plan = cached_plan(plan_book_of(path, given))
        found = proposed(path, plan, recomputed=recomputed)
        if not found.repairs:
            return FixedBook(path, left=found.left)
        with tempfile.TemporaryDirectory() as folder:
            mended = Path(folder) / path.name
            done = _mended(path, plan, found.repairs, mended, recomputed=recomputed)
            if dry_run or not done:
                return FixedBook(path, done, found.left)
            return FixedBook(path, done, found.left, _put(mended, path))
    except Exception as error:  # one book stops itself alone
        return FixedBook(path, failure=error_of(path, error), bug=is_bug(error))


def _put(mended: Path, path: Path) -> bool:
    def change(_: Path, target: Path) -> None:
        copyfile(mended, target)

    return change_in_place(path, change)


def _mended(
    path: Path, plan: Plan, found: Sequence[Repair], target: Path, *, recomputed: bool
) -> tuple[Repair, ...]:
    """Copy a book to `target` with repairs made; those that were, all that could be."""
    left = {(edit.sheet, edit.cell) for edit in edit_cells(path, [one.edit for one in found], target)}
    done = tuple(one for one in found if (one.edit.sheet, one.edit.cell) not in left)
    if left and done:
        # What the others give may be other without those that were left.
        only = [(one.edit.sheet, one.edit.cell) for one in done]
        done = proposed(path, plan, only, recomputed=recomputed).repairs
        edit_cells(path, [one.edit for one in done], target)
    if not _reads_well(path, target, plan, done):
        raise KenpoError(
            f"{path.name} は、直した後に正しく読めることを確かめられないため、書き換えていません。"
            "check で指摘を見て、Excel で直してください。"
        )
    return done


def _reads_well(path: Path, target: Path, plan: Plan, done: Iterable[Repair]) -> bool:
    """Whether the mended book, read again, says what the old one did but for the repairs."""
    before, after = read_submission(path, plan), read_submission(target, plan)
    restored = [one.figure for one in done if one.figure is not None]
    choices = {(figure.id, figure.entity): Choice.COMPUTED for figure in restored}
    expected = with_choices(recompute(plan, [before]), choices)
    found = recompute(plan, [after])
    places = {(one.edit.sheet, one.edit.cell): one.edit for one in done}
    computed = {key for key, edit in places.items() if edit.formula}
    return (
        [_plainly(figure.value) for figure in expected] == [_plainly(figure.value) for figure in found]
        and _rated(after, {}) == _rated(before, places)
        and [_lines(item) for item in after.items] == [_lines(item) for item in before.items]
        and not any(
            figure.overwritten and figure.source and (figure.source.sheet, figure.source.cell) in computed
            for figure in found
            if figure.cell.kind is CellKind.COMPUTED
        )
    )


def _plainly(value: Decimal | str | None) -> Decimal | str | None:
    """A value without the letters that are odd for certain."""
    return without_outer_blanks(with_certain_letters(value)) if isinstance(value, str) else value


def _lines(item: ItemEntry) -> list[tuple[object, ...]]:
    return [(line.block, line.kind, _plainly(line.text), line.mark) for line in item.lines]


def _rated(submission: Submission, edits: dict[tuple[str, str], CellEdit]) -> list[tuple[object, ...]]:
    """The ratings of a book, those in edited cells as they will be."""
    rows: list[tuple[object, ...]] = []
    for item in submission.items:
        for rating in item.ratings:
            assert rating.source is not None
            edit = edits.get((rating.source.sheet, rating.source.cell))
            glyph = edit.value if edit else rating.glyph
            rows.append((item.item, rating.block, glyph, _plainly(rating.reason), rating.as_of))
    return rows
