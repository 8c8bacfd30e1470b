"""Mends in books what is certain: numbers held as text, glyphs, computed cells that were typed over."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import copyfile

from kenpo_xl.domain.adjustments import Choice
from kenpo_xl.domain.plan import CellKind, Plan
from kenpo_xl.domain.submission import Submission
from kenpo_xl.domain.values import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.excel.backups import change_in_place
from kenpo_xl.excel.cell_edits import CellEdit, edit_cells
from kenpo_xl.excel.reader import read_submission
from kenpo_xl.recompute import recompute
from kenpo_xl.tasks.check import books_of, plan_book_of
from kenpo_xl.tasks.kept import kept_plan
from kenpo_xl.tasks.repairs import Repair, repairs


@frozen
class Fixed:
    """What was mended in a book, or would be; `trouble` is one sentence where the book had to stay."""

    path: Path
    repairs: tuple[Repair, ...] = ()
    written: bool = False
    trouble: str = ""


def fix(files: Iterable[Path], *, plan: Path | None = None, dry_run: bool = False) -> tuple[Fixed, ...]:
    """Mend books in place, each as it was kept beside it; with `dry_run` only tell what would be mended.

    A folder stands for its books as for `check`. A book that is open, cannot be read, or does not read as it
    should afterwards, stays as it is and stops no other. Fixing twice is fixing once.
    """
    return tuple(_fixed(path, plan, dry_run=dry_run) for file in files for path in books_of(file))


def _fixed(path: Path, given: Path | None, *, dry_run: bool) -> Fixed:
    try:
        plan = kept_plan(plan_book_of(path, given))
        found = repairs(path, plan)
        if not found:
            return Fixed(path)
        with tempfile.TemporaryDirectory() as folder:
            mended = Path(folder) / path.name
            done = _mended(path, plan, found, mended)
            if dry_run or not done:
                return Fixed(path, done)
            return Fixed(path, done, _put(mended, path))
    except KenpoError as error:
        return Fixed(path, trouble=str(error))


def _put(mended: Path, path: Path) -> bool:
    def change(_: Path, target: Path) -> None:
        copyfile(mended, target)

    return change_in_place(path, change)


def _mended(path: Path, plan: Plan, found: Sequence[Repair], target: Path) -> tuple[Repair, ...]:
    """Copy a book to `target` with repairs made; those that were, all that could be."""
    left = {(edit.sheet, edit.cell) for edit in edit_cells(path, [one.edit for one in found], target)}
    done = tuple(one for one in found if (one.edit.sheet, one.edit.cell) not in left)
    if left and done:
        # What the others give may be other without those that were left.
        done = repairs(path, plan, [(one.edit.sheet, one.edit.cell) for one in done])
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
    expected = recompute(plan, [before], choices=choices)
    found = recompute(plan, [after])
    places = {(one.edit.sheet, one.edit.cell): one.edit for one in done}
    computed = {key for key, edit in places.items() if edit.formula}
    return (
        [figure.value for figure in expected] == [figure.value for figure in found]
        and _rated(after, {}) == _rated(before, places)
        and [item.lines for item in after.items] == [item.lines for item in before.items]
        and not any(
            figure.typed_over and figure.source and (figure.source.sheet, figure.source.cell) in computed
            for figure in found
            if figure.cell.kind is CellKind.COMPUTED
        )
    )


def _rated(submission: Submission, edits: dict[tuple[str, str], CellEdit]) -> list[tuple[object, ...]]:
    """The ratings of a book, those in edited cells as they will be."""
    rows: list[tuple[object, ...]] = []
    for item in submission.items:
        for rating in item.ratings:
            assert rating.source is not None
            edit = edits.get((rating.source.sheet, rating.source.cell))
            glyph = edit.value if edit else rating.glyph
            rows.append((item.item, rating.block, glyph, rating.reason, rating.as_of))
    return rows
