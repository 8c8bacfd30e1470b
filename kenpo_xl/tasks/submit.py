"""Submits a saved book: copies it to 提出/, where earlier versions are kept."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.file_extension import file_extension
from kenpo_xl.storage.atomic_write import atomic_write, available_path, refuse_while_open
from kenpo_xl.tasks.period.book_files import BOOKS
from kenpo_xl.tasks.period.closing import refuse_closed_period
from kenpo_xl.tasks.period.folder import PeriodFolder

OLDER = "以前の版"


def submit_book(
    book: Path,
    period: PeriodFolder,
    group: str,
    *,
    now: datetime,
    copy: Callable[[Path, Path], object] = shutil.copyfile,
) -> tuple[Path, tuple[Path, ...]]:
    """Copy a saved book to 提出/<group>.xlsm; its new path, and the new paths of earlier versions.

    `copy` writes the book to the target. Earlier versions are moved to 提出/以前の版, with the time `now` in
    their names. KenpoError if the book is in 提出/ itself, or one there is open; nothing is changed then.
    """
    refuse_closed_period(period)
    refuse_submitted_book(book, period)
    target = period.submission_folder / f"{group}{file_extension(book) or book.suffix.lower()}"
    present = _existing_books(target)
    for one in present:
        refuse_while_open(one)
    others = [one for one in present if one != target]
    with atomic_write(target) as beside:
        copy(book, beside)
        is_new = target in present and not filecmp.cmp(target, beside, shallow=False)
        kept = tuple(_keep_earlier_version(one, now) for one in (present if is_new else others))
    for one in others:
        one.unlink()
    return target, kept


def _existing_books(target: Path) -> list[Path]:
    """The existing files that are named as `target` but for the extension."""
    return [path for path in map(target.with_suffix, BOOKS) if path.is_file()]


def refuse_submitted_book(book: Path, period: PeriodFolder) -> None:
    """KenpoError for a book in 提出/ itself."""
    if book.resolve().parent == period.submission_folder.resolve():
        raise KenpoError(
            f"{book.name} は提出されたブックそのものです。"
            f"「{period.input_folder.name}」か「{period.returned_folder.name}」のフォルダーのブックから提出してください。"
        )


def _keep_earlier_version(book: Path, now: datetime) -> Path:
    """The path of a new copy of a book in the folder of earlier versions."""
    wanted = book.parent / OLDER / f"{book.stem}_{now:%Y%m%d-%H%M%S}{book.suffix}"
    path = available_path(wanted, lambda _: False)
    with atomic_write(path) as beside:
        shutil.copyfile(book, beside)
    return path
