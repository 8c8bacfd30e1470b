"""The pages that a drawn sheet is printed on: those of its print area that anything is on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, product

from kenpo_xl.books.common.text_metrics import line_width
from kenpo_xl.books.report.template.drawn_sheet import DrawnCell, DrawnSheet
from kenpo_xl.books.report.template.page_setup import POINT
from kenpo_xl.domain.frozen import frozen

# The pixels of a column whose width the file does not state.
_USUAL_WIDTH = 64


@frozen
class _Cuts:
    """The rows or columns of a print area: where each page begins, and the pixels above or left of each."""

    start: int
    first_of_page: tuple[int, ...]
    ends: tuple[int, ...]

    def pages(self, first: int, last: int) -> range:
        """The pages with these rows or columns."""
        first, last = max(first, self.start), min(last, self.start + len(self.ends) - 1)
        if first > last:
            return range(0)
        pages = [bisect_right(self.first_of_page, at) - 1 for at in (first, last)]
        return range(pages[0], pages[1] + 1)

    def pages_at(self, first: int, last: int) -> range:
        """The pages of what begins and ends at these pixels from the edge of the print area."""
        return self.pages(
            *(self.start + bisect_right(self.ends, at) if at >= 0 else -1 for at in (first, last))
        )


def printed_page_count(sheet: DrawnSheet) -> int:
    """The number of pages that the sheet is printed on; LibreOffice leaves out those that are empty."""
    if sheet.is_hidden:
        return 0
    top, left, bottom, right = sheet.print_area
    widths = [_column_pixels(sheet, column) for column in range(left, right + 1)]
    heights = [sheet.row_pixel_height(row) for row in range(top, bottom + 1)]
    share = _fitted_share(sheet, sum(widths), sum(heights))
    across = _page_ranges(
        left, widths, sheet.setup.printable_width_points / POINT / share, sheet.repeated_columns
    )
    down = _page_ranges(
        top, heights, sheet.setup.printable_height_points / POINT / share, sheet.repeated, sheet.breaks
    )
    return len({page for area in _filled_areas(sheet, down, across) for page in product(*area)})


def _column_pixels(sheet: DrawnSheet, column: int) -> int:
    if column in sheet.hidden_columns:
        return 0
    return sheet.columns.pixels[column] if column < len(sheet.columns.pixels) else _USUAL_WIDTH


def _filled_areas(sheet: DrawnSheet, down: _Cuts, across: _Cuts) -> Iterator[tuple[range, range]]:
    """The pages down and across that each cell and picture is on: a value, or a line around it.

    A fill alone does not count, as in LibreOffice.
    """
    taken = {(cell.row, cell.column) for cell in sheet.cells if cell.value is not None or cell.formula}
    for cell in sheet.cells:
        if cell.style.has_border:
            yield down.pages(cell.row, cell.last_row), across.pages(cell.column, cell.last_column)
        elif (cell.row, cell.column) in taken:
            last = _last_column_of_text(cell, sheet, taken)
            yield down.pages(cell.row, cell.row), across.pages(cell.column, last)
    top, left, _, _ = sheet.print_area
    above, before = (
        sheet.rows_pixel_height(0, top - 1),
        sum(_column_pixels(sheet, column) for column in range(left)),
    )
    for picture in sheet.pictures:
        y, x = picture.top - above, picture.left - before
        yield down.pages_at(y, y + picture.height - 1), across.pages_at(x, x + picture.width - 1)
    yield from _pages_with_borders(sheet, down, across)


def _pages_with_borders(sheet: DrawnSheet, down: _Cuts, across: _Cuts) -> Iterator[tuple[range, range]]:
    """The pages of each row and column that has lines as a whole."""
    top, left, bottom, right = sheet.print_area
    for row, style in sheet.row_styles.items():
        if style.has_border:
            yield down.pages(row, row), across.pages(left, right)
    for columns_style in sheet.column_styles:
        if columns_style.style.has_border:
            yield down.pages(top, bottom), across.pages(columns_style.first, columns_style.last)


def _last_column_of_text(cell: DrawnCell, sheet: DrawnSheet, taken: Collection[tuple[int, int]]) -> int:
    """The column in which the text of a cell ends: it runs on over empty cells at its right."""
    properties = cell.style.properties_by_name
    if not isinstance(cell.value, str) or "text_wrap" in properties or "align" in properties:
        return cell.last_column
    rest = line_width(cell.value) * cell.style.font_size / 2 / POINT
    column = cell.column
    while rest > (width := _column_pixels(sheet, column)) and (cell.row, column + 1) not in taken:
        if column >= sheet.print_area[3]:
            break
        rest, column = rest - width, column + 1
    return max(column, cell.last_column)


def _fitted_share(sheet: DrawnSheet, width: int, height: int) -> float:
    """The scale of the print, as a share of the designed size."""
    if sheet.fit is None:
        return sheet.setup.scale / 100
    sizes = (sheet.setup.printable_width_points, sheet.setup.printable_height_points)
    shares = [
        count * size / POINT / length
        for count, size, length in zip(sheet.fit, sizes, (width, height), strict=True)
        if count and length
    ]
    return min(1.0, *shares) if shares else 1.0


def _page_ranges(
    start: int,
    lengths: Sequence[int],
    page: float,
    repeated: tuple[int, int] | None,
    breaks: Collection[int] = (),
) -> _Cuts:
    """The pages of this length (in pixels) of rows or columns of these lengths, from `start` on.

    Those at the places `repeated` are at the start of each page behind them as well.
    """
    places = range(0) if repeated is None else range(max(repeated[0] - start, 0), repeated[1] - start + 1)
    firsts, used = [start], 0.0
    for place, length in enumerate(lengths):
        if place and (start + place in breaks or used + length > page + 1):
            again = lengths[places.start : places.stop] if place >= places.stop else ()
            firsts.append(start + place)
            used = float(sum(again))
        used += length
    return _Cuts(start, tuple(firsts), tuple(accumulate(lengths)))
