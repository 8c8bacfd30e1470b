"""Reads tables of an input book: area by defined name, cells by headers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kenpo_xl.books.common import names
from kenpo_xl.books.common.typed_values import (
    UNKNOWN,
    cell_type_of,
    codes_of_invisible_characters,
    intended_month,
    intended_value,
)
from kenpo_xl.books.input.evaluate_formulas import CellFormulas
from kenpo_xl.books.input.read.alike_headers import GuessedHeader, line_number_by_axis
from kenpo_xl.books.input.read.formula_meaning import ComputedCells
from kenpo_xl.books.input.read.read_cells import ReadCells
from kenpo_xl.books.input.read.table_cells import record_table_cells_as_read
from kenpo_xl.books.input.read.table_headers import (
    header_parts_by_month,
    matches_forms,
    unmatched_axes,
)
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.open_lists import matching_plan_row
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import AsOf, CellDefinition, CellKind, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import BookPart, CellType, Entry, RowEntry, TableEntry
from kenpo_xl.ooxml.rich_text import is_all_struck, text_typed_by_user
from kenpo_xl.ooxml.workbook import Area, RawCell, Sheet, Value, Workbook, text_of_value

FORMULA = "算式"
"""The kind of a part that is missing because a formula has no stored result."""
_NOT_ENTERED = (CellKind.NOT_APPLICABLE, CellKind.FIXED)
# Rows between a table and its title: the as-of month, and rows that users inserted.
_TITLE_ABOVE = 4


class TableReader:
    """Reads the tables of one sheet; `key` is that of its item in the names of the book."""

    def __init__(self, book: Workbook, plan: Plan, sheet: Sheet, key: str, read_cells: ReadCells) -> None:
        self.book, self.plan, self.sheet, self.key, self.read_cells = book, plan, sheet, key, read_cells
        self.missed: list[BookPart] = []

    def read_table(self, table: Table) -> TableEntry | None:
        """The entry of a table, None if the table is not in the book."""
        own = self.plan.names_of_table(table)
        areas = ((self.book.named_area(names.table_excel_name(self.key, one)), one) for one in own)
        known = next((found for found in areas if found[0]), None)
        area, name = known or (self._area_below_title(table, own), table.name)
        if all(cell.kind is CellKind.FIXED for row in table.cells for cell in row):
            return None
        if area is None:
            here = Source(self.book.path.name, self.sheet.name, "")
            self.missed.append(BookPart("表", f"{table.item}/{table.name}", here))
            return None
        months = self.book.named_area(names.months_excel_name(self.key, name))
        reading = TableReading(self.book, self.plan, self.book.sheets[area.sheet], table, area, months)
        reading.guesses = self.read_cells.guesses
        entry = reading.read_table_entry()
        record_table_cells_as_read(reading, self.read_cells)
        self.missed += reading.missing_parts()
        return entry

    def _area_below_title(self, table: Table, own: tuple[str, ...]) -> Area | None:
        """The area below the title, for a table without its defined name."""
        from kenpo_xl.books.input.cell_places import first_sheet_column

        titles = {normalized(names.TABLE_TITLE + n + end) for n in own for end in ("", names.NOT_PRINTED)}
        top = next((row for row in self.sheet.non_empty_rows() if self._row_contains(row, titles)), None)
        if top is None:
            return None
        ends = [row for row in self.sheet.non_empty_rows() if row > top and self._is_title(row)]
        top += 1 if table.as_of is AsOf.PERIOD else 2
        last = (ends[0] if ends else self.sheet.last_row + 1) - 1
        return Area(self.sheet.name, top, first_sheet_column(table) + 1, last, self.sheet.last_column)

    def _row_contains(self, row: int, texts: set[str]) -> bool:
        return any(normalized(self.sheet.text(row, column)) in texts for column in range(1, 6))

    def _is_title(self, row: int) -> bool:
        texts = [self.sheet.text(row, column) for column in range(1, 6)]
        return any(text.startswith(names.TABLE_TITLE) or text == names.KPI_TITLE for text in texts)


class TableReading:
    """Reads one table in its area; `plan_rows`: sheet row → row of the plan."""

    def __init__(
        self, book: Workbook, plan: Plan, sheet: Sheet, table: Table, area: Area, months: Area | None
    ) -> None:
        self.book, self.plan, self.sheet, self.table, self.area = book, plan, sheet, table, area
        self.months = months
        self.guesses: list[GuessedHeader] | None = None
        self.filled = {
            row: [column for column in columns if area.left <= column <= area.right]
            for row, columns in sheet.non_empty_columns_by_row.items()
            if area.top <= row <= area.bottom
        }
        rows = [row for row, columns in self.filled.items() if columns]
        self.header_rows, self.body_rows = rows[: table.header_rows], rows[table.header_rows :]
        self.unread: list[BookPart] = []
        self.formulas = CellFormulas(book, sheet)
        self.computed_cells = ComputedCells(self.formulas)
        self._forms_by_label: dict[str, list[list[str]]] = {}
        self.plan_rows: dict[int, int] = {}
        self.month_cells: list[CellPosition] = []
        self.used_columns = sorted({column for columns in self.filled.values() for column in columns})

    def read_table_entry(self) -> TableEntry:
        places = range(len(self.table.columns))
        rows = self.computed_cells.entries_with_meaning_of_plan(self, self._read_rows())
        months = self._read_months()
        return TableEntry(
            self.table.name,
            rows,
            tuple(month for month, _ in months),
            month_sources=tuple(source for _, source in months),
            title=self._source_of_cell(*self.title_cell) if self.title_cell else None,
            column_headers=tuple(self._column_header_source(place) for place in places),
        )

    @cached_property
    def title_cell(self) -> CellPosition | None:
        """The best matching title cell above the area, None if it was cleared."""
        above = range(self.area.top - 1, max(self.area.top - 1 - _TITLE_ABOVE, 0), -1)
        places = (
            (row, column) for row in above for column in self.sheet.non_empty_columns_by_row.get(row, ())
        )
        titles = [at for at in places if self.sheet.text(*at).startswith(names.TABLE_TITLE)]
        own = (at for at in titles if self.table.name in self.sheet.text(*at))
        return next(own, titles[0] if titles else None)

    def _column_header_source(self, place: int) -> Source | None:
        """The lowest header cell of a column of the plan."""
        if place not in self.sheet_columns or not self.header_rows:
            return None
        at = self.header_rows[-1], self.sheet_columns[place]
        return self._source_of_cell(*self.sheet.merge_anchors.get(at, at))

    def missing_parts(self) -> Iterator[BookPart]:
        """The columns and rows of the plan that were not found by their headers.

        Each has the cell of a header that may be its own, reworded: an unknown one, if their numbers are
        equal; else the header before it.
        """
        yield from self.unread
        yield from self._missing_columns()
        if self.table.repeating is None:
            yield from self._missing_rows()

    def _missing_columns(self) -> Iterator[BookPart]:
        candidates = self.used_columns[self.table.header_columns :]
        headers, found = [c for c in candidates if self._header_text_of_column(c)], self.sheet_columns
        for place, axis, column in unmatched_axes(self.table.columns, found, headers):
            before = max((found[p] for p in found if p < place), default=self.area.left)
            lowest = self.header_rows[-1] if column and self.header_rows else self.area.top
            at = lowest, column or before
            source = self._source_of_cell(*self.sheet.merge_anchors.get(at, at))
            yield BookPart("列", f"{self.table_identity}/{axis.name}", source)

    def _missing_rows(self) -> Iterator[BookPart]:
        found = self.sheet_rows
        for place, axis, row in unmatched_axes(self.table.rows, found, self.body_rows):
            above = max((found[p] for p in found if p < place), default=self.area.top)
            source = self._source_of_cell(row or above, self.area.left)
            yield BookPart("行", f"{self.table_identity}/{axis.name}", source)

    @property
    def table_identity(self) -> str:
        return f"{self.table.item}/{self.table.name}"

    def _header_text_of_column(self, column: int) -> str:
        """The joined texts of the headers of a column."""
        return "".join(self._texts_of_cells([(row, column) for row in self.header_rows]))

    def _source_of_cell(self, row: int, column: int) -> Source:
        return Source(self.book.path.name, self.sheet.name, a1(row, column))

    @cached_property
    def sheet_columns(self) -> dict[int, int]:
        """The sheet column of each of the plan's columns that was found."""
        headers = {c: self._texts_of_cells([(row, c) for row in self.header_rows]) for c in self.used_columns}
        candidates = self.used_columns[self.table.header_columns :]
        return line_number_by_axis(self, "列", self.table.columns, headers, candidates)

    @cached_property
    def header_columns(self) -> list[int]:
        body = set(self.sheet_columns.values())
        return [column for column in self.used_columns if column not in body][: self.table.header_columns]

    def _texts_of_cells(self, cells: list[CellPosition]) -> tuple[str, ...]:
        anchors = dict.fromkeys(self.sheet.merge_anchors.get(cell, cell) for cell in cells)
        return tuple(normalized(self.sheet.text(*anchor)) for anchor in anchors)

    def label_parts_by_month(self, label: str) -> list[list[str]]:
        """The literal parts of a label, for each as-of month of the year."""
        if label not in self._forms_by_label:
            self._forms_by_label[label] = header_parts_by_month(label, self.plan)
        return self._forms_by_label[label]

    def matches_label(self, label: str, text: str) -> bool:
        """Whether a normalized text is that of a label, with any text for placeholders."""
        return matches_forms([self.label_parts_by_month(label)], (text,))

    def _read_months(self) -> tuple[tuple[int | None, Source | None], ...]:
        if self.table.as_of is AsOf.PERIOD:
            return ()
        area = self.months
        sheet = self.book.sheets[area.sheet] if area else self.sheet
        row = area.top if area else self.area.top - 1
        if self.table.as_of is AsOf.TABLE:
            column = area.left if area else self.area.left + 1
            return (self._read_month(sheet, row, column),)
        found = map(self.sheet_columns.get, range(len(self.table.columns)))
        return tuple(self._read_month(sheet, row, column) if column else (None, None) for column in found)

    def _read_month(self, sheet: Sheet, row: int, column: int) -> tuple[int | None, Source]:
        value, cell = sheet.value(row, column), sheet.get(row, column)
        self.month_cells.append((row, column))
        month, where = intended_month(value), self.table_identity
        source = Source(self.book.path.name, sheet.name, a1(row, column))
        if cell and cell.formula and value is None:
            self.unread.append(BookPart(FORMULA, where, source, f"表「{self.table.name}」の基準月"))
        if month is None and (text := text_of_value(value)):
            self.unread.append(BookPart("基準月", where, source, f"基準月 {where} の「{text}」"))
        return month, source

    def _read_rows(self) -> list[RowEntry]:
        if self.table.repeating is not None:
            return [row for row in map(self._read_list_row, self.body_rows) if row is not None]
        self.plan_rows = {row: place for place, row in self.sheet_rows.items()}
        return [RowEntry(place, self._read_row(place, row)) for place, row in sorted(self.sheet_rows.items())]

    @cached_property
    def sheet_rows(self) -> dict[int, int]:
        """The sheet row of each of the plan's rows that was found."""
        headers = {
            row: self._texts_of_cells([(row, column) for column in self.header_columns])
            for row in self.body_rows
        }
        return line_number_by_axis(self, "行", self.table.rows, headers, self.body_rows)

    def _read_list_row(self, row: int) -> RowEntry | None:
        """A row of an open list, or one of its fixed rows, known by its word."""
        assert self.table.repeating is not None
        texts = {normalized(self.sheet.text(row, column)) for column in self.used_columns}
        if any(text.startswith(normalized(names.MORE_LINES)) for text in texts):
            return None
        place = matching_plan_row(self.table, texts)
        self.plan_rows[row] = self.table.repeating if place is None else place
        if place is not None:
            return RowEntry(place, self._read_row(place, row))
        cells = self._read_row(self.table.repeating, row)
        if not any(cell.value not in (None, "") for cell in cells):
            return None
        key = cells[self.table.key_column].value
        return RowEntry(self.table.repeating, cells, "" if key is None else str(key))

    def _read_row(self, place: int, row: int) -> tuple[Entry, ...]:
        return tuple(self._read_cell(place, row, column) for column in range(len(self.table.columns)))

    def _read_cell(self, place: int, row: int, column: int) -> Entry:
        definition = self.table.cells[place][column]
        if column not in self.sheet_columns or definition.kind in _NOT_ENTERED:
            return Entry()
        at = row, self.sheet_columns[column]
        cell, source = self.sheet.get(*at), self._source_of_cell(*at)
        is_rating = self.table.row_rating is not None and column == self.table.row_rating.column
        is_live = is_rating and cell is not None and bool(cell.formula)  # the rating that the row gives
        if cell is None or is_live or self._is_blank(definition, cell, at):
            return Entry(source=source)
        if cell.formula and definition.kind is CellKind.COMPUTED:
            return self.computed_cells.entry(cell, source, at)
        value = self._formula_value(cell) if cell.formula else cell.value
        unit, points = self.table.unit_at(place, column), self.table.holds_percent_as_points(place, column)
        typed = intended_value(value, definition, unit, points=points)
        form = cell_type_of(value)
        unseen = codes_of_invisible_characters(value) if form is CellType.TEXT else ""
        return Entry(typed, bool(cell.formula), source, form, text_typed_by_user(value), unseen)

    def _is_blank(self, definition: CellDefinition, cell: RawCell, at: CellPosition) -> bool:
        """Whether a cell for entry is struck through, or covered by a merged cell."""
        if definition.kind is not CellKind.TYPED:
            return False
        is_covered = not definition.format.is_text and self.sheet.merge_anchors.get(at, at) != at
        return is_covered or is_all_struck(cell.value)

    def _formula_value(self, cell: RawCell) -> Value:
        """The result of a user's formula; Excel's stored value if it is unsupported."""
        given = self.formulas.computed_value(cell)
        unknown = UNKNOWN if cell.value is None else cell.value
        return unknown if given is None else float(given)
