"""Headers of a drawn table: their extent, levels, names, years and months."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from kenpo_xl.books.plan.layout.header_times import axis_from_header, header_warnings, with_resolved_years
from kenpo_xl.books.plan.layout.outline import Rectangle
from kenpo_xl.books.plan.support.former_names import name_and_former_names, names_as_typed_and_of_headers
from kenpo_xl.books.plan.support.problems import AddError, Problems
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.plan.headers import BETWEEN_LEVELS, Header
from kenpo_xl.domain.plan.placeholders import YearRole, short_name_without_year
from kenpo_xl.domain.plan.table import Axis
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.domain.time.span import Accumulation
from kenpo_xl.ooxml.workbook import Sheet, text_of_value

_NO_BODY = "見出しだけで入力する欄がありません。欄の行を描くか、右下の欄に入れた文字を消してください。"
_LEFT = 3
_LEVELS = 3
_NOT_APPLICABLE = ("／", "/")
_BODY_ROW_NAME = "明細"


class HeaderReader:
    """Splits a drawing into headers and body; `is_broken` if that fails."""

    def __init__(
        self, sheet: Sheet, extent: range, repeating: int | None, add_error: AddError, fiscal_year: FiscalYear
    ) -> None:
        self.sheet, self.top, self.bottom = sheet, extent[0], extent[-1]
        self.add_error, self.fiscal_year = add_error, fiscal_year
        top, bottom = self.top, self.bottom
        self.is_broken = False
        self.right = self._last_column()
        columns = self._count_header_texts_in_row(repeating or bottom)
        self.header_rows = self._header_row_count(_LEFT + columns)
        self.header_columns = self._header_column_count(columns, repeating or bottom)
        self.body_rows = range(top + self.header_rows, bottom + 1)
        self.body_columns = range(_LEFT + self.header_columns, self.right + 1)
        self._check_headers_and_body_exist()
        self.column_headers = list(
            self._headers_in_area(top, _LEFT + self.header_columns, self.header_rows, len(self.body_columns))
        )
        self.row_headers = list(
            self._headers_in_area(top + self.header_rows, _LEFT, len(self.body_rows), self.header_columns)
        )
        self.corner = self._corner_headers()

    def _break_with_error(self, row: int, column: int, message: str) -> None:
        self.is_broken = True
        self.add_error(row, column, message)

    def _last_column(self) -> int:
        return max(
            (
                self.sheet.displayed_columns_by_row[row][-1]
                for row in self._rows_of_drawing()
                if row in self.sheet.displayed_columns_by_row
            ),
            default=_LEFT,
        )

    def _rows_of_drawing(self) -> range:
        return range(self.top, self.bottom + 1)

    def _is_header(self, row: int, column: int) -> bool:
        cell = self.sheet.get(row, column)
        if cell is None or cell.formula or not isinstance(cell.value, str):
            return False
        return text_of_value(cell.value) not in ("", *_NOT_APPLICABLE)

    def _count_header_texts_in_last_column(self) -> int:
        count = 0
        while self.top + count <= self.bottom and self._is_header(self.top + count, self.right):
            count += 1
        return count

    def _count_header_texts_in_row(self, row: int) -> int:
        count = 0
        while _LEFT + count <= self.right and self._is_header(row, _LEFT + count):
            count += 1
        return count

    def _header_row_count(self, left: int) -> int:
        """The number of header rows, up to the first with text in the last column only.

        Such text is in a body cell, which is reported as one.
        """
        others = range(left, self.right)
        for row in range(self.top + 1, self.top + self._count_header_texts_in_last_column()):
            if others and not any(self._is_header(row, column) for column in others):
                return row - self.top
        return self._count_header_texts_in_last_column()

    def _header_column_count(self, count: int, last: int) -> int:
        """The number of header columns, up to the first with text in row `last` only."""
        others = [row for row in range(self.top + self.header_rows, self.bottom + 1) if row != last]
        for column in range(_LEFT + 1, _LEFT + count):
            if others and not any(self._is_header(row, column) for row in others):
                return column - _LEFT
        return count

    def _check_headers_and_body_exist(self) -> None:
        if not self.header_rows:
            self._break_with_error(
                self.top,
                self.right,
                "右端の列に見出しがありません。表のいちばん上に列の見出しを入れてください。"
                + self._not_text_message(self.top, self.right),
            )
        elif not self.body_rows:
            self._break_with_error(self.bottom, self.right, _NO_BODY)
        elif not self.body_columns:
            self._break_with_error(
                self.bottom,
                self.right,
                "入力する欄の列がありません。欄に文字が入っていないか確かめてください。",
            )
        elif self.header_rows > _LEVELS or self.header_columns > _LEVELS:
            self._break_with_error(
                self.top, _LEFT, f"見出しは {_LEVELS} 段までです。段を減らすか、表を分けてください。"
            )
        else:
            self._check_no_empty_header()

    def _check_no_empty_header(self) -> None:
        """Reports empty headers: a half-merged one would change the identity of figures."""
        below = self.top + self.header_rows
        if self._is_number_among_headers(below):
            self._report_empty_header(below, self.right, "列")
        for row in range(self.top, self.top + self.header_rows):
            for column in self.body_columns:
                if not self._is_header(row, column):
                    self._report_empty_header(row, column, "列")
        for row in self.body_rows:
            headers = [self._is_header(row, column) for column in range(_LEFT, _LEFT + self.header_columns)]
            for column, is_header in enumerate(headers, start=_LEFT):
                if not is_header:
                    self._report_empty_header(row, column, "行")
            self._check_merges_in_body(row)

    def _is_number_among_headers(self, row: int) -> bool:
        """Whether the row is a header in all columns but the last, which has a number."""
        last, others = self.sheet.get(row, self.right), list(self.body_columns)[:-1]
        is_number = last is not None and not last.formula and isinstance(last.value, float | date)
        return is_number and bool(others) and all(self._is_header(row, column) for column in others)

    def _report_empty_header(self, row: int, column: int, what: str) -> None:
        """Reports an empty header, or the merged cell that makes it look like one."""
        merged = self._merged_area_across_body_edge(row, column, what)
        if merged:
            self._break_with_error(*merged[:2], _merge_message(*merged))
            return
        remedy = self._not_text_message(row, column) or "結合が途中で切れていないか確かめてください。"
        self._break_with_error(row, column, f"{what}の見出しが空です。{remedy}")

    def _merged_area_across_body_edge(self, row: int, column: int, what: str) -> Rectangle | None:
        """The merge that turns a body row (列) or column (行) into headers, None for none."""
        cells = (
            [(row, c) for c in self.body_columns] if what == "列" else [(r, column) for r in self.body_rows]
        )
        for merge in self.sheet.merges:
            begins_before = merge[0] < row if what == "列" else merge[1] < column
            if begins_before and self._is_only_body_text(merge, cells):
                return merge
        return None

    def _is_only_body_text(self, merge: Rectangle, cells: list[CellPosition]) -> bool:
        """Whether a merge covers some of these cells and no other of them has text."""
        others = [cell for cell in cells if not _is_within(cell, merge)]
        return len(others) < len(cells) and not any(self._is_header(*cell) for cell in others)

    def _not_text_message(self, row: int, column: int) -> str:
        """The remedy for a cell with content but no text; '' for an empty one."""
        cell = self.sheet.get(row, column)
        if cell is None or not (cell.formula or text_of_value(cell.value)):
            return ""
        return "数・日付・算式は見出しになりません。文字にしてください。"

    def _check_merges_in_body(self, row: int) -> None:
        """Reports merged cells that are not wholly inside the headers."""
        for column in self.body_columns:
            anchor = self.sheet.merge_anchors.get((row, column), (row, column))
            if anchor == (row, column):
                continue
            if anchor[0] in self.body_rows and anchor[1] in self.body_columns:
                self._break_with_error(row, column, "入力する欄が結合されています。結合を解いてください。")
            else:
                self._break_with_error(
                    *anchor, _merge_message(*next(m for m in self.sheet.merges if m[:2] == anchor))
                )

    def _headers_in_area(self, top: int, left: int, rows: int, columns: int) -> Iterator[Header]:
        spans = {(t, x): (b - t + 1, r - x + 1) for t, x, b, r in self.sheet.merges}
        for row in range(top, top + rows):
            for column in range(left, left + columns):
                if self.sheet.merge_anchors.get((row, column), (row, column)) == (row, column):
                    down, across = spans.get((row, column), (1, 1))
                    down, across = min(down, top + rows - row), min(across, left + columns - column)
                    yield Header(self.sheet.text(row, column), row - top, column - left, down, across)

    def _corner_headers(self) -> tuple[Header, ...]:
        """The headers of the corner as drawn, one where there is no second text; none without a corner."""
        size = self.header_rows, self.header_columns
        if not all(size):
            return ()
        drawn = tuple(self._headers_in_area(self.top, _LEFT, *size))
        texts = [header.text for header in drawn if header.text]
        return drawn if len(texts) > 1 else (Header("".join(texts), 0, 0, *size),)

    def read_axes(
        self,
        row_frame: Callable[[int], str],
        column_frame: Callable[[int], str],
        repeating: int | None,
        problems: Problems,
    ) -> tuple[tuple[Axis, ...], tuple[Axis, ...]]:
        """The axes of rows and columns; warns of headers with an ambiguous or fixed time.

        The frames give the text of the name frame beside a row and above a column.
        """
        rows, columns = tuple(self._row_axes(row_frame, repeating)), tuple(self._column_axes(column_frame))
        found = (
            with_resolved_years(rows, columns, self.fiscal_year),
            with_resolved_years(columns, rows, self.fiscal_year),
        )
        places = (
            [(row, _LEFT) for row in self.body_rows],
            [(self.top, column) for column in self.body_columns],
        )
        for drawn, axes, cells in zip((rows, columns), found, places, strict=True):
            for axis, before, cell in zip(axes, drawn, cells, strict=True):
                for message in header_warnings(axis, before, axes, self.fiscal_year):
                    problems.add_warning(self.sheet.name, a1(*cell), message)
        return found

    def _row_axes(self, frame: Callable[[int], str], repeating: int | None) -> Iterator[Axis]:
        seen: dict[str, int] = {}
        for row in self.body_rows:
            labels = self._header_texts(
                [(row, column) for column in range(_LEFT, _LEFT + self.header_columns)]
            )
            default = (
                _BODY_ROW_NAME if row == repeating else (self._first_text_in_row(row) if repeating else "")
            )
            axis = self._axis_of(labels, frame(row), default)
            self._check_unique_name(axis.name, seen, row, _LEFT, "行")
            yield axis

    def _first_text_in_row(self, row: int) -> str:
        return next((self.sheet.text(row, c) for c in self.body_columns if self._is_header(row, c)), "")

    def _column_axes(self, frame: Callable[[int], str]) -> Iterator[Axis]:
        seen: dict[str, int] = {}
        for column in self.body_columns:
            rows = range(self.top, self.top + self.header_rows)
            labels = self._header_texts([(row, column) for row in rows])
            axis = self._axis_of(labels, frame(column), "")
            self._check_unique_name(axis.name, seen, self.top, column, "列")
            yield axis

    def _header_texts(self, cells: list[CellPosition]) -> tuple[str, ...]:
        anchors = dict.fromkeys(self.sheet.merge_anchors.get(cell, cell) for cell in cells)
        return tuple(self.sheet.text(*anchor) for anchor in anchors)

    def _axis_of(self, labels: tuple[str, ...], frame: str, default: str) -> Axis:
        own, former = name_and_former_names(frame)
        words = own.split()
        name = " ".join(word for word in words if word not in (*YearRole, *Accumulation))
        derived = BETWEEN_LEVELS.join(filter(None, map(short_name_without_year, labels)))
        known = (name or derived or default or (words[0] if words else "")).replace("/", "・")
        axis = axis_from_header(known, labels, words, self.fiscal_year)
        return replace(axis, former_names=names_as_typed_and_of_headers(known, former, is_typed=bool(name)))

    def _check_unique_name(self, name: str, seen: dict[str, int], row: int, column: int, what: str) -> None:
        if not name:
            self._break_with_error(
                row, column, f"{what}の名前が決まりません。見出しを入れるか、名札に名前を入れてください。"
            )
        elif name in seen:
            self._break_with_error(
                row, column, f"{what}の名前「{name}」が 2 つあります。名札に別々の名前を入れてください。"
            )
        seen[name] = row


def _is_within(cell: CellPosition, area: Rectangle) -> bool:
    top, left, bottom, right = area
    return top <= cell[0] <= bottom and left <= cell[1] <= right


def _merge_message(top: int, left: int, bottom: int, right: int) -> str:
    return (
        f"{a1(top, left)}:{a1(bottom, right)} の結合が見出しから入力する欄にはみ出しています。"
        "結合を解き、見出しの中だけで結合し直してください。"
    )
