"""Writes marks into a closed book without marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kenpo_xl.annotations import added_sheet, comments, findings_sheet, highlight, undo_log
from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.annotations.findings_sheet import FindingsSheet
from kenpo_xl.annotations.placement import Placement
from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.package_editor import PackageEditor


def write_marks(book: PackageEditor, marks: Sequence[Mark], before: Mapping[str, str]) -> None:
    """Write marks into their cells, then all of them into 指摘.

    `before` are the hashes that `undo_log.start_undo_log` gave.
    """
    placement = Placement(book, marks, findings_sheet.find_findings_sheet(book))
    uncovered = {sheet: _cells_without_conditional_format(placement, sheet) for sheet in placement.cells}
    for sheet_name, cells in uncovered.items():
        _write_comments_and_highlights(book, placement, sheet_name, cells)
    sheet = placement.own_sheet or added_sheet.add_findings_sheet(book)
    if placement.own_sheet is None or any(uncovered.values()):
        added_sheet.define_own_names(book, sheet)
    _write_finding_rows(book, sheet, placement, before)


def _cells_without_conditional_format(
    placement: Placement, sheet: str
) -> list[tuple[CellPosition, Severity]]:
    """The cells to highlight for which the sheet has no conditional format."""
    cells = placement.cells[sheet].items()
    return [
        (position, severity)
        for position, cell in cells
        if cell.is_bare and (severity := cell.highlight_severity)
    ]


def _write_comments_and_highlights(
    book: PackageEditor,
    placement: Placement,
    sheet: str,
    uncovered: Collection[tuple[CellPosition, Severity]],
) -> None:
    entry, wanted = placement.entries[sheet], placement.own_comments(sheet)
    if wanted:
        comments.add_comments(book, entry, wanted)
    if uncovered:
        highlight.add_highlights(book, entry, uncovered)


def _write_finding_rows(
    book: PackageEditor, sheet: FindingsSheet, placement: Placement, before: Mapping[str, str]
) -> None:
    rows = placement.finding_rows()
    undoing = findings_sheet.cell_sized_pieces(undo_log.undo_log_text(book, before, sheet.entry.part))
    for number, piece in enumerate(undoing):
        if number == len(rows):
            rows.append({})
        rows[number][findings_sheet.UNDO] = CellXml(piece)
    sheet.write_rows(rows)
