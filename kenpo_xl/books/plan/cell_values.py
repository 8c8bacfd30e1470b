"""Writes values into cells of a plan book: nothing else of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.plan.yearly_cells import CellContent
from kenpo_xl.ooxml.edit.calculation import drop_calculation_chain
from kenpo_xl.ooxml.edit.new_cells import put_cells_returning_skipped
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.xml_part import edit_error
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts

CellName = tuple[str, str]
"""Sheet and cell."""


def write_cell_values(path: Path, target: Path, values: Mapping[CellName, CellContent]) -> None:
    """Copy a plan book to `target` with these values."""
    with Package(path) as package:
        try:
            editor = PackageEditor(package)
            parts = {entry.name: entry.part for entry in editor.sheets() if entry.kind == "worksheet"}
            book = Workbook(path)
            for sheet in dict.fromkeys(sheet for sheet, _ in values):
                edits = [
                    CellEdit(sheet, cell, _stored_value(book, sheet, cell, value))
                    for (name, cell), value in values.items()
                    if name == sheet
                ]
                put_cells_returning_skipped(editor.editable_part(parts[sheet]), edits)
                if any(_has_formula(book, edit) for edit in edits):
                    drop_calculation_chain(editor)
            changed, removed = editor.changed_and_removed_parts()
        except ValueError as error:
            raise edit_error(path.name, error) from error
    replace_parts(path, target, changed, removed)


def _has_formula(book: Workbook, edit: CellEdit) -> bool:
    there = book.sheets[edit.sheet].cells.get(cell_position(edit.cell))
    return there is not None and bool(there.formula)


def _stored_value(book: Workbook, sheet: str, cell: str, value: CellContent) -> Decimal | str | None:
    """A value as the cell stores it; a date as text in a cell that does not show dates."""
    if not isinstance(value, date):
        return value
    there = book.sheets[sheet].cells.get(cell_position(cell))
    if there is None or there.style not in book.styles.dates:
        return f"{value.year}/{value.month}/{value.day}"
    return Decimal((value - book.epoch).days)
