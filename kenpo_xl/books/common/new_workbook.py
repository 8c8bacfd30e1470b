"""A workbook that is built in memory and written at once: a full disk leaves no open partial file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager

from kenpo_xl.books.common.content_seal import BLANK, PROPERTY, sealed_parts
from kenpo_xl.books.common.fast_worksheet import FastWorksheet

# What staff typed may begin as a formula or an address does; both are written by functions of their own.
_TEXTS_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False}


class _SealingPackager(Packager):  # type: ignore[misc]  # XlsxWriter has no types
    """Seals the members of a workbook before they are packed, so that they need not be read again."""

    def _create_package(self) -> list[tuple[BytesIO, str, bool]]:
        contents = {
            name: file.getvalue() if is_binary else file.getvalue().encode()
            for file, name, is_binary in super()._create_package()
        }
        return [(BytesIO(content), name, True) for name, content in sealed_parts(contents).items()]


@contextmanager
def new_workbook_in_memory(
    path: Path, options: dict[str, Any] | None = None, *, is_sealed: bool = False
) -> Iterator[Workbook]:
    """A workbook of XlsxWriter, whose file is written at the end; raises OSError if it cannot be written.

    One that `is_sealed` has the seal of its content in a property.
    """
    content = BytesIO()
    with Workbook(content, {**(options or {}), **_TEXTS_STAY_TEXTS, "in_memory": True}) as book:
        book.worksheet_class = FastWorksheet
        if is_sealed:
            book.set_custom_property(PROPERTY, BLANK)
            book._get_packager = _SealingPackager
        yield book
    for sheet in book.worksheets():
        # Workbook and sheets refer to each other, and only the garbage collector could free them.
        sheet.workbook_add_format = None
    path.write_bytes(content.getbuffer())
