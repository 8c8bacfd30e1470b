"""A worksheet of XlsxWriter that takes and writes cells in a third of the time, to the same bytes.

A report has 30,000 cells, most of them blanks with a format, which cost 100 of its 260 ms: XlsxWriter asks of
each cell whether its place is in A1 notation, searches the whole extent of a sheet for cells, and escapes
references and indexes, which need none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import isfinite
from typing import Any

from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellStringTuple, RowInfo, Worksheet

from kenpo_xl.domain.lazy_patterns import LazyPattern

# The attribute "spans" is the same for so many rows.
_ROWS = 16
# Height of a pixel in points, at 96 dpi.
_PIXEL = 0.75
# A text of at most so many characters is never too long for a cell (in UTF-16).
_SHORT_TEXT = 16_383
_column_name = cache(xl_col_to_name)
# Makes a named tuple in half the time that its own function takes.
_new_tuple = tuple.__new__
Blanks = Mapping[int, CellBlankTuple]
_FUNCTION = LazyPattern(r"[^\W\d][\w.]*(?=\()")
# What formulas of our workbooks call: XlsxWriter looks in each formula for thirty functions of newer Excels.
_OLD_FUNCTIONS = frozenset(
    (
        *("ADDRESS", "AND", "CHAR", "COLUMN", "COUNT", "EXACT", "FIND", "IF", "IFERROR", "INDEX", "ISERROR"),
        *("ISNUMBER", "ISTEXT", "LEFT", "LEN", "LOOKUP", "MATCH", "MAX", "MIN", "MOD", "OR", "RANK"),
        *("ROUND", "ROW", "SUBSTITUTE", "SUM", "SUMPRODUCT", "TEXT"),
    )
)


class FastWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet whose most frequent methods take places as numbers only, not in A1 notation."""

    write_blank = Worksheet._write_blank
    write_number = Worksheet._write_number
    write_string = Worksheet._write_string

    def __init__(self) -> None:
        super().__init__()
        self._merged_columns: defaultdict[int, int] = defaultdict(int)
        self._blank = cache(CellBlankTuple)
        self._attributes = _StyleAttributes()
        self._fitted_heights: dict[int, float] = {}
        self._parsed = cache(Url)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        if expand_future_functions or not _OLD_FUNCTIONS.issuperset(_FUNCTION.findall(formula)):
            return str(super()._prepare_formula(formula, expand_future_functions))
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    def set_fitted_row(self, row: int, height: float) -> None:
        """Begin with a height in points, to be fitted while typing, in a row with cells.

        XlsxWriter fixes each height that it is given; LibreOffice draws a row without one as a single line.
        """
        self._fitted_heights[row] = round(height / _PIXEL) * _PIXEL

    def set_height(self, row: int, pixels: int) -> None:
        """Set the height of a row in pixels, at least one."""
        if not self._check_dimensions(row, self.dim_colmin or 0):
            self.row_info[row] = RowInfo(height=pixels)
            self.row_sizes[row] = [pixels, False]

    def blanks(self, formats: Iterable[tuple[int, Format]]) -> Blanks:
        """Blank cells of one row with their formats by column, which ascend: for `write_blanks`."""
        return {column: self._blank(cell_format) for column, cell_format in formats}

    def write_blanks(self, row: int, blanks: Blanks) -> None:
        """Write blank cells of a row; none outside the sheet."""
        if blanks and not self._is_outside(row, next(iter(blanks)), next(reversed(blanks))):
            self.table[row].update(blanks)

    def _is_outside(self, row: int, first: int, last: int) -> bool:
        """Whether one of two cells of a row is outside the sheet, whose extent includes them otherwise."""
        return bool(self._check_dimensions(row, last) or self._check_dimensions(row, first))

    def write_plain_cells(self, row: int, cells: Sequence[tuple[int, str | float | None, Format]]) -> None:
        """Write texts, numbers and blanks (None) of a row: columns, which ascend; none outside the sheet."""
        if not cells or self._is_outside(row, cells[0][0], cells[-1][0]):
            return
        written, index = self.table[row], self.str_table._get_shared_string_index
        for column, value, cell_format in cells:
            if value is None:
                written[column] = self._blank(cell_format)
            elif isinstance(value, str):
                if len(value) <= _SHORT_TEXT:
                    written[column] = _new_tuple(CellStringTuple, (index(value), cell_format))
                else:
                    self._write_string(row, column, value, cell_format)
            elif isfinite(value):
                written[column] = _new_tuple(CellNumberTuple, (value, cell_format))
            else:
                self._write_number(row, column, value, cell_format)

    def write_link(self, row: int, column: int, link: str, cell_format: Format, tip: str) -> None:
        """Link an empty text to a cell of this book, or to a file or its cell; each file is parsed once."""
        kind, _, place = link.partition(":")
        file, cell = ("A1", place) if kind == "internal" else place.partition("#")[::2]
        url = Url.__new__(Url)
        vars(url).update(vars(self._parsed(f"{kind}:{file}")))
        if kind == "internal":
            url._link = cell
        url._anchor, url._text, url.tip = cell.replace("/", "\\"), "", tip
        if not self._check_dimensions(row, column):
            self.hlink_count += 1
            empty = self.str_table._get_shared_string_index("")
            self.table[row][column] = _new_tuple(CellStringTuple, (empty, cell_format))
            self.hyperlinks[row][column] = url

    def merge_range(
        self, first_row: int, first_col: int, last_row: int, last_col: int, data: Any, cell_format: Any = None
    ) -> int:
        """Merge several cells and write the first of them; OverlappingRange if one is merged already."""
        top, bottom = sorted((first_row, last_row))
        left, right = sorted((first_col, last_col))
        if (top, left) == (bottom, right):
            return int(super().merge_range(top, left, bottom, right, data, cell_format))
        if self._check_dimensions(top, left) or self._check_dimensions(bottom, right):
            return -1
        bits, merged = (1 << right + 1) - (1 << left), self._merged_columns
        blanks = dict.fromkeys(range(left, right + 1), self._blank(cell_format)) if cell_format else {}
        rows = range(top, bottom + 1)
        if any(merged[row] & bits for row in rows):
            raise OverlappingRange(xl_range(top, left, bottom, right))
        for row in rows:
            merged[row] |= bits
            if blanks:
                self.table[row].update(blanks)
        self.merge.append([top, left, bottom, right])
        return int(self._write(top, left, data, cell_format)) if data or not blanks else 0

    def _write_rows(self) -> None:
        """Write the rows with cells, with comments, or with a height of their own."""
        columns = {row: sorted(cells) for row, cells in self.table.items() if cells}
        spans = _spans_of_blocks(
            (*columns.items(), *((row, sorted(found)) for row, found in self.comments.items()))
        )
        for row in sorted({*self.row_info, *self.comments, *columns}):
            used = columns.get(row, ())
            self._write_row(row, spans.get(row // _ROWS), self.row_info.get(row), empty_row=not used)
            if used:
                self._write_cells(row, used)
                self._xml_end_tag("row")

    def _write_row(self, row: int, spans: str | None, row_info: Any = None, empty_row: bool = False) -> None:
        height = self._fitted_heights.get(row)
        if height is None:
            super()._write_row(row, spans, row_info, empty_row)
        else:
            self._xml_start_tag_unencoded("row", [("r", row + 1), ("spans", spans), ("ht", f"{height:.16g}")])

    def _write_cells(self, row: int, columns: Sequence[int]) -> None:
        """Write the cells of a row in these columns; most are numbers, texts and blanks with a format."""
        number, attributes, written = str(row + 1), self._attributes, list[str]()
        cells = self.table[row]
        for column in columns:
            cell = cells[column]
            kind, style = type(cell), cell.format
            if style and kind is CellBlankTuple:
                written.append(f'<c r="{_column_name(column)}{number}{attributes[style]}/>')
            elif style and kind is CellStringTuple:
                start = f'<c r="{_column_name(column)}{number}{attributes[style]} t="s"><v>'
                written.append(f"{start}{cell.string}</v></c>")
            elif style and kind is CellNumberTuple:
                start = f'<c r="{_column_name(column)}{number}{attributes[style]}><v>'
                written.append(f"{start}{cell.number:.16G}</v></c>")
            else:
                self.fh.write("".join(written))
                written.clear()
                self._write_cell(row, column, cell)
        self.fh.write("".join(written))

    def _write_merge_cell(self, merged_range: Sequence[int]) -> None:
        top, left, bottom, right = merged_range
        corners = f"{_column_name(left)}{top + 1}:{_column_name(right)}{bottom + 1}"
        self.fh.write(f'<mergeCell ref="{corners}"/>')


def _spans_of_blocks(columns: Iterable[tuple[int, Sequence[int]]]) -> dict[int, str]:
    """The first and the last column in use, from 1, of every 16 rows; `columns` of a row ascend."""
    ends: dict[int, list[int]] = {}
    for row, used in columns:
        if used:
            ends.setdefault(row // _ROWS, []).extend((used[0], used[-1]))
    return {block: f"{min(found) + 1}:{max(found) + 1}" for block, found in ends.items()}


class _StyleAttributes(dict[Format, str]):
    """The end of a cell's reference with the attribute of its style, made once a style."""

    def __missing__(self, style: Format) -> str:
        self[style] = f'" s="{style._get_xf_index()}"'
        return self[style]
