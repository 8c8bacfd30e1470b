"""Sets values in the sheet 基本 of a plan book, in the row of their key or in a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kenpo_xl.books.plan.lists.basics import BASICS
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.ooxml.edit.new_cells import put_cells_returning_skipped
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.xml_part import edit_error
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Sheet, Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts


def write_copy_with_basics(path: Path, target: Path, settings: Mapping[str, str]) -> None:
    """Copy a plan book to the new file `target` with these values by their keys; nothing else changes.

    KenpoError for a book that cannot be written. One without the sheet is copied as it is: what reads the
    plan next reports that.
    """
    sheet = Workbook(path).sheets.get(BASICS)
    edits = list(_edits_of_settings(sheet, settings)) if sheet else []
    with Package(path) as package:
        try:
            book = PackageEditor(package)
            if sheet and edits:
                put_cells_returning_skipped(book.editable_part(sheet.part), edits)
            changed, removed = book.changed_and_removed_parts()
        except ValueError as error:
            raise edit_error(path.name, error) from error
    replace_parts(path, target, changed, removed)


def _edits_of_settings(sheet: Sheet, settings: Mapping[str, str]) -> Iterator[CellEdit]:
    """The edits for values that differ; a key without a row gets the first one below all others."""
    free = sheet.last_row + 1
    for key, value in settings.items():
        row = _row_of_key(sheet, key)
        if row is None:
            yield CellEdit(sheet.name, f"A{free}", key)
            row, free = free, free + 1
        if sheet.text(row, 2) != value:
            yield CellEdit(sheet.name, f"B{row}", value)


def _row_of_key(sheet: Sheet, key: str) -> int | None:
    rows = sheet.non_empty_rows()
    return next((row for row in rows if normalized(sheet.text(row, 1)) == normalized(key)), None)
