"""Writes values into cells of a plan book: nothing else of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.ooxml.edit.new_cells import put_cells
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.xml_part import edit_error
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts

CellName = tuple[str, str]
"""Sheet and cell."""


def write_cell_values(
    path: Path, target: Path, values: Mapping[CellName, Decimal | str | date | None]
) -> None:
    """Copy a plan book to `target` with these values; a date is stored in the way of the book."""
    with Package(path) as package:
        try:
            editor = PackageEditor(package)
            parts = {entry.name: entry.part for entry in editor.sheets() if entry.kind == "worksheet"}
            epoch = Workbook(path).epoch
            for sheet in {sheet for sheet, _ in values}:
                edits = [
                    CellEdit(sheet, cell, Decimal((value - epoch).days) if isinstance(value, date) else value)
                    for (name, cell), value in values.items()
                    if name == sheet
                ]
                put_cells(editor.editable_part(parts[sheet]), edits)
            changed, removed = editor.changed_and_removed_parts()
        except ValueError as error:
            raise edit_error(path.name, error) from error
    replace_parts(path, target, changed, removed)
