"""A sparse, fast, read-only view of a workbook: values, formulas, number formats, merged cells, names.

Only what a plan book or an input book needs; everything else in the file is left alone and unread.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from lxml import etree

from kenpo_xl.errors import KenpoError
from kenpo_xl.excel.package import Package

MAX_CELLS = 1_000_000
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58), "yyyy年m月d日"),
}  # fmt: skip
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"""("[^"]*"|'[^']*'!)|(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(])""")
_AREA = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


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


@dataclass(frozen=True)
class Area:
    """A rectangle of a sheet, 1-based and inclusive."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """One worksheet: cells by (row, column), 1-based; rows and columns that are hidden; merged rectangles."""

    name: str
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    state: str = "visible"

    @cached_property
    def anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The anchor of every cell that a merged rectangle covers (rectangles too large to be real are left out)."""
        covered = {}
        for top, left, bottom, right in self.merges:
            if (bottom - top + 1) * (right - left + 1) <= 20_000:
                covered.update({(r, c): (top, left) for r in range(top, bottom + 1) for c in range(left, right + 1)})
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

    def rows(self) -> Iterator[int]:
        """Numbers of the rows that hold anything, in order."""
        return iter(sorted({row for (row, _), cell in self.cells.items() if cell.value not in (None, "") or cell.formula}))


def as_text(value: Value) -> str:
    """What a person would read in the cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format(value, ".15g")
    return value.strip() if isinstance(value, str) else f"{value:%Y-%m-%d}"


def letters(column: int) -> str:
    """A for 1, AA for 27."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def number_of(column: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number


def a1(row: int, column: int) -> str:
    return f"{letters(column)}{row}"


def parse_area(text: str) -> Area | None:
    """The rectangle that a defined name refers to, None where it is no plain reference (#REF!, a union)."""
    found = _AREA.fullmatch(text.strip())
    if not found:
        return None
    sheet = (found[1] or found[2]).replace("''", "'")
    left, top = number_of(found[3]), int(found[4])
    right, bottom = (number_of(found[5]), int(found[6])) if found[5] else (left, top)
    return Area(sheet, top, left, bottom, right)


def shifted(formula: str, rows: int, columns: int) -> str:
    """A formula moved by some rows and columns, as Excel fills it down ($ stays)."""

    def moved(found: re.Match[str]) -> str:
        if found[1]:
            return found[1]
        column = found[3] if found[2] else letters(number_of(found[3]) + columns)
        row = found[5] if found[4] else str(int(found[5]) + rows)
        return f"{found[2]}{column}{found[4]}{row}"

    return _REFERENCE.sub(moved, formula)


class Workbook:
    """A closed workbook. Sheets are parsed when asked for; KenpoError with one sentence for a file that is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with Package(path) as package:
            self._load(package)

    def _load(self, package: Package) -> None:
        root_rels = _relations(package, "")
        main = next((target for kind, target in root_rels.values() if kind == "officeDocument"), "xl/workbook.xml")
        book = package.tree(main)
        relations = _relations(package, main)
        by_kind = {kind: target for kind, target in relations.values()}
        self._strings = _shared_strings(package, by_kind.get("sharedStrings"))
        self.formats = _formats(package, by_kind.get("styles"))
        self._dates = [_is_date(code) for code in self.formats]
        self._epoch = _epoch(book)
        self._count = 0
        self.sheets = {sheet.name: sheet for sheet in self._sheets(package, book, relations)}
        self.names = {
            str(name.get("name")): name.text or "" for name in _all(book, "definedName") if name.get("localSheetId") is None
        }

    def format_of(self, cell: RawCell | None) -> str:
        """The number format code of a cell."""
        return self.formats[cell.style] if cell and cell.style < len(self.formats) else "General"

    def area(self, name: str) -> Area | None:
        """The rectangle of a defined name, None where it is missing or broken."""
        found = parse_area(self.names.get(name, ""))
        return found if found and found.sheet in self.sheets else None

    def _sheets(self, package: Package, book: etree._Element, relations: dict[str, tuple[str, str]]) -> Iterator[Sheet]:
        for entry in _all(book, "sheet"):
            identity = entry.get(f"{{{_RELATIONSHIPS}}}id") or entry.get(f"{{{_STRICT_RELATIONSHIPS}}}id") or ""
            kind, target = relations.get(identity, ("", ""))
            if kind == "worksheet" and target in package:
                sheet = Sheet(entry.get("name", ""), state=entry.get("state", "visible"))
                self._fill(sheet, package.tree(target))
                yield sheet

    def _fill(self, sheet: Sheet, root: etree._Element) -> None:
        space = root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
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
            raise KenpoError(f"{self.path.name} はセルが多すぎるため読みません。使っていない行や列を削除して保存し直してください。")

    def _cell(
        self, element: etree._Element, space: str, row: int, column: int, shared: dict[str, tuple[int, int, str]]
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
            return None if inline is None else _plain_text(inline)
        text = element.findtext(f"{space}v")
        if text is None or (text == "" and kind != "str"):
            return None
        match kind:
            case "s":
                return self._strings[int(text)] if int(text) < len(self._strings) else None
            case "str":
                return _unescaped(text)
            case "b":
                return text.strip() in ("1", "true")
            case "e":
                return Fault(text)
            case "d":
                return datetime.fromisoformat(text.rstrip("Z")).date()
        return self._number(float(text), style)

    def _number(self, value: float, style: int) -> Value:
        if style < len(self._dates) and self._dates[style] and 1 <= value < 2_958_466:
            return self._epoch + timedelta(days=int(value))
        return value


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{name}")


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Kind and target of every relationship of a part, by id."""
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if path not in package:
        return {}
    return {
        str(r.get("Id")): (
            (r.get("Type") or "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/" + folder, r.get("Target") or "")).lstrip("/"),
        )
        for r in _all(package.tree(path), "Relationship")
        if r.get("TargetMode") != "External"
    }


def _shared_strings(package: Package, part: str | None) -> list[str]:
    if part is None or part not in package:
        return []
    return [_plain_text(item) for item in _all(package.tree(part), "si")]


def _plain_text(item: etree._Element) -> str:
    """The text of a string item: all runs, without furigana."""
    texts = []
    for child in item:
        name = etree.QName(child).localname
        if name == "t":
            texts.append(child.text or "")
        elif name == "r":
            texts += [t.text or "" for t in child.iterfind("{*}t")]
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _formats(package: Package, part: str | None) -> list[str]:
    """The number format code of every cell style, by its index."""
    if part is None or part not in package:
        return ["General"]
    root = package.tree(part)
    codes = dict(_BUILT_IN)
    codes |= {int(f.get("numFmtId") or 0): f.get("formatCode") or "General" for f in root.iterfind("{*}numFmts/{*}numFmt")}
    return [codes.get(int(style.get("numFmtId") or 0), "General") for style in root.iterfind("{*}cellXfs/{*}xf")]


def _is_date(code: str) -> bool:
    bare = re.sub(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]', "", code.split(";")[0], flags=re.IGNORECASE)
    return bool(re.search(r"[ymdeg]", bare, re.IGNORECASE)) and "General" not in code and "0" not in bare


def _epoch(book: etree._Element) -> date:
    properties = book.find("{*}workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return date(1904, 1, 1) if is_1904 else date(1899, 12, 30)


def _formula(element: etree._Element | None, row: int, column: int, shared: dict[str, tuple[int, int, str]]) -> str:
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
