"""The cover of the report, copied from the template with its placeholders replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kenpo_xl.books.report.layout.sheet_writer import Formats
from kenpo_xl.books.report.layout.shrink_to_fit import fitted_style
from kenpo_xl.books.report.template.template import COVER, Cover, CoverCell, filled_text_or_empty


def write_cover(sheet: Any, cover: Cover, words: Mapping[str, str], formats: Formats) -> None:
    """Write the cells of the cover; one whose placeholders are all empty becomes empty."""
    for row, height in cover.heights.items():
        sheet.set_row(row, height)
    inside = {
        (row, column)
        for cell in cover.cells
        for row in range(cell.row, cell.last_row + 1)
        for column in range(cell.column, cell.last_column + 1)
        if (row, column) != (cell.row, cell.column)
    }
    for cell in cover.cells:
        if (cell.row, cell.column) not in inside:
            _write_cover_cell(sheet, cell, cover, words, formats)
    sheet.print_area(*cover.print_area)


def _write_cover_cell(
    sheet: Any, cell: CoverCell, cover: Cover, words: Mapping[str, str], formats: Formats
) -> None:
    value = cell.value
    if isinstance(value, str):
        value = filled_text_or_empty(value, words, location=f"シート「{COVER}」")
    style = formats[
        fitted_style(value, cell.style, *cover.cell_size(cell)) if isinstance(value, str) else cell.style
    ]
    if (cell.row, cell.column) != (cell.last_row, cell.last_column):
        sheet.merge_range(cell.row, cell.column, cell.last_row, cell.last_column, "", style)
    if isinstance(value, str):
        sheet.write_string(cell.row, cell.column, value, style)
    elif value is not None:
        sheet.write_number(cell.row, cell.column, value, style)
    else:
        sheet.write_blank(cell.row, cell.column, None, style)
