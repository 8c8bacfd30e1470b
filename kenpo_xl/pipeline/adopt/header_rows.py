"""How many rows of a region are headers."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo_xl.pipeline.adopt.grid import Content, SourceSheet
from kenpo_xl.pipeline.adopt.words import unit_alone

_MOST = 4
_NUMBERS = (Content.NUMBER, Content.FORMULA)


def is_header_text(sheet: SourceSheet, row: int, column: int) -> bool:
    """Whether a cell can be a header: a text, a date, a year or a month."""
    cell = sheet.at(row, column)
    is_time = cell.content is Content.NUMBER and (cell.is_year_number or cell.is_month_number)
    return cell.content in (Content.TEXT, Content.DATE) or is_time


def count_header_rows(sheet: SourceSheet, rows: Sequence[int], columns: Sequence[int]) -> int:
    """The number of header rows at the top of a region; 0 where its first row has numbers."""
    if not _may_be_header(sheet, rows[0], columns):
        return 0
    count = 1
    while count < min(len(rows) - 1, _MOST):
        reach = _reach_of_merges(sheet, rows[:count], columns)
        if rows[count] <= reach or _is_further_level(sheet, rows, count, columns):
            count += 1
        else:
            break
    return count


def _may_be_header(sheet: SourceSheet, row: int, columns: Sequence[int]) -> bool:
    contents = [sheet.at(row, column).content for column in columns]
    texts = sum(is_header_text(sheet, row, column) for column in columns)
    numbers = sum(
        content in _NUMBERS and not is_header_text(sheet, row, column)
        for column, content in zip(columns, contents, strict=True)
    )
    return texts > 0 and numbers == 0 and (texts > 1 or len(columns) <= 2)


def _reach_of_merges(sheet: SourceSheet, rows: Sequence[int], columns: Sequence[int]) -> int:
    """The last row of merged cells that begin in header rows, but for those over the whole region."""
    reaches = [sheet.area(row, column)[2] for row in rows for column in columns]
    return max((one for one in reaches if one - rows[0] < _MOST), default=rows[0])


def _is_further_level(sheet: SourceSheet, rows: Sequence[int], count: int, columns: Sequence[int]) -> bool:
    """Whether a row divides the headers above it, or has their units."""
    row, above = rows[count], rows[count - 1]
    own = [column for column in columns if sheet.root(row, column)[0] == row]
    if any(
        sheet.at(row, column).content in _NUMBERS and not is_header_text(sheet, row, column)
        for column in columns
    ):
        return False
    texts = [column for column in own if is_header_text(sheet, row, column)]
    if texts and all(unit_alone(sheet.text(row, column)) for column in texts):
        return True
    blank = [column for column in own if column not in texts and not sheet.text(above, column)]
    below_nothing = len(blank) + sum(column not in texts and column in own for column in columns)
    if not texts or below_nothing > len(columns) // 2:
        return False
    return _divides(sheet, above, texts, columns)


def _divides(sheet: SourceSheet, above: int, texts: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether some of the texts are below one header that spans them, beside the corner."""
    spans: dict[tuple[int, int], int] = {}
    last = None
    for column in columns:
        root = sheet.root(above, column)
        if not sheet.text(above, column) and last is not None and column in texts:
            root = last
        if sheet.text(above, column):
            last = root
        spans[root] = spans.get(root, 0) + (column in texts)
    corner = sheet.root(above, columns[0])
    return any(count > 1 for root, count in spans.items() if root != corner)
