"""Repairs in books what is certain: numbers as text, glyphs, odd letters, terms, formulas that are gone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from shutil import copyfile

from kenpo_xl.books.common.macros.lost_buttons import has_lost_buttons
from kenpo_xl.books.common.macros.restored_buttons import restore_buttons
from kenpo_xl.books.input.read.reader import read_opened_submission
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.backup import replace_if_changed
from kenpo_xl.storage.compiled_patterns import use_stored_patterns
from kenpo_xl.tasks.check import books_at, plan_book_of
from kenpo_xl.tasks.period.book_error import error_sentence, is_bug
from kenpo_xl.tasks.period.closing import refuse_book_of_closed_period
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.repairs.finder import RepairableBook
from kenpo_xl.tasks.repairs.repair import ProposedRepairs, Repair, UnrepairedCell
from kenpo_xl.tasks.repairs.repaired_copy import is_content_as_repaired, write_repaired_copy
from kenpo_xl.tasks.repairs.unchanged_sheets import open_with_known_sheets


@frozen
class FixedBook:
    """The repairs of a book, done or proposed; `failure` is one sentence if it could not be repaired.

    `buttons` tells whether buttons come back that nothing showed. `left` are the cells without a certain
    repair, which are unchanged.
    """

    path: Path
    repairs: tuple[Repair, ...] = ()
    left: tuple[UnrepairedCell, ...] = ()
    written: bool = False
    failure: str = ""
    bug: bool = False
    buttons: bool = False


def fix_books(
    files: Iterable[Path], *, plan: Path | None = None, dry_run: bool = False, recomputed: bool = False
) -> tuple[FixedBook, ...]:
    """Repair books in place, each with a backup; with `dry_run` only list the repairs.

    No value changes but variants of terms that are 自動, except with `recomputed`, which also restores
    formulas overwritten with another value.
    Folders are treated as by `check`. A book that is open or unreadable, or that would not read as expected
    afterwards, is unchanged and does not stop the others. The operation is idempotent.
    """
    use_stored_patterns()
    options = {"dry_run": dry_run, "recomputed": recomputed}
    return tuple(_fix_book(path, plan, **options) for file in files for path in books_at(file))


def _fix_book(path: Path, given: Path | None, *, dry_run: bool, recomputed: bool) -> FixedBook:
    try:
        plan = cached_plan(plan_book_of(path, given))
        book = RepairableBook.of(Workbook(path), plan)
        found, left = _chosen_and_left(book.proposed_repairs, recomputed=recomputed)
        lost = has_lost_buttons(book.book.package)
        if not found and not lost:
            return FixedBook(path, left=left)
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / path.name
            repaired = write_repaired_copy(path, book, found, target)
            if not is_content_as_repaired(book, _submission_after_repairs(target, book), repaired):
                raise _unconfirmed_error(path)
            if lost:
                restore_buttons(target)
            written = not dry_run and bool(repaired.repairs or lost) and _replace_book(target, path)
            return FixedBook(path, repaired.repairs, left, written, buttons=lost)
    except Exception as error:  # one book stops itself alone
        return FixedBook(path, failure=error_sentence(path, error), bug=is_bug(error))


def _submission_after_repairs(target: Path, before: RepairableBook) -> Submission:
    return read_opened_submission(open_with_known_sheets(target, before.book), before.plan)


def _chosen_and_left(
    proposed: ProposedRepairs, *, recomputed: bool
) -> tuple[list[Repair], tuple[UnrepairedCell, ...]]:
    """The repairs to make and the cells left; with `recomputed` offered formulas are restored as well."""
    formulas = [one for one in proposed.offered if recomputed and one.figure]
    restored = {one.place for one in formulas}
    left = tuple(one for one in proposed.left if (one.source.sheet, one.source.cell) not in restored)
    return [*proposed.certain, *formulas], left


def _unconfirmed_error(path: Path) -> KenpoError:
    return KenpoError(
        f"{path.name} は、直した後に正しく読めることを確かめられないため、書き換えていません。"
        "check で指摘を見て、Excel で直してください。"
    )


def _replace_book(repaired: Path, path: Path) -> bool:
    refuse_book_of_closed_period(path)

    def change(_: Path, target: Path) -> None:
        copyfile(repaired, target)

    return replace_if_changed(path, change)
