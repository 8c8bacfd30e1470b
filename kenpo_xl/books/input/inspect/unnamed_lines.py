"""Finds the lines that staff inserted without a block or a kind, and what to write there."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.books.common import names
from kenpo_xl.books.input.line_headers import LineHeaders, find_line_headers
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import a1, cell_position
from kenpo_xl.domain.submission.submission import ItemEntry, Submission
from kenpo_xl.ooxml.workbook import Sheet, Workbook


def edits_that_name_lines(book: Workbook, submission: Submission) -> Iterator[CellEdit]:
    """The block and the kind with which each such line was read, in their empty cells."""
    for item in submission.items:
        sheet = next((book.sheets[line.source.sheet] for line in item.lines if line.source), None)
        found = find_line_headers(sheet, None) if sheet else None
        if sheet and found:
            yield from _edits_of_item(sheet, found, item)


def _edits_of_item(sheet: Sheet, found: LineHeaders, item: ItemEntry) -> Iterator[CellEdit]:
    block, kind = (found.columns[header] for header in (names.BLOCK_HEADER, names.KIND_HEADER))
    for line in item.lines:
        if line.source and line.source.sheet == sheet.name:
            row, _ = cell_position(line.source.cell)
            wanted = {block: _block_above(sheet, found, row), kind: line.text_field or str(line.kind)}
            for column, text in wanted.items():
                if text and _is_empty(sheet, row, column):
                    yield CellEdit(sheet.name, a1(row, column), text)


def _is_empty(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell has neither a text nor a formula."""
    cell = sheet.get(row, column)
    return not sheet.text(row, column) and not (cell and cell.formula)


def _block_above(sheet: Sheet, found: LineHeaders, row: int) -> str:
    """The number of the nearest block at or above a row, as it is displayed; '' for none."""
    column = found.columns[names.BLOCK_HEADER]
    rows = range(row, found.first_row - 1, -1)
    return next((text for above in rows if (text := sheet.text(above, column))), "")
