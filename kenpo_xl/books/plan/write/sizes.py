"""Column widths, row heights and styles of what a plan book shows."""

from __future__ import annotations

from collections import defaultdict
from math import ceil

from kenpo_xl.books.plan.write.drawn_sheet import (
    FIRST_COLUMN,
    DrawnKind,
    DrawnLayout,
    LayoutCell,
    MergedCells,
    Place,
)
from kenpo_xl.books.plan.write.look import CELL_STYLES, MARK_STYLES, Row, SheetOfList
from kenpo_xl.domain.language.text_size import display_width, wrapped_line_count
from kenpo_xl.domain.lengths import HalfWidths, Points


def style_name(layout: DrawnLayout, place: Place, cell: LayoutCell) -> str:
    """The style of a cell of a layout sheet."""
    if cell.kind is DrawnKind.MARK:
        return MARK_STYLES.get(cell.text, "option")
    if cell.kind in (DrawnKind.FRAME, DrawnKind.WORDS) and (place[0], 0) in layout.cells:
        return "label" if layout.cells[place[0], 0].text == "名札" else "words"
    if cell.kind in (DrawnKind.HEADER, DrawnKind.EMPTY):
        return "row_header" if _is_row_header(layout, place) else "header"
    return CELL_STYLES[cell.kind]


def _is_row_header(layout: DrawnLayout, place: Place) -> bool:
    return any(
        place in drawing.cells
        and place[0] in drawing.rows.values()
        and place[1] < min(drawing.columns.values())
        for drawing in layout.drawings.values()
    )


def merged_places(layout: DrawnLayout) -> set[Place]:
    """The places that belong to merged cells."""
    return {
        (row, column)
        for area in layout.areas
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }


def list_row_height(spec: SheetOfList, values: Row) -> Points:
    """The height of the longest wrapped text of a row; some is left over where words break early."""
    wrapped = [column for column in spec.columns if column.style == "text" and values.get(column.header)]
    lines = (ceil(_text_width(values[column.header]) / (column.width - 2)) for column in wrapped)
    return max(18, 13.5 * max(lines, default=1) + 5)


def _text_width(text: str) -> HalfWidths:
    """The width of the widest line in half-width characters."""
    return max(map(display_width, text.split("\n")))


def column_widths(layout: DrawnLayout) -> list[float]:
    """Column widths that show every header and figure; lines of text flow over the cells at their right."""
    widths = [10.0, 16.0, *[11.0] * max(0, layout.width - FIRST_COLUMN)]
    across = {(area.top, area.left) for area in layout.areas if area.left < area.right}
    for (row, column), cell in layout.cells.items():
        if cell.kind in (DrawnKind.HEADER, DrawnKind.FRAME) and (row, column) not in across:
            limit = 40 if _is_row_header(layout, (row, column)) else 24
            widths[column] = max(widths[column], min(limit, _text_width(cell.text) + 2.5))
    return widths


def layout_row_heights(layout: DrawnLayout, widths: list[float]) -> list[float]:
    """The height of the headers of each row; a merged header shares the rows that it spans."""
    spans = {(area.top, area.left): area for area in layout.areas}
    lines: defaultdict[int, int] = defaultdict(lambda: 1)
    for place, cell in layout.cells.items():
        area = spans.get(place, MergedCells(*place, *place))
        if place[0] == area.bottom and cell.kind is DrawnKind.HEADER:
            room = sum(widths[area.left : area.right + 1]) - 2
            lines[place[0]] = max(lines[place[0]], wrapped_line_count(cell.text, room, advance=1))
    return [max(18, 14 * lines[row] + 4) for row in range(layout.height)]
