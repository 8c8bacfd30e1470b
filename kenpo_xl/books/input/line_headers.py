"""Where the lines of progress (実施状況) begin on a sheet, by the words of their headers."""

from __future__ import annotations

from kenpo_xl.books.common import names
from kenpo_xl.domain.language.normalize import folded
from kenpo_xl.ooxml.workbook import Area, Sheet


def line_heads(sheet: Sheet, area: Area | None) -> tuple[int, int, dict[str, int]] | None:
    """First and last row below the heads of the lines and the column of each head, None without heads."""
    wanted = {folded(head): head for head in names.LINE_HEADS}
    needed = {names.BLOCK_HEAD, names.KIND_HEAD, names.TEXT_HEAD, names.RATING_HEAD}
    top, bottom = (area.top, area.bottom) if area and area.sheet == sheet.name else (1, sheet.last_row)
    for row in (row for row in sheet.filled if top <= row <= bottom):
        columns: dict[str, int] = {}
        for column in sheet.filled[row]:
            head = wanted.get(folded(sheet.text(row, column)))
            if head:
                columns.setdefault(head, column)
        if needed <= columns.keys():
            return row + 1, bottom, columns
    return None
