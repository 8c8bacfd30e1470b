"""What stands in cells: values and formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import partial
from typing import Any

from tests.libreoffice_engine.formulas import first_cell, is_text
from tests.libreoffice_engine.numbers import DATE, LOGICAL, TEXT
from tests.libreoffice_engine.values import CellError, day_number, moment_of, number_text

FORMULA = 16
# What LibreOffice says of a formula that is not one: Excel would not take it.
NO_FORMULAS = {501, 508, 509, 510, 511, 512}
GENERAL = "General"
TRUTHS = {"1": "TRUE", "0": "FALSE"}

Place = tuple[int, int]


class Content:
    """The part of a range that reads and writes values and formulas."""

    book: Any
    corners: tuple[int, int, int, int]
    shape: tuple[int, int]
    _cells: Any

    @property
    def raw_value(self) -> Any:
        """Rows of values, of one cell its value: float, str ("" where empty), bool, datetime, CellError."""
        rows = [list(row) for row in self._cells.getDataArray()]
        if any(not isinstance(value, str) for row in rows for value in row):
            dates, truths = self._of_types(DATE, LOGICAL)
            for place in ((row, column) for row, values in enumerate(rows) for column in range(len(values))):
                self._put_into(rows, place, dates, truths)
        return rows if self.shape != (1, 1) else rows[0][0]

    def _put_into(self, rows: list[list[Any]], place: Place, dates: set[Place], truths: set[Place]) -> None:
        row, column = place
        value = rows[row][column]
        if value is None:
            rows[row][column] = CellError(self._cells.getCellByPosition(column, row).getError())
        elif isinstance(value, float) and place in truths:
            rows[row][column] = bool(value)
        elif isinstance(value, float) and place in dates:
            rows[row][column] = moment_of(value)

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        if isinstance(value, str) and value.startswith("=") and len(value) > 1:
            self.formula = value
            return
        rows = value if isinstance(value, list | tuple) else self._filled_with(value)
        texts, truths = self._of_types(TEXT, LOGICAL)
        writer = _Writer(self, texts=texts, truths=truths)
        self._cells.setDataArray(tuple(writer.row(number, row) for number, row in enumerate(rows)))
        writer.finish()

    @property
    def formula(self) -> Any:
        """The formulas as texts with `=`, of cells without one the value as a text."""
        rows = [[_constant(value) for value in row] for row in self._cells.getDataArray()]
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if value in TRUTHS and self._is_of_type(row, column, LOGICAL):
                    values[column] = TRUTHS[value]
        own, sheet = self._cells.getFormulaArray(), self._cells.RangeAddress.Sheet
        for row, column in self._formula_cells():
            cell = partial(self._cells.getCellByPosition, column, row)
            rows[row][column] = "=" + self.book.formulas.text_in(sheet, own[row][column], cell)
        return rows[0][0] if self.shape == (1, 1) else tuple(tuple(row) for row in rows)

    @formula.setter
    def formula(self, value: Any) -> None:
        if isinstance(value, list | tuple):
            self.raw_value = value
        else:
            self._fill_formula(value)

    @property
    def formula2(self) -> Any:
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.formula = value

    @property
    def formula_array(self) -> str:
        """The array formula that fills exactly these cells; "" without one."""
        tokens = self._cells.getArrayTokens()
        return f"={self.book.formulas.text(tokens, first_cell(self._cells))}" if tokens else ""

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self._cells.setArrayTokens(
            self.book.formulas.tokens(value.removeprefix("="), first_cell(self._cells))
        )

    @property
    def has_array(self) -> bool:
        return bool(self._cells.getArrayFormula())

    def set_formula(self, place: Place, formula: str, *, as_text: bool) -> None:
        """Write a formula or constant into one cell; a cell with the text format takes it as a text."""
        row, column = place
        cell = self._cells.getCellByPosition(column, row)
        if as_text or not formula.startswith("=") or formula == "=":
            self.cell(row, column).raw_value = formula if not as_text else f"'{formula}"
            return
        if is_text(formula.removeprefix("=")):
            cell.setFormula(formula)
            return
        cell.setTokens(self.book.formulas.tokens(formula.removeprefix("="), cell.CellAddress))
        if cell.getError() in NO_FORMULAS:
            cell.setString("")
            raise ValueError(f"Excel takes no such formula: {formula}")

    def _fill_formula(self, formula: str) -> None:
        """One formula for all cells: it is meant for the first one and moves along in the others."""
        self.set_formula((0, 0), formula, as_text=self._is_of_type(0, 0, TEXT))
        if len(self) > 1:
            first = self._cells.getCellByPosition(0, 0)
            if first.getTokens():
                for row, column in _all_places(self.shape):
                    self._cells.getCellByPosition(column, row).setTokens(first.getTokens())
            else:
                self.raw_value = formula

    def _filled_with(self, value: Any) -> list[list[Any]]:
        rows, columns = self.shape
        return [[value] * columns] * rows

    def _formula_cells(self) -> Iterator[Place]:
        return self._places(self._cells.queryContentCells(FORMULA).RangeAddresses)

    def _is_of_type(self, row: int, column: int, wanted: int) -> bool:
        key = self._cells.getCellByPosition(column, row).NumberFormat
        return bool(self.book.formats.type(key) & wanted)

    def _of_types(self, *wanted: int) -> tuple[set[Place], ...]:
        """The cells whose number format is of each of these types."""
        if self.shape == (1, 1):
            return tuple({(0, 0)} if self._is_of_type(0, 0, one) else set() for one in wanted)
        found = tuple(set[Place]() for _ in wanted)
        for cells in self._cells.UniqueCellFormatRanges:
            kind = self.book.formats.type(cells.NumberFormat)
            for places, one in zip(found, wanted, strict=True):
                if kind & one:
                    places.update(self._places(cells.RangeAddresses))
        return found

    def _places(self, areas: Iterable[Any]) -> Iterator[Place]:
        left, top = self.corners[:2]
        for area in areas:
            for row in range(area.StartRow - top, area.EndRow - top + 1):
                for column in range(area.StartColumn - left, area.EndColumn - left + 1):
                    yield row, column


class _Writer:
    """Values on their way into a range: most go in one call, the rest cell by cell after it."""

    def __init__(self, target: Any, *, texts: set[Place], truths: set[Place]) -> None:
        self._target = target
        self._texts = texts
        self._truths = truths
        self._formulas: list[tuple[Place, str]] = []
        self._formats: list[tuple[Place, int]] = []

    def row(self, number: int, values: Iterable[Any]) -> tuple[float | str, ...]:
        return tuple(self._value((number, column), value) for column, value in enumerate(values))

    def finish(self) -> None:
        for place, formula in self._formulas:
            self._target.set_formula(place, formula, as_text=False)
        for (row, column), key in self._formats:
            self._target.api.getCellByPosition(column, row).NumberFormat = key

    def _value(self, place: Place, value: Any) -> float | str:
        match value:
            case None:
                return ""
            case str():
                return self._text(place, value)
            case bool():
                self._formats.append((place, self._target.book.formats.key("BOOLEAN")))
                return float(value)
            case date():
                return self._number(place, day_number(value), self._date_format(value))
            case _:
                return self._number(place, float(value), None)

    def _text(self, place: Place, text: str) -> float | str:
        """What Excel makes of a text: without the text format it reads numbers, dates, truth values."""
        if text.startswith("'"):
            return text[1:]
        if place in self._texts:
            return text
        if text.startswith("=") and len(text) > 1:
            self._formulas.append((place, text))
            return ""
        if text.upper() in {"TRUE", "FALSE"}:
            return self._value(place, text.upper() == "TRUE")
        understood = self._target.book.formats.understood(text)
        return text if understood is None else self._number(place, *understood)

    def _number(self, place: Place, number: float, key: int | None) -> float | str:
        """The number, and a format with it where the cell has none of its own."""
        if place in self._texts:
            return number_text(number)
        if place in self._truths:
            self._formats.append((place, self._target.book.formats.key(GENERAL)))
        elif key is not None and self._is_general(place):
            self._formats.append((place, key))
        return number

    def _is_general(self, place: Place) -> bool:
        row, column = place
        key = self._target.api.getCellByPosition(column, row).NumberFormat
        return self._target.book.formats.code(key) == GENERAL

    def _date_format(self, value: date) -> int:
        has_time = isinstance(value, datetime) and value.time() != time()
        return self._target.book.formats.key("YYYY/M/D H:MM" if has_time else "YYYY/M/D")


def _constant(value: Any) -> str:
    return number_text(value) if isinstance(value, float) else value or ""


def _all_places(shape: tuple[int, int]) -> Iterator[Place]:
    rows, columns = shape
    return ((row, column) for row in range(rows) for column in range(columns))
