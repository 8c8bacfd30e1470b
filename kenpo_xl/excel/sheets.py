"""A sparse, fast, read-only view of a workbook: values, formulas, number formats, merged cells, names.

Only what a plan book or an input book needs; everything else in the file is left alone and unread.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from lxml import etree

from kenpo_xl.domain.text import folded
from kenpo_xl.errors import KenpoError
from kenpo_xl.excel.package import Package
from kenpo_xl.excel.references import Area, a1, letters, number_of, parse_area, shifted
from kenpo_xl.excel.workbook_parts import (
    all_named,
    epoch_of,
    is_date,
    number_formats,
    plain_text,
    relations_of,
    shared_strings,
    unescaped,
)

__all__ = ["Area", "Fault", "RawCell", "Sheet", "Value", "Workbook", "a1", "as_text", "letters", "parse_area"]

MAX_CELLS = 1_000_000
_HEAD_ROWS = 20
# What web pages and other programs leave behind; nobody sees it in a cell.
_ZERO_WIDTH = "\u200b\u2060\ufeff"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


class Fault(str):
    """An error value of Excel, such as #REF!."""

    __slots__ = ()


Value = float | str | bool | date | None


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as stored. A date is a `date`; `formula` is without =, '' where there is none."""

    value: Value
    formula: str
    style: int


@dataclass
class Sheet:
    """One worksheet: cells by (row, column), 1-based; merged rectangles; visible or hidden."""

    name: str
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    state: str = "visible"

    @cached_property
    def anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The anchor of every cell that a merged rectangle covers; those too large to be real are left."""
        covered = {}
        for top, left, bottom, right in self.merges:
            if (bottom - top + 1) * (right - left + 1) <= 20_000:
                covered.update(
                    {(r, c): (top, left) for r in range(top, bottom + 1) for c in range(left, right + 1)}
                )
        return covered

    @cached_property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=0)

    def get(self, row: int, column: int) -> RawCell | None:
        """The cell, or the anchor of the merged rectangle that covers it."""
        return self.cells.get(self.anchors.get((row, column), (row, column)))

    def value(self, row: int, column: int) -> Value:
        cell = self.get(row, column)
        return None if cell is None else cell.value

    def text(self, row: int, column: int) -> str:
        """The value as text without surrounding white space; '' for an empty cell."""
        return as_text(self.value(row, column))

    @cached_property
    def filled(self) -> dict[int, list[int]]:
        """The columns that hold anything, by row; both in order."""
        found: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            cell = self.cells[row, column]
            if cell.value not in (None, "") or cell.formula:
                found.setdefault(row, []).append(column)
        return found

    def rows(self) -> Iterator[int]:
        """Numbers of the rows that hold anything, in order."""
        return iter(self.filled)

    def heads(self, words: Sequence[str]) -> tuple[int, dict[str, int]]:
        """The row near the top that holds most of these heads (0 where none does), and the column of each."""
        wanted = {folded(word): word for word in words}
        best: tuple[int, dict[str, int]] = (0, {})
        for row in range(1, min(self.last_row, _HEAD_ROWS) + 1):
            found: dict[str, int] = {}
            for column in range(1, self.last_column + 1):
                word = wanted.get(folded(self.text(row, column)))
                if word:
                    found.setdefault(word, column)
            if len(found) > len(best[1]):
                best = (row, found)
        return best


def as_text(value: Value) -> str:
    """What a person would read in the cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format(value, ".15g")
    return value.strip().strip(_ZERO_WIDTH).strip() if isinstance(value, str) else f"{value:%Y-%m-%d}"


class Workbook:
    """A closed workbook, parsed whole; KenpoError with one sentence for a file that is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with Package(path) as package:
            try:
                self._load(package)
            except ValueError as error:
                raise KenpoError(
                    f"{path.name} の中身が壊れていて読めません。Excel で保存し直してください。"
                ) from error

    def _load(self, package: Package) -> None:
        root_rels = relations_of(package, "")
        main = next(
            (target for kind, target in root_rels.values() if kind == "officeDocument"), "xl/workbook.xml"
        )
        book = package.tree(main)
        relations = relations_of(package, main)
        by_kind = dict(relations.values())
        self._strings = shared_strings(package, by_kind.get("sharedStrings"))
        self.formats = number_formats(package, by_kind.get("styles"))
        self._dates = [is_date(code) for code in self.formats]
        self._epoch = epoch_of(book)
        self._count = 0
        self.sheets = {sheet.name: sheet for sheet in self._sheets(package, book, relations)}
        self.names = {
            str(name.get("name")): name.text or ""
            for name in all_named(book, "definedName")
            if name.get("localSheetId") is None
        }

    def format_of(self, cell: RawCell | None) -> str:
        """The number format code of a cell."""
        return self.formats[cell.style] if cell and cell.style < len(self.formats) else "General"

    def area(self, name: str) -> Area | None:
        """The rectangle of a defined name, None where it is missing or broken."""
        found = parse_area(self.names.get(name, ""))
        return found if found and found.sheet in self.sheets else None

    def _sheets(
        self, package: Package, book: etree._Element, relations: dict[str, tuple[str, str]]
    ) -> Iterator[Sheet]:
        for entry in all_named(book, "sheet"):
            identity = (
                entry.get(f"{{{_RELATIONSHIPS}}}id") or entry.get(f"{{{_STRICT_RELATIONSHIPS}}}id") or ""
            )
            kind, target = relations.get(identity, ("", ""))
            if kind == "worksheet" and target in package:
                sheet = Sheet(entry.get("name", ""), state=entry.get("state", "visible"))
                self._fill(sheet, package.tree(target))
                yield sheet

    def _fill(self, sheet: Sheet, root: etree._Element) -> None:
        namespace = etree.QName(root).namespace
        space = f"{{{namespace}}}" if namespace else ""
        shared: dict[str, tuple[int, int, str]] = {}
        last_row = 0
        for row in root.iterfind(f"{space}sheetData/{space}row"):
            last_row = int(row.get("r") or last_row + 1)
            last_column = 0
            for element in row.iterfind(f"{space}c"):
                reference = element.get("r")
                last_column = number_of(reference.rstrip("0123456789")) if reference else last_column + 1
                cell = self._cell(element, space, last_row, last_column, shared)
                if cell is not None:
                    sheet.cells[last_row, last_column] = cell
                    self._counted()
        for merge in root.iterfind(f"{space}mergeCells/{space}mergeCell"):
            area = parse_area("x!" + (merge.get("ref") or ""))
            if area:
                sheet.merges.append((area.top, area.left, area.bottom, area.right))

    def _counted(self) -> None:
        self._count += 1
        if self._count > MAX_CELLS:
            raise KenpoError(
                f"{self.path.name} はセルが多すぎるため読みません。"
                "使っていない行や列を削除して保存し直してください。"
            )

    def _cell(
        self,
        element: etree._Element,
        space: str,
        row: int,
        column: int,
        shared: dict[str, tuple[int, int, str]],
    ) -> RawCell | None:
        style = int(element.get("s") or 0)
        formula = _formula(element.find(f"{space}f"), row, column, shared)
        value = self._value(element, space, style)
        if value is None and not formula and not style:
            return None
        return RawCell(value, formula, style)

    def _value(self, element: etree._Element, space: str, style: int) -> Value:
        kind = element.get("t")
        if kind == "inlineStr":
            inline = element.find(f"{space}is")
            return None if inline is None else plain_text(inline)
        text = element.findtext(f"{space}v")
        if text is None or (text == "" and kind != "str"):
            return None
        match kind:
            case "s":
                return self._strings[int(text)] if int(text) < len(self._strings) else None
            case "str":
                return unescaped(text)
            case "b":
                return text.strip() in ("1", "true")
            case "e":
                return Fault(text)
            case "d":
                return datetime.fromisoformat(text.rstrip("Z")).date()
        return self._number(float(text), style)

    def _number(self, value: float, style: int) -> Value:
        if not math.isfinite(value):
            return Fault("#NUM!")
        if style < len(self._dates) and self._dates[style] and 1 <= value <= (date.max - self._epoch).days:
            return self._epoch + timedelta(days=int(value))
        return value


def _formula(
    element: etree._Element | None, row: int, column: int, shared: dict[str, tuple[int, int, str]]
) -> str:
    if element is None:
        return ""
    text = element.text or ""
    index = element.get("si")
    if element.get("t") != "shared" or index is None:
        return text
    if text:
        shared[index] = (row, column, text)
        return text
    top, left, master = shared.get(index, (row, column, ""))
    return shifted(master, row - top, column - left)
