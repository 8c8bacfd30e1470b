"""Finds the progress lines (実施状況) on a sheet by their headers."""

from __future__ import annotations

from kenpo_xl.books.common import names
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.ooxml.workbook import Area, Sheet

MARK_COLUMN = 1
"""The hidden column with the marks of lines and plan texts."""


@frozen
class LineHeaders:
    """First and last row below the headers of the progress, and the column of each header."""

    first_row: int
    last_row: int
    columns: dict[str, int]

    def has_plan_text(self, sheet: Sheet, row: int) -> bool:
        """Whether a row below the headers has the plan text of a block, not a line."""
        kind = normalized(sheet.text(row, self.columns[names.KIND_HEADER]))
        return kind == names.PLAN_KIND or (
            not kind and sheet.text(row, MARK_COLUMN).startswith(names.PLAN_MARKS)
        )


def find_line_headers(sheet: Sheet, area: Area | None) -> LineHeaders | None:
    """The headers of the progress lines in an area, else anywhere on the sheet; None for none."""
    headers = (*names.LINE_HEADERS, *names.CARRIED_LINE_HEADERS)
    wanted = {normalized(header): header for header in headers}
    needed = {names.BLOCK_HEADER, names.KIND_HEADER, names.TEXT_HEADER, names.RATING_HEADER}
    top, bottom = (area.top, area.bottom) if area and area.sheet == sheet.name else (1, sheet.last_row)
    for row in (row for row in sheet.non_empty_columns_by_row if top <= row <= bottom):
        columns: dict[str, int] = {}
        for column in sheet.non_empty_columns_by_row[row]:
            header = wanted.get(normalized(sheet.text(row, column)))
            if header:
                columns.setdefault(header, column)
        if needed <= columns.keys():
            return LineHeaders(row + 1, bottom, columns)
    return None
