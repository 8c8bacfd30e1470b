"""Copies of books that name the office's Python and show their buttons."""

from __future__ import annotations

import shutil
from pathlib import Path

from kenpo_xl.books.common.macros.lost_buttons import has_lost_buttons
from kenpo_xl.books.common.macros.python_cell import (
    edits_that_set_python,
    python_settings,
    source_of_python_cell,
)
from kenpo_xl.books.common.macros.restored_buttons import restore_buttons
from kenpo_xl.ooxml.edit.cell_edits import edit_cells_returning_skipped
from kenpo_xl.ooxml.workbook import Workbook


def copy_with_python(path: Path, python: str, target: Path) -> None:
    """Copy a book to `target` with the office's `python`; byte by byte if it names that already.

    Buttons that another program saved so that nothing shows them are put back. Raises KenpoError if the book
    cannot be read or written.
    """
    book = Workbook(path)
    edits = edits_that_set_python(python_settings(book), source_of_python_cell(book), python)
    if edits:
        edit_cells_returning_skipped(path, edits, target)
    else:
        shutil.copyfile(path, target)
    if has_lost_buttons(book.package):
        restore_buttons(target)
