"""Sheets copied from the template as they are drawn, with their placeholders replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

from kenpo_xl.books.report.layout.formats import Formats
from kenpo_xl.books.report.layout.shrink_to_fit import fitted_style, style_of_one_line
from kenpo_xl.books.report.not_printed import leave_out_of_print
from kenpo_xl.books.report.template.conditions import PlacedCondition
from kenpo_xl.books.report.template.drawn_sheet import DrawnCell, DrawnSheet, Picture
from kenpo_xl.books.report.template.screen_widths import xlsxwriter_pixels
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import (
    COVER,
    filled_text_or_empty,
    text_with_known_words,
)
from kenpo_xl.domain.cell_reference import a1

_INCH = 96
_TextOf = Callable[[str], str]
_StyleOf = Callable[[str, DrawnCell], Style]


def write_cover(sheet: Any, cover: DrawnSheet, words: Mapping[str, str], formats: Formats) -> None:
    """Write the cover; a cell whose placeholders are all empty becomes empty, long texts become smaller."""

    def text_of(text: str) -> str:
        return filled_text_or_empty(text, words, location=f"シート「{COVER}」")

    taken = {
        (cell.row, column)
        for cell in cover.cells
        if cell.value is not None
        for column in range(cell.column, cell.last_column + 1)
    }

    def style_of(text: str, cell: DrawnCell) -> Style:
        own, height = cover.cell_size(cell)
        room = cover.width_for_text(cell, taken)
        alone = style_of_one_line(text, cell.style, room) if room != own else None
        return alone or fitted_style(text, cell.style, own, height)

    _write_cells(sheet, cover, formats, (text_of, style_of))


def write_further_sheet(sheet: Any, drawn: DrawnSheet, words: Mapping[str, str], formats: Formats) -> None:
    """Write a sheet that is the template's own; braces around other words stay as they are."""
    sheet.set_default_row(drawn.default_height)
    _write_cells(
        sheet,
        drawn,
        formats,
        (lambda text: text_with_known_words(text, words), lambda _, cell: cell.style),
    )
    _set_up_printing(sheet, drawn)
    if drawn.frozen_at:
        sheet.freeze_panes(*drawn.frozen_at)
    if drawn.tab_colour:
        sheet.set_tab_color(drawn.tab_colour)
    if drawn.is_hidden:
        sheet.hide()
        leave_out_of_print(sheet)


def _set_up_printing(sheet: Any, drawn: DrawnSheet) -> None:
    if drawn.fit:
        sheet.fit_to_pages(*drawn.fit)
    _repeat_headers(sheet, drawn)
    if drawn.prints_grid or drawn.shows_grid:
        sheet.hide_gridlines(0 if drawn.prints_grid else 1)
    if drawn.is_printed_across:
        sheet.print_across()
    if drawn.is_black_and_white:
        sheet.print_black_and_white()
    if drawn.first_page:
        sheet.set_start_page(drawn.first_page)
    if drawn.hides_zeros:
        sheet.hide_zero()
    sheet.set_h_pagebreaks(list(drawn.breaks))


def _repeat_headers(sheet: Any, drawn: DrawnSheet) -> None:
    if drawn.repeated:
        sheet.repeat_rows(*drawn.repeated)
    if drawn.repeated_columns:
        sheet.repeat_columns(*drawn.repeated_columns)


def write_pictures(sheet: Any, pictures: Iterable[Picture]) -> None:
    """Write pictures with their bytes; none moves or changes its size with cells."""
    from xlsxwriter.image import Image

    for picture in pictures:
        drawn = Image(BytesIO(picture.content))
        sheet.insert_image(
            0,
            0,
            drawn,
            {
                "x_offset": picture.left,
                "y_offset": picture.top,
                "x_scale": picture.width / (drawn.width * _INCH / drawn.x_dpi),
                "y_scale": picture.height / (drawn.height * _INCH / drawn.y_dpi),
                "object_position": 3,
                "description": picture.name,
            },
        )


def _write_cells(sheet: Any, drawn: DrawnSheet, formats: Formats, how: tuple[_TextOf, _StyleOf]) -> None:
    """Write cells, row heights, print area and pictures; `how` returns text and style of a cell."""
    _write_rows_and_columns(sheet, drawn, formats)
    inside = _merged_places(drawn.cells)
    for cell in drawn.cells:
        if (cell.row, cell.column) not in inside:
            _write_cell(sheet, cell, formats, how)
    if drawn.has_print_area:
        sheet.print_area(*drawn.print_area)
    write_pictures(sheet, drawn.pictures)
    for placed in drawn.conditions:
        _write_condition(sheet, placed, formats)


def _write_rows_and_columns(sheet: Any, drawn: DrawnSheet, formats: Formats) -> None:
    """Write the heights of rows, the looks of whole rows and columns, and what of them is hidden."""
    for row in sorted({*drawn.heights, *drawn.row_styles, *drawn.hidden_rows}):
        style = drawn.row_styles.get(row)
        options = {"hidden": True} if row in drawn.hidden_rows else {}
        sheet.set_row(row, drawn.heights.get(row), formats[style] if style else None, options)
    for columns in drawn.column_styles:
        pixels = xlsxwriter_pixels(columns.width)
        sheet.set_column_pixels(columns.first, columns.last, pixels, formats[columns.style])
    for column in drawn.hidden_columns:
        sheet.set_column_pixels(column, column, drawn.columns.pixels[column], None, {"hidden": True})


def _merged_places(cells: Iterable[DrawnCell]) -> set[tuple[int, int]]:
    """The places in merged cells but for their first ones."""
    return {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.last_row + 1)
        for column in range(cell.column, cell.last_column + 1)
        if (row, column) != (cell.row, cell.column)
    }


def _write_condition(sheet: Any, placed: PlacedCondition, formats: Formats) -> None:
    area = [number - 1 for number in placed.areas[0]]
    ranges = " ".join(f"{a1(a, b)}:{a1(c, d)}" for a, b, c, d in placed.areas)
    options = placed.condition.options(formats[placed.condition.style])
    sheet.conditional_format(*area, {**options, "multi_range": ranges})


def _write_cell(sheet: Any, cell: DrawnCell, formats: Formats, how: tuple[_TextOf, _StyleOf]) -> None:
    text_of, style_of = how
    value = text_of(cell.value) if isinstance(cell.value, str) and not cell.formula else cell.value
    style = formats[style_of(value, cell) if isinstance(value, str) else cell.style]
    if (cell.row, cell.column) != (cell.last_row, cell.last_column):
        sheet.merge_range(cell.row, cell.column, cell.last_row, cell.last_column, "", style)
    if cell.formula:
        sheet.write_formula(cell.row, cell.column, cell.formula, style, "" if value is None else value)
    elif isinstance(value, str):
        sheet.write_string(cell.row, cell.column, value, style)
    elif isinstance(value, bool):
        sheet.write_boolean(cell.row, cell.column, value, style)
    elif value is not None:
        sheet.write_number(cell.row, cell.column, value, style)
    else:
        sheet.write_blank(cell.row, cell.column, None, style)
