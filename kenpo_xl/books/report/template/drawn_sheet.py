"""A sheet of the template that the report copies as it is drawn: the cover, and further sheets."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kenpo_xl.books.report.template.conditions import PlacedCondition
from kenpo_xl.books.report.template.page_setup import DEFAULT_HEIGHT, PageSetup, points_to_pixels
from kenpo_xl.books.report.template.screen_widths import SheetColumns, Width
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.domain.frozen import frozen


@frozen
class DrawnCell:
    """A cell with the last row and column it is merged with, counted from 0; with a formula, its result."""

    row: int
    column: int
    last_row: int
    last_column: int
    value: str | float | bool | None
    style: Style
    formula: str = ""


@frozen
class StyledColumns:
    """The look of whole columns, counted from 0, and their width in characters."""

    first: int
    last: int
    width: float
    style: Style


@frozen
class Picture:
    """A picture with its bytes, in pixels from the top left of its sheet."""

    content: bytes
    left: int
    top: int
    width: int
    height: int
    name: str = ""


@frozen
class DrawnSheet:
    """A sheet as drawn: cells in reading order, row heights in points, column widths in characters.

    `repeated` are the first and the last row that every page repeats, counted from 0, `repeated_columns` the
    columns; `breaks` the rows below page breaks. `fit` is the number of pages across and down that it is
    fitted to, 0 for any number; `first_page` the number of its first page, 0 for the one that follows.
    `print_area` is all that is used where the template states none: texts may then run on to the last column.
    `row_styles` and `column_styles` are those of whole rows and columns, for cells without a style.
    """

    name: str
    cells: tuple[DrawnCell, ...]
    heights: Mapping[int, float]
    characters: tuple[float, ...]
    columns: SheetColumns
    setup: PageSetup
    print_area: tuple[int, int, int, int]
    row_styles: Mapping[int, Style]
    column_styles: tuple[StyledColumns, ...]
    pictures: tuple[Picture, ...] = ()
    default_height: float = DEFAULT_HEIGHT
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    repeated: tuple[int, int] | None = None
    repeated_columns: tuple[int, int] | None = None
    breaks: tuple[int, ...] = ()
    conditions: tuple[PlacedCondition, ...] = ()
    fit: tuple[int, int] | None = None
    frozen_at: tuple[int, int] | None = None
    tab_colour: str = ""
    shows_grid: bool = False
    prints_grid: bool = False
    is_printed_across: bool = False
    is_black_and_white: bool = False
    first_page: int = 0
    is_hidden: bool = False
    has_print_area: bool = True
    hides_zeros: bool = False

    def cell_size(self, cell: DrawnCell) -> tuple[Width, int]:
        """Width and height of a cell; the height in pixels."""
        return self.columns.width(cell.column, cell.last_column), self.rows_pixel_height(
            cell.row, cell.last_row
        )

    def width_for_text(self, cell: DrawnCell, taken: Collection[tuple[int, int]]) -> Width:
        """The width that a text may have which runs on over empty cells beside its own.

        `taken` are the places of all cells with a value. A merged cell, or one with lines, has only its own.
        """
        own = self.columns.width(cell.column, cell.last_column)
        properties = cell.style.properties_by_name
        align = properties.get("align", "left")
        is_single = (cell.row, cell.column) == (cell.last_row, cell.last_column)
        if not is_single or "text_wrap" in properties or align not in {"left", "right", "center"}:
            return own
        first, last = self._free_ends(cell, taken)
        if align == "center":
            reach = min(cell.column - first, last - cell.column)
            return self.columns.width(cell.column - reach, cell.column + reach)
        return self.columns.width(*((cell.column, last) if align == "left" else (first, cell.column)))

    def _free_ends(self, cell: DrawnCell, taken: Collection[tuple[int, int]]) -> tuple[int, int]:
        """The first and the last column from which on cells beside this one are empty."""
        first = last = cell.column
        _, left, _, right = self.print_area
        right = right if self.has_print_area else len(self.characters) - 1
        while first > left and (cell.row, first - 1) not in taken:
            first -= 1
        while last < right and (cell.row, last + 1) not in taken:
            last += 1
        return first, last

    def rows_pixel_height(self, first: int, last: int) -> int:
        """The height in pixels of the rows from `first` to `last`."""
        return sum(self.row_pixel_height(row) for row in range(first, last + 1))

    def row_pixel_height(self, row: int) -> int:
        """The height of a row in pixels, 0 for a hidden one."""
        return 0 if row in self.hidden_rows else points_to_pixels(self.heights.get(row, self.default_height))
