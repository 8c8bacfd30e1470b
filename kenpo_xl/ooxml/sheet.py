"""A worksheet as read: its cells, merged rectangles, and which of them are non-empty or displayed.

It is parsed when it is first used.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property

from kenpo_xl.domain.cell_reference import LAST_COLUMN, LAST_ROW, CellPosition, a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.cell_reader import RawCell, SheetContents, Value
from kenpo_xl.ooxml.references import last_index_before_gap
from kenpo_xl.ooxml.rich_text import text_of_value

_HEADER_ROWS = 20
# Empty rows or columns after which the following cells are outliers.
_FAR_ROWS, _FAR_COLUMNS = 1_000, 200
# Bytes of formats and validations of one sheet that no user makes on purpose.
_MUCH = 256 * 1024


@frozen
class SkippedContent:
    """Something on a sheet that is not read: what (Japanese) and at which cell (A1)."""

    what: str
    cell: str


class Sheet:
    """One worksheet: cells by (row, column), 1-based; merged rectangles; visible or hidden.

    `named_extent` is the last row and column of the named parts, (0, 0) for none; `part` is its part.
    """

    def __init__(self, name: str, state: str, load: Callable[[int], SheetContents], part: str = "") -> None:
        self.name, self.state, self._load, self.part = name, state, load, part
        self.named_extent = (0, 0)

    @cached_property
    def _contents_of_extent(self) -> SheetContents:
        return self._load(self.named_extent[0])

    @cached_property
    def cells(self) -> dict[CellPosition, RawCell]:
        """The cells with a value, a formula or a style; raises KenpoError for an unreadable sheet."""
        return self._contents_of_extent.cells

    @cached_property
    def is_readable(self) -> bool:
        """Whether its cells can be read."""
        with suppress(KenpoError):
            return self.cells is not None
        return False

    @cached_property
    def merges(self) -> list[tuple[int, int, int, int]]:
        """The merged rectangles of a plausible size."""
        return self._contents_of_extent.merges

    @property
    def struck_positions(self) -> list[CellPosition]:
        """The cells with letters that are struck through; values are without these letters."""
        return self._contents_of_extent.struck

    @property
    def hidden_rows_and_columns(self) -> tuple[set[int], list[tuple[int, int]]]:
        """The hidden rows, and first and last of the hidden columns."""
        return self._contents_of_extent.hidden_rows, self._contents_of_extent.hidden_columns

    def is_within_extent_of_names(self, row: int, column: int) -> bool:
        """Whether a cell is within the extent of the named parts; True for a sheet without any."""
        return self.named_extent == (0, 0) or (row <= self.named_extent[0] and column <= self.named_extent[1])

    @cached_property
    def merge_anchors(self) -> dict[CellPosition, CellPosition]:
        """The anchor of every cell that a merged rectangle covers."""
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }

    @cached_property
    def merge_end_by_anchor(self) -> dict[CellPosition, CellPosition]:
        """The last row and column of every merged rectangle, by its anchor."""
        return {(top, left): (bottom, right) for top, left, bottom, right in self.merges}

    @cached_property
    def last_row(self) -> int:
        """The last non-empty row, without outliers; 0 for none."""
        return max(self.non_empty_columns_by_row, default=0)

    @cached_property
    def last_column(self) -> int:
        return max((columns[-1] for columns in self.non_empty_columns_by_row.values()), default=0)

    def get(self, row: int, column: int) -> RawCell | None:
        """The cell, or the anchor of the merged rectangle that covers it."""
        return self._cells_including_merged.get((row, column))

    @cached_property
    def _cells_including_merged(self) -> dict[CellPosition, RawCell | None]:
        return {**self.cells, **{place: self.cells.get(at) for place, at in self.merge_anchors.items()}}

    def value(self, row: int, column: int) -> Value:
        return cell.value if (cell := self.get(row, column)) else None

    def text(self, row: int, column: int) -> str:
        """The value as text without surrounding white space; '' for an empty cell."""
        cell = self._cells_including_merged.get((row, column))
        return text_of_value(cell.value) if cell else ""

    @cached_property
    def non_empty_columns_by_row(self) -> dict[int, list[int]]:
        """The non-empty columns by row, both in order, without outliers."""
        last_row, last_column = self._last_row_and_column
        found: dict[int, list[int]] = {}
        for row, column in self.cells_with_content:
            if row <= last_row and column <= last_column:
                found.setdefault(row, []).append(column)
        return found

    @cached_property
    def displayed_columns_by_row(self) -> dict[int, list[int]]:
        """The columns of displayed cells by row: without blank texts, with all cells of merged ranges."""
        found, cells = dict[int, set[int]](), self.cells
        for row, columns in self.non_empty_columns_by_row.items():
            seen = [c for c in columns if cells[row, c].formula or text_of_value(cells[row, c].value)]
            if seen:
                found[row] = set(seen)
        for top, left, bottom, right in self.merges:
            if left in found.get(top, ()):
                for row in range(top, bottom + 1):
                    found.setdefault(row, set()).update(range(left, right + 1))
        return {row: sorted(found[row]) for row in sorted(found)}

    def next_displayed_row(self, row: int) -> int:
        """The first row from `row` on that displays anything, else the one after the last."""
        rows = self._displayed_rows
        index = bisect_left(rows, row)
        return rows[index] if index < len(rows) else max(row, self.last_row + 1)

    @cached_property
    def _displayed_rows(self) -> list[int]:
        return list(self.displayed_columns_by_row)

    @cached_property
    def cells_with_content(self) -> list[CellPosition]:
        """The cells with a value or a formula, in order, with outliers and covered cells."""
        cells = self.cells.items()
        return sorted(at for at, cell in cells if cell.value not in (None, "") or cell.formula)

    @cached_property
    def _last_row_and_column(self) -> CellPosition:
        """The last row and column before outliers; those of the sheet without named parts."""
        rows, columns = self.named_extent
        if not rows:
            return LAST_ROW, LAST_COLUMN
        last_row = last_index_before_gap({row for row, _ in self.cells_with_content}, rows, _FAR_ROWS)
        used = {column for _, column in self.cells_with_content}
        return last_row, last_index_before_gap(used, columns, _FAR_COLUMNS)

    @cached_property
    def skipped_contents(self) -> list[SkippedContent]:
        """What is left out of `merges` or not read; empty for a sheet without named parts."""
        if not self.named_extent[0]:
            return []
        contents = self._contents_of_extent
        merges = contents.oversized_merges[:1]
        found = [SkippedContent(f"広すぎる結合 {merge}", merge.partition(":")[0]) for merge in merges]
        if contents.unread:
            rows = f"{contents.unread} 行目から下のセル"
            found.append(SkippedContent(f"{rows}（多すぎるため）", a1(contents.unread, 1)))
        if contents.rest > _MUCH:
            what = f"条件付き書式や入力規則などの多すぎる設定（約 {contents.rest / 2**20:.1f} MB）"
            found.append(SkippedContent(what, "A1"))
        return found

    def non_empty_rows(self) -> Iterator[int]:
        """The numbers of the non-empty rows, in order."""
        return iter(self.non_empty_columns_by_row)

    def header_row_and_columns(self, words: Sequence[str]) -> tuple[int, dict[str, int]]:
        """The row near the top with most of these headers (0 for none), and the column of each."""
        wanted = {normalized(word): word for word in words}
        best: tuple[int, dict[str, int]] = (0, {})
        for row in (row for row in self.displayed_columns_by_row if row <= _HEADER_ROWS):
            found: dict[str, int] = {}
            for column in self.displayed_columns_by_row[row]:
                if word := wanted.get(normalized(self.text(row, column))):
                    found.setdefault(word, column)
            if len(found) > len(best[1]):
                best = (row, found)
        return best
