"""The regions of a worksheet: rectangles of cells that belong together, and the texts between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kenpo_xl.domain.cell_reference import CellPosition, Rectangle
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.pipeline.adopt.grid import Content, SourceSheet, bounding_rectangle, cells_of
from kenpo_xl.pipeline.adopt.words import is_field_label, is_text_a_note

_NEIGHBOURS = ((0, 1), (1, 0), (0, -1), (-1, 0))
_LEAST_SIDE, _MOST_IN_FIELD_ROW = 2, 6
_NUMBERS = (Content.NUMBER, Content.FORMULA)


@frozen
class Regions:
    """The rectangles of a sheet from the top left, and the cells of texts outside of them."""

    areas: tuple[Rectangle, ...]
    loose: tuple[CellPosition, ...]


def regions_of_sheet(sheet: SourceSheet) -> Regions:
    """The framed regions, and the unframed ones that look like tables."""
    framed = [bounding_rectangle(one) for one in _components_without_bands(sheet)]
    areas = [_with_unframed_rows_below(sheet, area) for area in _rectangles_without_overlaps(framed)]
    areas += _tables_without_frame(sheet, _filled_outside(sheet, areas))
    parts = [part for area in areas for part in _tables_and_fields_in_frame(sheet, area)]
    return Regions(tuple(sorted(parts)), tuple(sorted(_filled_outside(sheet, parts))))


def _filled_outside(sheet: SourceSheet, areas: Iterable[Rectangle]) -> list[CellPosition]:
    """The filled cells that no rectangle has."""
    covered = {at for area in areas for at in cells_of(area)}
    return [at for at in sheet.filled if at not in covered]


def _groups_of_touching_cells(places: Iterable[CellPosition]) -> Iterator[list[CellPosition]]:
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


def _components_without_bands(sheet: SourceSheet) -> Iterator[list[CellPosition]]:
    """Groups of framed cells that touch each other, without bands: a coloured row with one text above."""
    waiting = [list(one) for one in _groups_of_touching_cells(sheet.framed)]
    while waiting:
        part = waiting.pop()
        first, rest = _first_row_and_rest(part)
        if rest and _is_band_above_rows(sheet, first, rest):
            waiting += [list(one) for one in _groups_of_touching_cells(rest)]
        else:
            yield part


def _first_row_and_rest(part: list[CellPosition]) -> tuple[list[CellPosition], list[CellPosition]]:
    top, _ = min(part)
    return [at for at in part if at[0] == top], [at for at in part if at[0] > top]


def _is_band_above_rows(sheet: SourceSheet, row: list[CellPosition], rest: list[CellPosition]) -> bool:
    """Whether a row is one text at its left and empty cells behind it, above rows of several cells."""
    first, *others = sorted(row)
    below = [at for at in rest if at[0] == first[0] + 1]
    texts = dict.fromkeys(sheet.root(*at) for at in below if sheet.at(*at).shown)
    is_alone = sheet.at(*first).content is Content.TEXT and not any(sheet.at(*at).shown for at in others)
    return len(row) > _LEAST_SIDE and is_alone and len(texts) >= _LEAST_SIDE and sheet.root(*first) == first


def _rectangles_without_overlaps(areas: list[Rectangle]) -> list[Rectangle]:
    """Rectangles without overlaps: those that overlap are joined."""
    found: list[Rectangle] = []
    for area in sorted(areas):
        joined = area
        while other := next((one for one in found if _are_overlapping(one, joined)), None):
            found.remove(other)
            joined = bounding_rectangle([joined[:2], joined[2:], other[:2], other[2:]])
        found.append(joined)
    return found


def _are_overlapping(one: Rectangle, other: Rectangle) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _with_unframed_rows_below(sheet: SourceSheet, area: Rectangle) -> Rectangle:
    """The rectangle with the unframed rows of numbers right below it: only its headers have a border."""
    top, left, bottom, right = area
    if any(sheet.at(*at).content in (*_NUMBERS, Content.BLANK) for at in cells_of(area)):
        return area
    while True:
        below = [sheet.at(bottom + 1, column).content for column in range(left, right + 1)]
        if not any(one in _NUMBERS for one in below):
            return top, left, bottom, right
        bottom += 1


def _tables_without_frame(sheet: SourceSheet, places: Iterable[CellPosition]) -> list[Rectangle]:
    """The rectangles of unframed cells that look like tables."""
    found = (_table_without_frame(sheet, part) for part in _groups_of_touching_cells(places))
    return [area for area in found if area]


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


def _tables_and_fields_in_frame(sheet: SourceSheet, area: Rectangle) -> Iterator[Rectangle]:
    """The tables and the fields within one frame."""
    for top, left, bottom, right in _without_field_rows(sheet, area):
        yield from _parts_between_titles(sheet, (top, left, bottom, right))


def _without_field_rows(sheet: SourceSheet, area: Rectangle) -> Iterator[Rectangle]:
    """The rectangle split where rows of labels with places for words are above or below a table."""
    top, left, bottom, right = area
    start = top
    is_field = [_is_field_row(sheet, row, left, right) for row in range(top, bottom + 1)]
    for row in range(top + 1, bottom + 1):
        goes_on = any(sheet.root(row, column)[0] < row for column in range(left, right + 1))
        if is_field[row - top] != is_field[row - 1 - top] and not goes_on:
            yield start, left, row - 1, right
            start = row
    yield start, left, bottom, right


def _is_field_row(sheet: SourceSheet, row: int, left: int, right: int) -> bool:
    """Whether a row has a label and a wide place for words: 団体名, 記入者, 事業の成果."""
    roots = list(dict.fromkeys(sheet.root(row, column) for column in range(left, right + 1)))
    contents = [sheet.at(*at).content for at in roots]
    if not _may_be_fields(contents):
        return False
    wide = list(map(sheet.is_wide, roots[1:]))
    has_label = any(is_field_label(sheet.at(*at).shown) for at in roots[::2])
    if len(roots) == _LEAST_SIDE and right - left >= _LEAST_SIDE:
        return wide[0] and (contents[1] is Content.BLANK or has_label)
    return any(wide) and has_label


def _may_be_fields(contents: list[Content]) -> bool:
    """Whether a row begins with a text, has a few cells behind it, and no number."""
    is_short = _LEAST_SIDE <= len(contents) <= _MOST_IN_FIELD_ROW
    return is_short and contents[0] is Content.TEXT and not any(one in _NUMBERS for one in contents)


def _parts_between_titles(sheet: SourceSheet, area: Rectangle) -> Iterator[Rectangle]:
    """The rectangle without rows of one text across all columns at its ends, split where one is within.

    Such a row within begins another table if the row below it has headers; else it is a section of the table.
    """
    top, left, bottom, right = area
    start = top
    for row in range(top, bottom + 1):
        if _is_row_across(sheet, row, left, right) and _is_first_row_of_part(sheet, row, area, start):
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


def _is_first_row_of_part(sheet: SourceSheet, row: int, area: Rectangle, start: int) -> bool:
    _, left, bottom, right = area
    if row == start:
        return True
    below = [sheet.at(row + 1, column).content for column in range(left, right + 1)]
    return row < bottom and all(one is Content.TEXT for one in below) and right - left >= _LEAST_SIDE


def _is_note_row(sheet: SourceSheet, row: int, left: int, right: int) -> bool:
    return _is_row_across(sheet, row, left, right) and is_text_a_note(sheet.text(row, left))
