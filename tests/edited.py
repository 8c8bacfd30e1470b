"""Workbooks changed with openpyxl, their macros kept: without them they are no books that were handed out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl


@contextmanager
def edited(path: Path, target: Path | None = None) -> Iterator[Any]:
    """The book at `path`, saved there or as `target` when all went well."""
    book = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
    try:
        yield book
        book.save(target or path)
    finally:
        if book.vba_archive:  # openpyxl leaves it open, and Python reports that in another test
            book.vba_archive.close()
