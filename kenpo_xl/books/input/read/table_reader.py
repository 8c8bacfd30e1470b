"""Reads the tables of an input book: the rectangle by its name, rows and columns by their headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from kenpo_xl.books.common import names
from kenpo_xl.books.common.typed_values import UNKNOWN, cell_type_of, meant, month_meant, unseen_in
from kenpo_xl.books.input.evaluate_formulas import CellFormulas
from kenpo_xl.books.input.read.read_cells import Taken
from kenpo_xl.books.input.read.table_cells import take_table
from kenpo_xl.books.input.read.table_headers import fits, forms_of, may_be
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import from_excel
from kenpo_xl.domain.plan.open_lists import matching_plan_row
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import AsOf, Axis, CellKind, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import BookPart, CellType, Entry, RowEntry, TableEntry
from kenpo_xl.ooxml.rich_text import entered_text, is_withdrawn
from kenpo_xl.ooxml.workbook import Area, CellError, RawCell, Sheet, Value, Workbook, as_text

FORMULA = "算式"
"""The kind of a part that is missed since it is a formula whose result the book does not keep."""
# Rows between a table and its title: the as-of month, and what staff may have put in.
_TITLE_ABOVE = 4


class TableReader:
    """Finds and reads the tables of one sheet, that of the item with this number in the book."""

    def __init__(self, book: Workbook, plan: Plan, sheet: Sheet, number: str, taken: Taken) -> None:
        self.book, self.plan, self.sheet, self.number, self.taken = book, plan, sheet, number, taken
        self.missed: list[BookPart] = []

    def entry(self, table: Table) -> TableEntry | None:
        """What stands in a table, None where the table is not in the book."""
        area = self.book.area(names.table_name(self.number, table.name)) or self._by_title(table)
        if all(cell.kind is CellKind.FIXED for row in table.cells for cell in row):
            return None
        if area is None:
            here = Source(self.book.path.name, self.sheet.name, "")
            self.missed.append(BookPart("表", f"{table.item}/{table.name}", here))
            return None
        months = self.book.area(names.months_name(self.number, table.name))
        reading = Reading(self.book, self.plan, self.book.sheets[area.sheet], table, area, months)
        entry = reading.entry()
        take_table(reading, self.taken)
        self.missed += reading.missed()
        return entry

    def _by_title(self, table: Table) -> Area | None:
        """The rectangle below the title, where its name was lost."""
        title = normalized(names.TABLE_TITLE + table.name)
        titles = {title, title + normalized(names.NOT_PRINTED)}
        top = next((row for row in self.sheet.rows() if self._has(row, titles)), None)
        if top is None:
            return None
        ends = [row for row in self.sheet.rows() if row > top and self._is_title(row)]
        top += 1 if table.as_of is AsOf.PERIOD else 2
        last = (ends[0] if ends else self.sheet.last_row + 1) - 1
        return Area(self.sheet.name, top, 4, last, self.sheet.last_column)

    def _has(self, row: int, texts: set[str]) -> bool:
        return any(normalized(self.sheet.text(row, column)) in texts for column in range(1, 6))

    def _is_title(self, row: int) -> bool:
        texts = [self.sheet.text(row, column) for column in range(1, 6)]
        return any(text.startswith(names.TABLE_TITLE) or text == names.KPI_TITLE for text in texts)


class Reading:
    """One table in its rectangle; `placed` is the plan's row of each sheet row that was read."""

    def __init__(
        self, book: Workbook, plan: Plan, sheet: Sheet, table: Table, area: Area, months: Area | None
    ) -> None:
        self.book, self.plan, self.sheet, self.table, self.area = book, plan, sheet, table, area
        self.months = months
        self.own = {
            row: [column for column in columns if area.left <= column <= area.right]
            for row, columns in sheet.filled.items()
            if area.top <= row <= area.bottom
        }
        rows = [row for row, columns in self.own.items() if columns]
        self.header_rows, self.below = rows[: table.header_rows], rows[table.header_rows :]
        self.unread: list[BookPart] = []
        self.formulas = CellFormulas(book, sheet)
        self._forms: dict[str, list[list[str]]] = {}
        self.placed: dict[int, int] = {}
        self.month_cells: list[tuple[int, int]] = []
        self.used = sorted({column for columns in self.own.values() for column in columns})

    def entry(self) -> TableEntry:
        places = range(len(self.table.columns))
        return TableEntry(
            self.table.name,
            tuple(self._rows()),
            self._months(),
            title=self._source(*self.title_cell) if self.title_cell else None,
            column_headers=tuple(self._column_header(place) for place in places),
        )

    @cached_property
    def title_cell(self) -> tuple[int, int] | None:
        """The cell above the rectangle that says 表 and its name best, None where it was cleared."""
        above = range(self.area.top - 1, max(self.area.top - 1 - _TITLE_ABOVE, 0), -1)
        places = ((row, column) for row in above for column in self.sheet.filled.get(row, ()))
        titles = [at for at in places if self.sheet.text(*at).startswith(names.TABLE_TITLE)]
        own = (at for at in titles if self.table.name in self.sheet.text(*at))
        return next(own, titles[0] if titles else None)

    def _column_header(self, place: int) -> Source | None:
        """The lowest header cell of a column of the plan."""
        if place not in self.columns or not self.header_rows:
            return None
        at = self.header_rows[-1], self.columns[place]
        return self._source(*self.sheet.anchors.get(at, at))

    def missed(self) -> Iterator[BookPart]:
        """The columns and rows of the plan that were not found by their headers.

        They stand at the headers that may be theirs, reworded: those that are none of the plan's, where they
        are as many; else at the headers before them.
        """
        yield from self.unread
        where = f"{self.table.item}/{self.table.name}"
        top, left = self.area.top, self.area.left
        headers = [
            column for column in self.used[self.table.header_columns :] if self._path_of_column(column)
        ]
        for place, axis, column in _unfound(self.table.columns, self.columns, headers):
            before = max((self.columns[p] for p in self.columns if p < place), default=left)
            lowest = self.header_rows[-1] if column and self.header_rows else top
            at = self.sheet.anchors.get((lowest, column or before), (lowest, column or before))
            yield BookPart("列", f"{where}/{axis.name}", self._source(*at))
        if self.table.repeating is None:
            for place, axis, row in _unfound(self.table.rows, self.rows, self.below):
                above = max((self.rows[p] for p in self.rows if p < place), default=top)
                yield BookPart("行", f"{where}/{axis.name}", self._source(row or above, left))

    def _path_of_column(self, column: int) -> str:
        """The words of the headers of a column, one after the other."""
        return "".join(self._path([(row, column) for row in self.header_rows]))

    def _source(self, row: int, column: int) -> Source:
        return Source(self.book.path.name, self.sheet.name, a1(row, column))

    @cached_property
    def columns(self) -> dict[int, int]:
        """The sheet column of each of the plan's columns that was found."""
        headers = {c: self._path([(row, c) for row in self.header_rows]) for c in self.used}
        candidates = self.used[self.table.header_columns :]
        return self._assigned(self.table.columns, {c: headers[c] for c in candidates}, headers)

    @cached_property
    def header_columns(self) -> list[int]:
        body = set(self.columns.values())
        return [column for column in self.used if column not in body][: self.table.header_columns]

    def _assigned(
        self,
        axes: Sequence[Axis],
        candidates: dict[int, tuple[str, ...]],
        all_headers: dict[int, tuple[str, ...]],
    ) -> dict[int, int]:
        """Place in the plan → row or column of the sheet, by header; what is left in order, if it fits."""
        found: dict[int, int] = {}
        for place, axis in enumerate(axes):
            forms = [self.forms(label) for label in axis.labels]
            for number, path in all_headers.items():
                if fits(forms, path) and number not in found.values():
                    found[place] = number
                    break
        left = [place for place in range(len(axes)) if place not in found and axes[place].labels]
        free = [number for number in candidates if number not in found.values()]
        if left and len(left) == len(free):
            pairs = list(zip(left, free, strict=True))
            known = {place: [self.forms(label) for label in axes[place].labels] for place in left}
            if all(may_be(axes[place], candidates[number], known[place]) for place, number in pairs):
                found.update(pairs)
        return found

    def _path(self, cells: list[tuple[int, int]]) -> tuple[str, ...]:
        anchors = dict.fromkeys(self.sheet.anchors.get(cell, cell) for cell in cells)
        return tuple(normalized(self.sheet.text(*anchor)) for anchor in anchors)

    def forms(self, label: str) -> list[list[str]]:
        """The parts of a header between what nobody knows yet, for each as-of month of the year."""
        if label not in self._forms:
            self._forms[label] = forms_of(label, self.plan)
        return self._forms[label]

    def fits(self, label: str, text: str) -> bool:
        """Whether a normalized text is that of a label, whatever stands for what nobody knows yet."""
        return fits([self.forms(label)], (text,))

    def _months(self) -> tuple[int | None, ...]:
        if self.table.as_of is AsOf.PERIOD:
            return ()
        area = self.months
        sheet = self.book.sheets[area.sheet] if area else self.sheet
        row = area.top if area else self.area.top - 1
        if self.table.as_of is AsOf.TABLE:
            column = area.left if area else self.area.left + 1
            return (self._month(sheet, row, column),)
        places = range(len(self.table.columns))
        return tuple(self._month(sheet, row, self.columns[p]) if p in self.columns else None for p in places)

    def _month(self, sheet: Sheet, row: int, column: int) -> int | None:
        value, cell = sheet.value(row, column), sheet.get(row, column)
        self.month_cells.append((row, column))
        month = month_meant(value)
        where = f"{self.table.item}/{self.table.name}"
        source = Source(self.book.path.name, sheet.name, a1(row, column))
        if cell and cell.formula and value is None:
            self.unread.append(BookPart(FORMULA, where, source, f"表「{self.table.name}」の基準月"))
        if month is None and as_text(value):
            self.unread.append(BookPart("基準月", where, source, f"基準月 {where} の「{as_text(value)}」"))
        return month

    def _rows(self) -> list[RowEntry]:
        if self.table.repeating is not None:
            return [row for row in map(self._list_row, self.below) if row is not None]
        self.placed = {row: place for place, row in self.rows.items()}
        return [RowEntry(place, self._entries(place, row)) for place, row in sorted(self.rows.items())]

    @cached_property
    def rows(self) -> dict[int, int]:
        """The sheet row of each of the plan's rows that was found."""
        headers = {row: self._path([(row, column) for column in self.header_columns]) for row in self.below}
        return self._assigned(self.table.rows, headers, headers)

    def _list_row(self, row: int) -> RowEntry | None:
        """A row of an open list, or one of its fixed rows, known by its word."""
        assert self.table.repeating is not None
        texts = {normalized(self.sheet.text(row, column)) for column in self.used}
        if any(text.startswith(normalized(names.MORE_LINES)) for text in texts):
            return None
        place = matching_plan_row(self.table, texts)
        self.placed[row] = self.table.repeating if place is None else place
        if place is not None:
            return RowEntry(place, self._entries(place, row))
        cells = self._entries(self.table.repeating, row)
        if not any(cell.value not in (None, "") for cell in cells):
            return None
        key = cells[self.table.key_column].value
        return RowEntry(self.table.repeating, cells, "" if key is None else str(key))

    def _entries(self, place: int, row: int) -> tuple[Entry, ...]:
        return tuple(self._entry(place, row, column) for column in range(len(self.table.columns)))

    def _entry(self, place: int, row: int, column: int) -> Entry:
        if column not in self.columns:
            return Entry()
        definition = self.table.cells[place][column]
        if definition.kind in (CellKind.NOT_APPLICABLE, CellKind.FIXED):
            return Entry()
        at = self.columns[column]
        cell = self.sheet.get(row, at)
        source = self._source(row, at)
        typed_in = definition.kind is CellKind.TYPED
        # What is typed into merged cells is the number of the first of them, not of each.
        first = self.sheet.anchors.get((row, at), (row, at))
        covered = typed_in and not definition.format.is_text and first != (row, at)
        if cell is None or covered or (typed_in and is_withdrawn(cell.value)):
            return Entry(source=source)
        if cell.formula and definition.kind is CellKind.COMPUTED:
            given = self.formulas.given(cell)
            fault = cell.value if given is None and isinstance(cell.value, CellError) else None
            number = None if given is None else from_excel(float(given))
            shown = fault if given is None else float(given)
            return Entry(number, True, source, cell_type_of(shown), as_text(shown))
        value = self._evaluated(cell) if cell.formula else cell.value
        points = self.table.in_points(place, column)
        typed = meant(value, definition, self.table.unit_at(place, column), points=points)
        form = cell_type_of(value)
        unseen = unseen_in(value) if form is CellType.TEXT else ""
        return Entry(typed, bool(cell.formula), source, form, entered_text(value), unseen)

    def _evaluated(self, cell: RawCell) -> Value:
        """What a formula of the staff's own gives; what Excel showed last where we cannot read it."""
        given = self.formulas.given(cell)
        if given is None:
            return UNKNOWN if cell.value is None else cell.value
        return float(given)


def _unfound(
    axes: Sequence[Axis], found: dict[int, int], there: Sequence[int]
) -> Iterator[tuple[int, Axis, int]]:
    """The axes without a row or column: place, axis, and the number that may be theirs, 0 for none."""
    missing = [place for place in range(len(axes)) if place not in found]
    free = [number for number in there if number not in found.values()]
    if len(free) != len(missing):
        free = [0] * len(missing)
    yield from ((place, axes[place], number) for place, number in zip(missing, free, strict=True))
