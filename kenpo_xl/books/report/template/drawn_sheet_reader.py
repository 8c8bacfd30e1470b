"""Reads the sheets of a template that a report copies as they are drawn: the cover, and further sheets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from kenpo_xl.books.report.template.conditions import read_conditions
from kenpo_xl.books.report.template.drawn_sheet import DrawnCell, DrawnSheet, Picture
from kenpo_xl.books.report.template.losses import is_fit_to_pages
from kenpo_xl.books.report.template.options import OPTIONS
from kenpo_xl.books.report.template.page_setup import DEFAULT_HEIGHT, POINT
from kenpo_xl.books.report.template.page_setup_reader import print_area_of, read_page_setup
from kenpo_xl.books.report.template.pictures import PlacedOnGrid, read_pictures
from kenpo_xl.books.report.template.screen_widths import SheetColumns
from kenpo_xl.books.report.template.style import Palette
from kenpo_xl.books.report.template.template import BODY
from kenpo_xl.books.report.template.whole_styles import DEFAULT_WIDTH, WholeStyles
from kenpo_xl.domain.cell_reference import column_number
from kenpo_xl.ooxml.workbook import Workbook

# Formulas that leave the workbook, or name parts that are not copied: their results are copied.
_LEAVES_WORKBOOK = r"[\[|]|\b(?:WEBSERVICE|HYPERLINK|RTD|CALL|REGISTER|DDE)\b"


@dataclass
class DrawnSheetReader:
    """Reads sheets of one template; `losses` are phrases on what of them cannot be copied.

    `book` and `openpyxl_book` are the same workbook, `font_size` is that of its default font in points.
    """

    book: Workbook
    openpyxl_book: Any
    palette: Palette
    font_size: float
    losses: list[str] = field(default_factory=list)

    def read_cover(self, name: str) -> DrawnSheet:
        """The cover, in a scale in which it fits on one page."""
        cover = self._read_sheet(name)
        if not cover.has_print_area:
            cover = self._with_columns_of_page(cover)
        top, left, bottom, right = cover.print_area
        width = cover.columns.width(left, right).most
        return replace(cover, setup=cover.setup.scaled_to_fit(width, cover.rows_pixel_height(top, bottom)))

    def _with_columns_of_page(self, cover: DrawnSheet) -> DrawnSheet:
        """The cover with as many columns as its page has, over which texts may run on."""
        sheet = self.openpyxl_book[cover.name]
        usual = sheet.sheet_format.defaultColWidth or DEFAULT_WIDTH
        characters = list(cover.characters)
        while True:
            columns = SheetColumns.for_characters((*characters, usual), self.font_size)
            if columns.width(0, len(characters)).most * POINT > cover.setup.printable_width_points:
                break
            characters.append(usual)
        columns = SheetColumns.for_characters(tuple(characters), self.font_size)
        return replace(cover, characters=tuple(characters), columns=columns)

    def read_further_sheets(self, *, besides: Collection[str]) -> tuple[DrawnSheet, ...]:
        """The sheets with other names, in their order."""
        names = [sheet.title for sheet in self.openpyxl_book.worksheets if sheet.title not in besides]
        self.losses += [f"グラフシート「{sheet.title}」" for sheet in self.openpyxl_book.chartsheets]
        return tuple(map(self._read_sheet, names))

    def header_pictures(
        self, name: str, heights: Mapping[str, int], *, last_column: int
    ) -> tuple[Picture, ...]:
        """The pictures in the header rows of the body, from the left of its first printed column.

        `heights` are those of the header rows in pixels, by the names in column A; `last_column` is the
        last one that is printed, from 1.
        """
        sheet = self.openpyxl_book[name]
        rows = {
            cell.row - 1: heights[text]
            for cell in sheet["A"]
            if (text := str(cell.value or "").strip()) in heights
        }
        tops = {row: sum(high for above, high in rows.items() if above < row) for row in rows}
        columns = SheetColumns.for_characters(
            tuple(column_widths(sheet, range(1, sheet.max_column + 1))), self.font_size
        ).pixels
        found = []
        for one in self._pictures_of_sheet(name):
            if one.row in rows and 0 < one.column < last_column:
                found.append(one.picture(columns[1:], lambda row: rows.get(row, 0), -1, tops[one.row]))
            else:
                self.losses.append(f"「{name}」の見出しの行の外にある画像")
        return tuple(found)

    def _pictures_of_sheet(self, name: str) -> list[PlacedOnGrid]:
        found, losses = read_pictures(self.book, name)
        self.losses += [f"「{name}」の{phrase}" for phrase in losses]
        return found

    def _read_sheet(self, name: str) -> DrawnSheet:
        sheet = self.openpyxl_book[name]
        characters = tuple(column_widths(sheet, range(1, sheet.max_column + 1)))
        whole = WholeStyles.of_sheet(sheet, self.palette)
        drawn = DrawnSheet(
            name=name,
            cells=tuple(self._visible_cells(sheet)),
            heights={
                number - 1: entry.height for number, entry in sheet.row_dimensions.items() if entry.height
            },
            characters=characters,
            columns=SheetColumns.for_characters(characters, self.font_size),
            setup=read_page_setup(sheet),
            print_area=print_area_of(sheet),
            has_print_area=bool(sheet.print_area),
            default_height=sheet.sheet_format.defaultRowHeight or DEFAULT_HEIGHT,
            hidden_rows=tuple(number - 1 for number, entry in sheet.row_dimensions.items() if entry.hidden),
            hidden_columns=tuple(_hidden_columns(sheet)),
            repeated=_repeated_rows(sheet),
            repeated_columns=_repeated_columns(sheet),
            breaks=tuple(one.id for one in sheet.row_breaks.brk),
            fit=_fitted_pages(sheet),
            frozen_at=_frozen_cell(sheet),
            tab_colour=self.palette.hex_colour(sheet.sheet_properties.tabColor) or "",
            shows_grid=bool(sheet.sheet_view.showGridLines),
            prints_grid=bool(sheet.print_options.gridLines),
            is_printed_across=sheet.page_setup.pageOrder == "overThenDown",
            is_black_and_white=bool(sheet.page_setup.blackAndWhite),
            first_page=_first_page(sheet),
            is_hidden=sheet.sheet_state != "visible",
            hides_zeros=sheet.sheet_view.showZeros is False,
            row_styles=whole.rows,
            column_styles=whole.columns,
        )
        columns = drawn.columns.pixels
        pictures = [one.picture(columns, drawn.row_pixel_height) for one in self._pictures_of_sheet(name)]
        conditions, unknown = read_conditions(sheet, self.palette)
        if unknown:
            self.losses.append(f"「{name}」の条件付き書式（{'、'.join(unknown)}）")
        return replace(drawn, pictures=tuple(pictures), conditions=tuple(conditions))

    def _visible_cells(self, sheet: Any) -> Iterator[DrawnCell]:
        ends = {
            (area.min_row, area.min_col): (area.max_row, area.max_col) for area in sheet.merged_cells.ranges
        }
        for row in sheet.iter_rows():
            for cell in row:
                place = cell.row, cell.column
                drawn = self._drawn_cell(cell, ends.get(place, place))
                is_merged = (drawn.last_row, drawn.last_column) != (drawn.row, drawn.column)
                if drawn.value is not None or drawn.formula or drawn.style.is_visible_when_empty or is_merged:
                    yield drawn

    def _drawn_cell(self, cell: Any, end: tuple[int, int]) -> DrawnCell:
        style = self.palette.style(cell)
        if end != (cell.row, cell.column):
            style = style.with_last_sides_of(self.palette.style(cell.parent.cell(*end)))
        value, formula = cell.value, ""
        if cell.data_type == "f":
            formula = value if isinstance(value, str) else ""  # no text: one for several cells
            stored = self.book.sheets[cell.parent.title].cells.get((cell.row, cell.column))
            value = stored.value if stored else None
            if not formula.startswith("=") or self._leaves_report.search(formula):
                self.losses.append(
                    f"「{cell.parent.title}」の {cell.coordinate} の算式（結果の値だけを写します）"
                )
                formula = ""
        return DrawnCell(
            row=cell.row - 1,
            column=cell.column - 1,
            last_row=end[0] - 1,
            last_column=end[1] - 1,
            value=_plain_value(value),
            style=style,
            formula=formula,
        )

    @cached_property
    def _leaves_report(self) -> re.Pattern[str]:
        """Matches formulas that name what a report does not have."""
        sheets = self.openpyxl_book.worksheets
        names = [BODY, OPTIONS, *self.openpyxl_book.defined_names]
        names += [name for sheet in sheets for name in sheet.defined_names]
        missing = "|".join(map(re.escape, names))
        return re.compile(rf"{_LEAVES_WORKBOOK}|(?<![\w.])(?:{missing})(?![\w.(])", re.IGNORECASE)


def _plain_value(value: Any) -> str | float | None:
    from openpyxl.utils.datetime import to_excel

    if isinstance(value, dt.date | dt.time):
        value = to_excel(value)  # type: ignore[no-untyped-call]
    return value if value is None or isinstance(value, int | float) else str(value)


def column_widths(sheet: Any, columns: Iterable[int]) -> Iterator[float]:
    """The widths of columns (from 1) as stored in the file, in which one entry may be for several."""
    known = {
        number: entry.width
        for entry in sheet.column_dimensions.values()
        if entry.min and entry.customWidth
        for number in range(entry.min, entry.max + 1)
    }
    usual = sheet.sheet_format.defaultColWidth or DEFAULT_WIDTH
    for column in columns:
        yield float(known.get(column, usual))


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for entry in sheet.column_dimensions.values():
        if entry.hidden and entry.min:
            yield from range(entry.min - 1, min(entry.max, sheet.max_column))


def _repeated_rows(sheet: Any) -> tuple[int, int] | None:
    numbers = [int(number) for number in re.findall(r"\d+", sheet.print_title_rows or "")]
    return (numbers[0] - 1, numbers[-1] - 1) if numbers else None


def _repeated_columns(sheet: Any) -> tuple[int, int] | None:
    names = re.findall(r"[A-Z]+", sheet.print_title_cols or "")
    return (column_number(names[0]) - 1, column_number(names[-1]) - 1) if names else None


def _first_page(sheet: Any) -> int:
    """The number that the first page of the sheet states, 0 where it follows those before."""
    return int(sheet.page_setup.firstPageNumber or 0) if sheet.page_setup.useFirstPageNumber else 0


def _frozen_cell(sheet: Any) -> tuple[int, int] | None:
    """The row and the column, from 0, that scroll first."""
    if not sheet.freeze_panes:
        return None
    cell = sheet[sheet.freeze_panes]
    return cell.row - 1, cell.column - 1


def _fitted_pages(sheet: Any) -> tuple[int, int] | None:
    if not is_fit_to_pages(sheet):
        return None
    across, down = sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight
    return (1 if across is None else int(across)), (1 if down is None else int(down))
