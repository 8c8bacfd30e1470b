"""The cells of one worksheet as stored: values, formulas, styles, merged rectangles.

Rows are read one by one and within a budget for the whole book, so that no sheet can fill the memory.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from kenpo_xl.domain.cell_reference import CellPosition, column_number, is_cell
from kenpo_xl.domain.frozen import mutable
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.cell_formats import CellStyles
from kenpo_xl.ooxml.package import ROWS_IN_ONE, Package
from kenpo_xl.ooxml.parts import text_of_string_item, text_with_x_escapes_decoded
from kenpo_xl.ooxml.references import parse_area, shifted_formula
from kenpo_xl.ooxml.rich_text import RichText, struck_letters, without_struck_letters

# Of a whole book; the sample's plan book has 3,000. Empty cells with a style cost little and may be many.
MAX_CELLS, MAX_BLANK_CELLS, MAX_CELLS_BELOW = 100_000, 400_000, 50_000
# What Excel can hold in a cell, and more than any merged rectangle of a form covers.
MAX_FORMULA = 8_192
MAX_MERGED, MAX_COVERED = 20_000, 500_000
# Characters of a filled-down formula that cost about as much as a cell.
_FILLED_DOWN = 8
# The elements after the merged cells of a worksheet: unused, and possibly very large.
_AFTER_MERGES = (
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "drawing", "legacyDrawing", "tableParts", "extLst",
)  # fmt: skip


class CellError(str):
    """An error value of Excel, such as #REF!."""

    __slots__ = ()


Value = float | str | bool | date | None


class RawCell(NamedTuple):
    """A cell as stored. A date is a `date`; `formula` is without =, '' for none.

    A value struck through in whole or in part is a `RichText` of what remains.
    """

    value: Value
    formula: str
    style: int


@mutable
class SheetContents:
    """Cells by (row, column), 1-based; merged rectangles (top, left, bottom, right) of sizes that forms have.

    `unread` is the first skipped row, 0 for none; `oversized_merges` are skipped merged references; `rest`
    counts the bytes after the cells (formats, validations). `hidden_rows` are numbers,
    `hidden_columns` first and last of hidden columns, `struck` the cells with letters struck through.
    """

    cells: dict[CellPosition, RawCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    unread: int = 0
    rest: int = 0
    oversized_merges: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    struck: list[CellPosition] = field(default_factory=list)


@mutable
class _Budget:
    """The remaining number of units that a book may contain."""

    left: int

    def subtract_and_check(self, work: int) -> bool:
        """Subtract some units; whether they were left."""
        self.left -= work
        return self.left >= 0


class _ColumnNumbers(dict[str, int]):
    """The number of each column by its letters; ValueError for no column of a sheet."""

    def __missing__(self, letters: str) -> int:
        if not (letters.isascii() and letters.isalpha() and is_cell(1, column_number(letters.upper()))):
            raise ValueError(letters)
        self[letters] = column_number(letters.upper())
        return self[letters]


class _StyleIndexes(dict[str | None, int]):
    """The index of each of `count` cell styles by the attribute `s`, 0 for an unknown one."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __missing__(self, text: str | None) -> int:
        style = int(text or 0)
        self[text] = style if 0 <= style < self._count else 0
        return self[text]


class CellReader:
    """Reads the worksheets of one book within a budget for all of them together."""

    def __init__(
        self, package: Package, styles: CellStyles, epoch: date, strings: Callable[[], list[str]]
    ) -> None:
        self._package, self._epoch = package, epoch
        self._load_strings = strings
        self.styles = styles
        self.cells, self.blank = _Budget(MAX_CELLS), _Budget(MAX_BLANK_CELLS)
        self.below, self._covered = _Budget(MAX_CELLS_BELOW), _Budget(MAX_COVERED)
        self.columns, self.style_of = _ColumnNumbers(), _StyleIndexes(len(styles.formats))
        self.blanks = [RawCell(None, "", style) for style in range(len(styles.formats))]

    @cached_property
    def shared_strings(self) -> list[str]:
        return self._load_strings()

    def read_sheet(self, part: str, needed: int) -> SheetContents:
        """The contents of a worksheet part.

        Rows below `needed` have an own budget and are skipped past it; 0 means that all rows are needed.
        Raises KenpoError past the budget of needed rows, ValueError for content that no application writes.
        """
        contents = SheetContents()
        rows = _Rows(self, contents, needed)
        before = self._package.inflated
        for element in self._package.elements(part, ("col", "row", "mergeCell"), until=_AFTER_MERGES):
            match str(element.tag).rpartition("}")[2]:
                case "row":
                    rows.add_row(element)
                case "col":
                    if _is_hidden(element, "width"):
                        columns = int(element.get("min") or 0), int(element.get("max") or 0)
                        contents.hidden_columns.append(columns)
                case _:
                    self._add_merge(contents, element.get("ref") or "")
        contents.rest = self._package.size(part) - (self._package.inflated - before)
        return contents

    def _add_merge(self, contents: SheetContents, reference: str) -> None:
        area = parse_area(f"x!{reference}") if self._covered.left > 0 else None
        if area is None:
            return
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if size <= MAX_MERGED and self._covered.subtract_and_check(size):
            contents.merges.append((area.top, area.left, area.bottom, area.right))
        else:
            contents.oversized_merges.append(reference)

    def spend_or_raise(self, budget: _Budget, work: int = 1) -> None:
        """Subtract from a budget; raises KenpoError past its end."""
        if not budget.subtract_and_check(work):
            raise KenpoError(
                f"{self._package.path.name} はセルが多すぎるため読みません。"
                "使っていない行や列を削除して保存し直してください。"
            )

    def cell_value(self, kind: str | None, text: str, style: int) -> Value:
        """The value of a cell by its type `t` (ECMA-376 part 1, 18.18.11), text and style index."""
        match kind:
            case "s":
                index, strings = int(text), self.shared_strings
                if not 0 <= index < len(strings):
                    raise ValueError(index)
                return strings[index]
            case "str":
                return text_with_x_escapes_decoded(text)
            case "b":
                return text.strip() in ("1", "true")
            case "e":
                return CellError(text)
            case "d":
                return datetime.fromisoformat(text.rstrip("Z")).date()
        if "_" in text:
            raise ValueError(text)
        number = float(text)
        if not math.isfinite(number):
            return CellError("#NUM!")
        if style in self.styles.dates and 1 <= number <= (date.max - self._epoch).days:
            return self._epoch + timedelta(days=int(number))
        return number


class _Rows:
    """Adds the rows of one worksheet to its contents."""

    def __init__(self, reader: CellReader, contents: SheetContents, needed: int) -> None:
        self.reader, self.contents, self.needed = reader, contents, needed
        self.number = 0
        self.shared: dict[str, tuple[int, int, str]] = {}
        self.struck_styles = reader.styles.struck

    def add_row(self, row: etree._Element) -> None:
        """Read a row; rows and cells without a number follow the one before."""
        self.number = _row_number(row) or self.number + int(row.get(ROWS_IN_ONE) or 1)
        if not is_cell(self.number, 1):
            raise ValueError(self.number)
        if self.contents.unread:
            return
        if _is_hidden(row, "ht"):
            self.contents.hidden_rows.add(self.number)
        cells, blank = self._row_cells_and_blank_count(row)
        if self._is_within_budget(len(cells), blank):
            self.contents.cells.update(cells)
        else:
            self.contents.unread = self.number

    def _row_cells_and_blank_count(self, row: etree._Element) -> tuple[dict[CellPosition, RawCell], int]:
        """The cells of a row with a value, a formula or a style, and how many of them have a style alone."""
        space = str(row.tag).removesuffix("row")
        tags = f"{space}v", f"{space}f", f"{space}is"
        reader, number = self.reader, self.number
        cells: dict[CellPosition, RawCell] = {}
        column = blank = 0
        for element in row.iterchildren(f"{space}c"):
            reference = element.get("r")
            column = reader.columns[reference.rstrip("0123456789")] if reference else column + 1
            style = reader.style_of[element.get("s")]
            cell = self._filled_cell(element, tags, column, style) if len(element) else None
            if cell is None and style:
                cell = reader.blanks[style]
                blank += 1
            if cell is not None:
                cells[number, column] = cell
        return cells, min(blank, len(cells))

    def _is_within_budget(self, count: int, blank: int) -> bool:
        """Whether the cells of a row may be stored, True for a needed one; KenpoError past its budget."""
        if 0 < self.needed < self.number:
            return self.reader.below.subtract_and_check(count)
        self.reader.spend_or_raise(self.reader.blank, blank)
        self.reader.spend_or_raise(self.reader.cells, count - blank)
        return True

    def _filled_cell(
        self, element: etree._Element, tags: tuple[str, str, str], column: int, style: int
    ) -> RawCell | None:
        """A cell with a value or a formula; None for any other."""
        value_tag, formula_tag, inline_tag = tags
        value: Value = None
        formula, kind = "", element.get("t")
        for child in element:
            tag = child.tag
            if tag == value_tag:
                text = child.text or ""
                if text or kind == "str":
                    value = self.reader.cell_value(kind, text, style)
            elif tag == formula_tag:
                formula = self._formula_text(child, column)
            elif tag == inline_tag and kind == "inlineStr":
                value = text_of_string_item(child)
        if type(value) is RichText or style in self.struck_styles:
            value = without_struck_letters(value, is_cell_struck=style in self.struck_styles)
            if struck_letters(value):
                self.contents.struck.append((self.number, column))
        return None if value is None and not formula else RawCell(value, formula, style)

    def _formula_text(self, element: etree._Element, column: int) -> str:
        text = element.text or ""
        if len(text) > MAX_FORMULA:
            raise ValueError(len(text))
        index = element.get("si")
        if element.get("t") != "shared" or index is None:
            return text
        if text:
            self.shared[index] = (self.number, column, text)
            return text
        top, left, master = self.shared.get(index, (self.number, column, ""))
        self.reader.spend_or_raise(self.reader.cells, len(master) // _FILLED_DOWN)
        return shifted_formula(master, self.number - top, column - left)


def _is_hidden(element: etree._Element, size: str) -> bool:
    """Whether a row or column is hidden, or 0 high or wide."""
    if element.get("hidden") in ("1", "true"):
        return True
    stored = element.get(size)
    return stored is not None and float(stored) == 0


def _row_number(row: etree._Element) -> int:
    """The number in the attribute `r` of a row or of its first cell, 0 for neither."""
    number = row.get("r")
    if number is None and len(row):
        reference = row[0].get("r") or ""
        number = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(number) if number else 0
