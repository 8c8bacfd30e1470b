"""A sheet of a workbook in memory with other texts in some cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.ooxml.cell_reader import RawCell, SheetContents
from kenpo_xl.ooxml.workbook import Sheet, Workbook


def replace_texts(book: Workbook, sheet: Sheet, texts: Mapping[CellPosition, str]) -> Sheet:
    """Put texts into cells of a sheet of an open workbook, '' for none; the sheet in its place."""
    if not texts:
        return sheet
    cells = dict(sheet.cells)
    for at, text in texts.items():
        style = cells[at].style if at in cells else 0
        cells[at] = RawCell(text or None, "", style)
    contents = SheetContents(cells=cells, merges=sheet.merges)
    contents = replace(contents, struck=sheet.struck_positions)

    def load(_: int) -> SheetContents:
        return contents

    new = Sheet(sheet.name, sheet.state, load, sheet.part)
    new.named_extent = sheet.named_extent
    book.sheets[sheet.name] = new
    return new
