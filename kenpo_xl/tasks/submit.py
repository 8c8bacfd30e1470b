"""Hands a saved book in: copies it to 提出/, where what stood there before is kept."""

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
    """Copy a saved book to 提出/<group>.xlsm; where it lies, and where each older one lies now.

    `copy` writes from the one to the other what goes there.
    An older one goes to 提出/以前の版 under its name and the time that `now` tells. KenpoError where the book
    stands in 提出/ itself, or one there is open; nothing has changed there then.
    """
    refuse_what_is_submitted(book, period)
    target = period.submitted / f"{group}{file_extension(book) or book.suffix.lower()}"
    present = [one for one in (target.with_suffix(suffix) for suffix in BOOKS) if one.is_file()]
    for one in present:
        refuse_while_open(one)
    with atomic_write(target) as beside:
        copy(book, beside)
        older = [one for one in present if one != target or not filecmp.cmp(one, beside, shallow=False)]
        kept = tuple(_kept(one, now) for one in older)
    for one in older:
        if one != target:
            one.unlink()
    return target, kept


def refuse_what_is_submitted(book: Path, period: PeriodFolder) -> None:
    """KenpoError for a book in 提出/ itself, which nobody else may write to."""
    if book.resolve().parent == period.submitted.resolve():
        raise KenpoError(
            f"{book.name} は提出されたブックそのものです。"
            f"「{period.inputs.name}」か「{period.returned.name}」のフォルダーのブックから提出してください。"
        )


def _kept(book: Path, now: datetime) -> Path:
    """A copy of a book under its name and a time."""
    wanted = book.parent / OLDER / f"{book.stem}_{now:%Y%m%d-%H%M%S}{book.suffix}"
    place = available_path(wanted, lambda _: False)
    with atomic_write(place) as beside:
        shutil.copyfile(book, beside)
    return place
