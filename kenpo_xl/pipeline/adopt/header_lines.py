"""Which rows and columns of a region are headers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.pipeline.adopt.grid import Content, SourceSheet
from kenpo_xl.pipeline.adopt.words import is_text_header, unit_if_header_is_unit

_MOST, _MOST_COLUMNS = 4, 3
_NUMBERS = (Content.NUMBER, Content.FORMULA)


def is_header_text(sheet: SourceSheet, row: int, column: int) -> bool:
    """Whether a cell can be a header: a text, a date, a year or a month."""
    cell = sheet.at(row, column)
    is_time = cell.content is Content.NUMBER and (cell.is_year_number or cell.is_month_number)
    return cell.content in (Content.TEXT, Content.DATE) or is_time


def is_plain_number(sheet: SourceSheet, row: int, column: int) -> bool:
    """Whether a cell has a number that cannot be a header: neither a year nor a month."""
    return sheet.at(row, column).content in _NUMBERS and not is_header_text(sheet, row, column)


def columns_beginning_in(sheet: SourceSheet, row: int, columns: Sequence[int]) -> list[int]:
    """The columns in which a row has a cell of its own, not one that reaches down from above."""
    return [column for column in columns if sheet.root(row, column)[0] == row]


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
    texts = sum(is_header_text(sheet, row, column) for column in columns)
    has_numbers = any(is_plain_number(sheet, row, column) for column in columns)
    return texts > 0 and not has_numbers and (texts > 1 or len(columns) <= 2)


def _reach_of_merges(sheet: SourceSheet, rows: Sequence[int], columns: Sequence[int]) -> int:
    """The last row of merged cells that begin in header rows, but for those over the whole region."""
    reaches = [sheet.area(row, column)[2] for row in rows for column in columns]
    return max((one for one in reaches if one - rows[0] < _MOST), default=rows[0])


def _is_further_level(sheet: SourceSheet, rows: Sequence[int], count: int, columns: Sequence[int]) -> bool:
    """Whether a row divides the headers above it, or has their units."""
    row, above = rows[count], rows[count - 1]
    if any(is_plain_number(sheet, row, column) for column in columns):
        return False
    own = columns_beginning_in(sheet, row, columns)
    texts = [column for column in own if is_header_text(sheet, row, column)]
    if not texts:
        return False
    if all(unit_if_header_is_unit(sheet.text(row, column)) for column in texts):
        return True
    gaps = set(own).difference(texts)
    has_many_gaps = len(gaps) + _count_blank(sheet, above, gaps) > len(columns) // 2
    return not has_many_gaps and _header_spans_texts(sheet, above, texts, columns)


def _count_blank(sheet: SourceSheet, row: int, columns: Iterable[int]) -> int:
    return sum(not sheet.text(row, column) for column in columns)


def _header_spans_texts(sheet: SourceSheet, above: int, texts: Sequence[int], columns: Sequence[int]) -> bool:
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


@frozen
class HeaderColumns:
    """The columns beside a table's body that have the headers of its rows."""

    sheet: SourceSheet
    header_rows: Sequence[int]
    body_rows: Sequence[int]

    def columns_with_headers(self, columns: Sequence[int]) -> list[int]:
        """Those of the columns, from the left, that have the headers; never the last column."""
        has_places = any(not self._is_filled_with_text(column) for column in columns[1:])
        most = _MOST_COLUMNS if has_places and self._has_numbers(columns) else 1
        found: list[int] = []
        for column in columns[:-1][:most]:
            if not self._is_header_column(column, found):
                break
            found.append(column)
        return self._with_kinds_of_rows(columns, found) if found else found

    def _with_kinds_of_rows(self, columns: Sequence[int], found: list[int]) -> list[int]:
        """The header columns with one behind them that distinguishes rows of the same headers: 目標, 実績."""
        paths = [tuple(self.sheet.root(row, column) for column in found) for row in self.body_rows]
        if len(set(paths)) == len(paths) or len(found) >= _MOST_COLUMNS:
            return found
        others = [column for column in columns[1:] if column not in found]
        return [*found, *list(filter(self._is_filled_with_text, others))[:1]]

    def _contents_of_column(self, column: int) -> list[Content]:
        return [self.sheet.at(row, column).content for row in self.body_rows]

    def _has_numbers(self, columns: Sequence[int]) -> bool:
        """Whether a column has numbers, or is empty throughout: a place for them."""
        contents = [set(self._contents_of_column(column)) for column in columns]
        return any(not one.isdisjoint(_NUMBERS) or one <= {Content.BLANK, Content.SIGN} for one in contents)

    def _is_filled_with_text(self, column: int) -> bool:
        return all(one is Content.TEXT for one in self._contents_of_column(column))

    def _is_header_column(self, column: int, before: Sequence[int]) -> bool:
        """Whether most of a column is headers, or below one where a column `before` has headers."""
        if any(is_plain_number(self.sheet, row, column) for row in self.body_rows):
            return False
        texts = sum(is_header_text(self.sheet, row, column) for row in self.body_rows)
        filled = texts + (self._blanks_without_merges(column) if before else 0)
        is_remark = bool(before) and self._is_remark_column(column, texts)
        return texts > 0 and not is_remark and filled * 2 > len(self.body_rows)

    def _blanks_without_merges(self, column: int) -> int:
        """How many cells are blank; 0 where a merged cell reaches into the column from its left."""
        is_merged = any(self.sheet.root(row, column)[1] < column for row in self.body_rows)
        return 0 if is_merged else self._contents_of_column(column).count(Content.BLANK)

    def _is_remark_column(self, column: int, texts: int) -> bool:
        header = "".join(self.sheet.text(row, column) for row in self.header_rows)
        return is_text_header(header) and texts < len(self.body_rows)
