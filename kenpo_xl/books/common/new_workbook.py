"""A workbook that is built in memory and written at once: a full disk leaves no open partial file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from kenpo_xl.books.common.fast_worksheet import FastWorksheet

# What staff typed may begin as a formula or an address does; both are written by functions of their own.
_TEXTS_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False}


@contextmanager
def new_workbook_in_memory(path: Path, options: dict[str, Any] | None = None) -> Iterator[Workbook]:
    """A workbook of XlsxWriter, whose file is written at the end; raises OSError if it cannot be written."""
    content = BytesIO()
    with Workbook(content, {**(options or {}), **_TEXTS_STAY_TEXTS, "in_memory": True}) as book:
        book.worksheet_class = FastWorksheet
        yield book
    for sheet in book.worksheets():
        # Workbook and sheets refer to each other, and only the garbage collector could free them.
        sheet.workbook_add_format = None
    path.write_bytes(content.getbuffer())
