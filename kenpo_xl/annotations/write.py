"""Putting marks into a closed book that holds none of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kenpo_xl.annotations import added_sheet, comments, findings_sheet, highlight, undo_log
from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.annotations.findings_sheet import FindingsSheet
from kenpo_xl.annotations.placement import Placement
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.package_editor import PackageEditor


def put(book: PackageEditor, marks: Sequence[Mark], before: Mapping[str, str]) -> None:
    """Write marks into the cells that they speak of, then all of them into 指摘.

    `before` are the hashes that `undo.begin` gave.
    """
    sketch = Placement(book, marks)
    own = findings_sheet.find(book)
    needs_names = [_put_into(book, sketch, sheet) for sheet in sketch.cells]
    sheet = own or added_sheet.bring(book)
    if own is None or any(needs_names):
        added_sheet.name_it(book, sheet)
    _list(book, sheet, sketch, before)


def _put_into(book: PackageEditor, sketch: Placement, sheet: str) -> bool:
    """Write our notes and colours into a sheet; whether it needed a conditional format of our own."""
    entry, wanted = sketch.entries[sheet], sketch.notes(sheet)
    if wanted:
        comments.put(book, entry, wanted)
    cells = sketch.cells[sheet].items()
    bare = [(place, cell.colour) for place, cell in cells if cell.is_bare and cell.colour]
    if bare:
        highlight.put(book, entry, bare)
    return bool(bare)


def _list(book: PackageEditor, sheet: FindingsSheet, sketch: Placement, before: Mapping[str, str]) -> None:
    rows = sketch.rows()
    undoing = findings_sheet.chunks(undo_log.record(book, before, sheet.entry.part))
    for number, piece in enumerate(undoing):
        if number == len(rows):
            rows.append({})
        rows[number][findings_sheet.UNDO] = CellXml(piece)
    sheet.write(rows)
