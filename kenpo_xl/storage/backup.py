"""In-place changes of a user's book, with a backup of the book as it was."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Callable
from pathlib import Path

from kenpo_xl.storage.atomic_write import atomic_write, refuse_while_open

BACKUP = ".bak"


def backup_path(path: Path) -> Path:
    """The path of the backup of a book."""
    return path.with_name(path.name + BACKUP)


def replace_if_changed(path: Path, change: Callable[[Path, Path], None]) -> bool:
    """Replace a book by what `change` writes from it; False if both have the same bytes.

    `change` takes the source and the target path. Of a link the target is changed. KenpoError if the book is
    open or cannot be written; it is unchanged then.
    """
    refuse_while_open(path)
    book = path.resolve()
    with atomic_write(book) as beside:
        change(path, beside)
        if filecmp.cmp(path, beside, shallow=False):
            return False
        with atomic_write(backup_path(path), like=book) as backup:
            shutil.copyfile(path, backup)
    return True
