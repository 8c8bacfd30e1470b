"""Changing a book of the staff's in its place, while the book as it was is kept beside it."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Callable
from pathlib import Path

from kenpo_xl.storage.atomic_write import atomic_write, refuse_while_open

BACKUP = ".bak"


def backup_of(path: Path) -> Path:
    """Where the book is kept as it was."""
    return path.with_name(path.name + BACKUP)


def change_in_place(path: Path, change: Callable[[Path, Path], None]) -> bool:
    """Let `change` make a new book of the old one and put it in its place; False where they are the same.

    Of a link the book that it leads to is changed. KenpoError where the book is open or cannot be written; it
    is as it was then.
    """
    refuse_while_open(path)
    book = path.resolve()
    with atomic_write(book) as beside:
        change(path, beside)
        if filecmp.cmp(path, beside, shallow=False):
            return False
        with atomic_write(backup_of(path), like=book) as backup:
            shutil.copyfile(path, backup)
    return True
