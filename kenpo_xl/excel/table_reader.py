"""Reads the tables of an input book: the rectangle by its name, rows and columns by their heads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from kenpo_xl.domain import formulas
from kenpo_xl.domain.calendar import date_text
from kenpo_xl.domain.formulas import Address, Group
from kenpo_xl.domain.numbers import from_excel, read_typed
from kenpo_xl.domain.placeholders import PLACEHOLDER, fill
from kenpo_xl.domain.plan import AsOf, Axis, Cell, CellKind, Plan, Table
from kenpo_xl.domain.submission import Entry, RowEntry, Source, TableEntry
from kenpo_xl.excel import names
from kenpo_xl.excel.sheets import Area, RawCell, Sheet, Value, Workbook, a1, as_text

_MONTH = re.compile(r"(?:.*年)?(1[0-2]|[1-9])月?(?:末|分)?(?:\d+日)?")
_DEPTH = 20


def folded(text: str) -> str:
    """Text for comparison: half-width, without white space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


class TableReader:
    """Finds and reads the tables of one sheet."""

    def __init__(self, book: Workbook, plan: Plan, sheet: Sheet) -> None:
        self.book, self.plan, self.sheet = book, plan, sheet

    def entry(self, table: Table) -> TableEntry | None:
        """What stands in a table, None where the table is not in the book."""
        area = self.book.area(names.table_name(table.item, table.name)) or self._by_title(table)
        if area is None:
            return None
        return _Reading(self.book, self.plan, self.book.sheets[area.sheet], table, area).entry()

    def _by_title(self, table: Table) -> Area | None:
        """The rectangle below the title, where its name was lost."""
        title = folded(names.TABLE_TITLE + table.name)
        titles = {title, title + folded(names.NOT_PRINTED)}
        top = next((row for row in self.sheet.rows() if self._has(row, titles)), None)
        if top is None:
            return None
        ends = [row for row in self.sheet.rows() if row > top and self._is_title(row)]
        top += 1 if table.as_of is AsOf.PERIOD else 2
        return Area(
            self.sheet.name,
            top,
            4,
            (ends[0] if ends else self.sheet.last_row + 1) - 1,
            self.sheet.last_column,
        )

    def _has(self, row: int, texts: set[str]) -> bool:
        return any(folded(self.sheet.text(row, column)) in texts for column in range(1, 6))

    def _is_title(self, row: int) -> bool:
        texts = [self.sheet.text(row, column) for column in range(1, 6)]
        return any(text.startswith(names.TABLE_TITLE) or text == names.KPI_TITLE for text in texts)


class _Reading:
    """One table in its rectangle."""

    def __init__(self, book: Workbook, plan: Plan, sheet: Sheet, table: Table, area: Area) -> None:
        self.book, self.plan, self.sheet, self.table, self.area = book, plan, sheet, table, area
        self.own = {
            row: [column for column in columns if area.left <= column <= area.right]
            for row, columns in sheet.filled.items()
            if area.top <= row <= area.bottom
        }
        rows = [row for row, columns in self.own.items() if columns]
        self.head_rows, self.below = rows[: table.head_rows], rows[table.head_rows :]
        self.used = sorted({column for columns in self.own.values() for column in columns})

    def entry(self) -> TableEntry:
        return TableEntry(self.table.name, tuple(self._rows()), self._months())

    @cached_property
    def columns(self) -> dict[int, int]:
        """The sheet column of each of the plan's columns that was found."""
        heads = {c: self._path([(row, c) for row in self.head_rows]) for c in self.used}
        candidates = self.used[self.table.head_columns :]
        return self._assigned(self.table.columns, {c: heads[c] for c in candidates}, heads)

    @cached_property
    def head_columns(self) -> list[int]:
        body = set(self.columns.values())
        return [column for column in self.used if column not in body][: self.table.head_columns]

    def _assigned(
        self,
        axes: Sequence[Axis],
        candidates: dict[int, tuple[str, ...]],
        all_heads: dict[int, tuple[str, ...]],
    ) -> dict[int, int]:
        """Place in the plan → row or column of the sheet, by head; what is left over in order, if it fits."""
        found: dict[int, int] = {}
        for place, axis in enumerate(axes):
            patterns = [self._pattern(label) for label in axis.labels]
            for number, path in all_heads.items():
                fits = len(path) == len(patterns) and all(map(re.Pattern.fullmatch, patterns, path))
                if fits and number not in found.values():
                    found[place] = number
                    break
        left = [place for place in range(len(axes)) if place not in found and axes[place].labels]
        free = [number for number in candidates if number not in found.values()]
        if left and len(left) == len(free):
            pairs = list(zip(left, free, strict=True))
            if all(_may_be(axes[place], candidates[number]) for place, number in pairs):
                found.update(pairs)
        return found

    def _path(self, cells: list[tuple[int, int]]) -> tuple[str, ...]:
        anchors = dict.fromkeys(self.sheet.anchors.get(cell, cell) for cell in cells)
        return tuple(folded(self.sheet.text(*anchor)) for anchor in anchors)

    def _pattern(self, label: str) -> re.Pattern[str]:
        """Matches a head for any as-of month of the year."""
        if not PLACEHOLDER.search(label):
            return re.compile(re.escape(folded(label)))
        texts = {fill(label, self.plan.moment(month)) for month in (None, *range(1, 13))}
        parts = ([re.escape(folded(part)) for part in PLACEHOLDER.split(text)[::2]] for text in texts)
        return re.compile("|".join(sorted({".*".join(part) for part in parts})))

    def _months(self) -> tuple[int | None, ...]:
        if self.table.as_of is AsOf.PERIOD:
            return ()
        area = self.book.area(names.months_name(self.table.item, self.table.name))
        sheet = self.book.sheets[area.sheet] if area else self.sheet
        row = area.top if area else self.area.top - 1
        if self.table.as_of is AsOf.TABLE:
            column = area.left if area else self.area.left + 1
            return (_month(sheet.value(row, column)),)
        places = range(len(self.table.columns))
        return tuple(_month(sheet.value(row, self.columns[p])) if p in self.columns else None for p in places)

    def _rows(self) -> list[RowEntry]:
        if self.table.repeating is not None:
            return [row for row in map(self._list_row, self.below) if row is not None]
        heads = {row: self._path([(row, column) for column in self.head_columns]) for row in self.below}
        found = self._assigned(self.table.rows, heads, heads)
        return [RowEntry(place, self._entries(place, row)) for place, row in sorted(found.items())]

    def _list_row(self, row: int) -> RowEntry | None:
        """A row of an open list, or one of its fixed rows, known by its word."""
        assert self.table.repeating is not None
        texts = {folded(self.sheet.text(row, column)) for column in self.used}
        if any(text.startswith(folded(names.MORE_LINES)) for text in texts):
            return None
        for place, axis in enumerate(self.table.rows):
            if place != self.table.repeating and (folded(axis.name) in texts):
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
        source = Source(self.book.path.name, self.sheet.name, a1(row, at))
        if cell is None:
            return Entry(source=source)
        if cell.formula and definition.kind is CellKind.COMPUTED:
            return Entry(None, formula=True, source=source)
        value = self._evaluated(cell) if cell.formula else cell.value
        points = self.table.in_points(place, column)
        return Entry(_meant(value, definition, points=points), formula=bool(cell.formula), source=source)

    def _evaluated(self, cell: RawCell, depth: int = 0) -> Value:
        """What a formula of the staff's own gives; what Excel showed last where it is not one of ours."""
        try:
            tree = formulas.parse(cell.formula)
        except formulas.FormulaError:
            return cell.value

        def lookup(key: Hashable) -> Sequence[Decimal | None]:
            assert isinstance(key, Address)
            sheet = self.book.sheets.get(key.sheet) if key.sheet else self.sheet
            found = sheet.get(key.row, key.column) if sheet else None
            value = (
                self._evaluated(found, depth + 1)
                if found and found.formula and depth < _DEPTH
                else found and found.value
            )
            return [from_excel(value)] if isinstance(value, float) else [None]

        def members(group: Group) -> Group:
            first, last = group.keys
            assert isinstance(first, Address)
            assert isinstance(last, Address)
            rows, columns = range(first.row, last.row + 1), range(first.column, last.column + 1)
            if len(rows) * len(columns) > 10_000:
                return Group(())
            return Group(tuple(Address(first.sheet, row, column) for row in rows for column in columns))

        result = formulas.evaluate(formulas.mapped(tree, lambda key: key, members), lookup)
        return cell.value if result is None else float(result)


def _may_be(axis: Axis, path: tuple[str, ...]) -> bool:
    """Whether a head is empty in part, or that of an axis but for the month and the like in it."""
    if not all(path):
        return True
    parts = ([re.escape(folded(part)) for part in PLACEHOLDER.split(label)[::2]] for label in axis.labels)
    patterns = [re.compile(".*".join(part)) for part in parts]
    return len(path) == len(patterns) and all(map(re.Pattern.fullmatch, patterns, path))


def _meant(value: Value, definition: Cell, *, points: bool) -> Decimal | str | None:
    """What a clerk meant: a number also where it was typed as text with its unit or in full-width digits."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return as_text(value)
    if isinstance(value, float):
        return as_text(value) if definition.format.is_text else from_excel(value)
    if isinstance(value, date):
        return date_text(value)
    text = value.strip()
    read = None if definition.format.is_text else read_typed(text)
    if read is None:
        return text or None
    number, unit = read
    if points:
        return number * 100 if unit == "％" else number
    return number / 100 if definition.format.percent and unit == "" else number


def _month(value: Value) -> int | None:
    """The month (1 to 12) that was typed as the as-of month: 10, 10月, 令和6年10月末, or a date."""
    if isinstance(value, date):
        return value.month
    found = _MONTH.fullmatch(folded(as_text(value)))
    return int(found[1]) if found else None
