"""A sheet of the template that the report copies as it is drawn: the cover, and further sheets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kenpo_xl.books.report.template.conditions import PlacedCondition
from kenpo_xl.books.report.template.page_setup import DEFAULT_HEIGHT, POINT, PageSetup, points_to_pixels
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
    hides_zeros: bool = False

    def cell_size(self, cell: DrawnCell) -> tuple[Width, int]:
        """Width and height of a cell; the height in pixels."""
        return self.columns.width(cell.column, cell.last_column), self.rows_pixel_height(
            cell.row, cell.last_row
        )

    def rows_pixel_height(self, first: int, last: int) -> int:
        """The height in pixels of the rows from `first` to `last`."""
        return sum(self.row_pixel_height(row) for row in range(first, last + 1))

    def row_pixel_height(self, row: int) -> int:
        """The height of a row in pixels, 0 for a hidden one."""
        return 0 if row in self.hidden_rows else points_to_pixels(self.heights.get(row, self.default_height))

    @property
    def page_count(self) -> int:
        """The number of pages that the sheet is printed on."""
        if self.is_hidden or not self.cells:
            return 0
        top, left, bottom, right = self.print_area
        widths = [
            0 if column in self.hidden_columns else self.columns.pixels[column]
            for column in range(left, min(right, len(self.columns.pixels) - 1) + 1)
        ]
        heights = [self.row_pixel_height(row) for row in range(top, bottom + 1)]
        share = self._fitted_share(sum(widths), sum(heights))
        across = _page_count(
            widths,
            self.setup.printable_width_points / POINT / share,
            repeated=_range_from(left, self.repeated_columns),
        )
        down = _page_count(
            heights,
            self.setup.printable_height_points / POINT / share,
            {at - top for at in self.breaks},
            repeated=_range_from(top, self.repeated),
        )
        return across * down

    def _fitted_share(self, width: int, height: int) -> float:
        """The scale of the print, as a share of the designed size."""
        if self.fit is None:
            return self.setup.scale / 100
        sizes = (self.setup.printable_width_points, self.setup.printable_height_points)
        shares = [
            count * size / POINT / length
            for count, size, length in zip(self.fit, sizes, (width, height), strict=True)
            if count and length
        ]
        return min(1.0, *shares) if shares else 1.0


def _range_from(start: int, repeated: tuple[int, int] | None) -> range:
    """The places of repeated rows or columns in a print area that begins at `start`."""
    return range(0) if repeated is None else range(max(repeated[0] - start, 0), repeated[1] - start + 1)


def _page_count(lengths: Sequence[int], page: float, breaks: Collection[int] = (), *, repeated: range) -> int:
    """The number of pages of this length that rows or columns of these lengths take.

    Those at the places `repeated` stand at the start of each page behind them as well.
    """
    count, used = 1, 0.0
    for place, length in enumerate(lengths):
        if place and (place in breaks or used + length > page + 1):
            again = lengths[repeated.start : repeated.stop] if place >= repeated.stop else ()
            count, used = count + 1, float(sum(again))
        used += length
    return count
