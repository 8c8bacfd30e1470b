"""The regions of a worksheet: rectangles of cells that belong together, and the texts between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kenpo_xl.domain.cell_reference import CellPosition, Rectangle
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.pipeline.adopt.grid import Content, SourceSheet, bounding_rectangle, cells_of
from kenpo_xl.pipeline.adopt.words import is_note

_NEIGHBOURS = ((0, 1), (1, 0), (0, -1), (-1, 0))
_LEAST_SIDE = 2
_NUMBERS = (Content.NUMBER, Content.FORMULA)


@frozen
class Regions:
    """The rectangles of a sheet from the top left, and the cells of texts outside of them."""

    areas: tuple[Rectangle, ...]
    loose: tuple[CellPosition, ...]


def regions_of_sheet(sheet: SourceSheet) -> Regions:
    """The framed regions, and the unframed ones that look like tables."""
    framed = [bounding_rectangle(one) for one in _components(sheet.framed)]
    areas = [_grown(sheet, area) for area in _merged(framed)]
    covered = {at for area in areas for at in cells_of(area)}
    rest = [at for at in sheet.filled if at not in covered]
    for part in _components(rest):
        area = _table_without_frame(sheet, part)
        if area:
            areas.append(area)
    areas = [part for area in areas for part in _parts_of(sheet, area)]
    covered = {at for area in areas for at in cells_of(area)}
    loose = tuple(sorted(at for at in sheet.filled if at not in covered))
    return Regions(tuple(sorted(areas)), loose)


def _components(places: Iterable[CellPosition]) -> Iterator[list[CellPosition]]:
    """Groups of cells that touch each other."""
    waiting = set(places)
    while waiting:
        stack = [min(waiting)]
        waiting.discard(stack[0])
        found = []
        while stack:
            row, column = at = stack.pop()
            found.append(at)
            for down, across in _NEIGHBOURS:
                near = (row + down, column + across)
                if near in waiting:
                    waiting.discard(near)
                    stack.append(near)
        yield found


def _merged(areas: list[Rectangle]) -> list[Rectangle]:
    """Rectangles without overlaps: those that overlap are joined."""
    found: list[Rectangle] = []
    for area in sorted(areas):
        joined = area
        while other := next((one for one in found if _overlap(one, joined)), None):
            found.remove(other)
            joined = bounding_rectangle([joined[:2], joined[2:], other[:2], other[2:]])
        found.append(joined)
    return found


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _grown(sheet: SourceSheet, area: Rectangle) -> Rectangle:
    """The rectangle with the unframed rows of numbers right below it: only its headers have a border."""
    top, left, bottom, right = area
    if any(sheet.at(*at).content in (*_NUMBERS, Content.BLANK) for at in cells_of(area)):
        return area
    while True:
        below = [sheet.at(bottom + 1, column).content for column in range(left, right + 1)]
        if not any(one in _NUMBERS for one in below):
            return top, left, bottom, right
        bottom += 1


def _table_without_frame(sheet: SourceSheet, part: list[CellPosition]) -> Rectangle | None:
    """The rectangle of unframed cells that hold a table: texts at two sides, numbers within."""
    area = bounding_rectangle(part)
    top, left, bottom, right = _without_loose_rows(sheet, area)
    is_wide = right - left + 1 >= _LEAST_SIDE and bottom - top + 1 >= _LEAST_SIDE
    numbers = [at for at in cells_of((top, left, bottom, right)) if sheet.at(*at).content in _NUMBERS]
    return (top, left, bottom, right) if is_wide and len(numbers) >= _LEAST_SIDE else None


def _without_loose_rows(sheet: SourceSheet, area: Rectangle) -> Rectangle:
    """A rectangle without the rows above and below that hold a single text: captions and notes."""
    top, left, bottom, right = area
    while top < bottom and _is_single_text(sheet, top, left, right):
        top += 1
    while top < bottom and _is_single_text(sheet, bottom, left, right):
        bottom -= 1
    return top, left, bottom, right


def _is_single_text(sheet: SourceSheet, row: int, left: int, right: int) -> bool:
    cells = [column for column in range(left, right + 1) if (row, column) in sheet.filled]
    return len(cells) == 1 and sheet.at(row, cells[0]).content is Content.TEXT


def _parts_of(sheet: SourceSheet, area: Rectangle) -> Iterator[Rectangle]:
    """The rectangle without rows of one text across all columns at its ends, split where one is within.

    Such a row within begins another table if the row below it has headers; else it is a section of the table.
    """
    top, left, bottom, right = area
    start = top
    for row in range(top, bottom + 1):
        if _is_row_across(sheet, row, left, right) and _begins_part(sheet, row, area, start):
            if row > start:
                yield start, left, row - 1, right
            start = row + 1
    while bottom >= start and _is_note_row(sheet, bottom, left, right):
        bottom -= 1
    if start <= bottom:
        yield start, left, bottom, right


def _is_row_across(sheet: SourceSheet, row: int, left: int, right: int) -> bool:
    """Whether one text reaches over all columns of a row."""
    area = sheet.area(row, left)
    across = area[1] <= left and area[3] >= right and left < right
    return across and area[0] == area[2] and sheet.at(row, left).content is Content.TEXT


def _begins_part(sheet: SourceSheet, row: int, area: Rectangle, start: int) -> bool:
    _, left, bottom, right = area
    if row == start:
        return True
    below = [sheet.at(row + 1, column).content for column in range(left, right + 1)]
    return row < bottom and all(one is Content.TEXT for one in below) and right - left >= _LEAST_SIDE


def _is_note_row(sheet: SourceSheet, row: int, left: int, right: int) -> bool:
    return _is_row_across(sheet, row, left, right) and is_note(sheet.text(row, left))
