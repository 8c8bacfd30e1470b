"""A sparse, fast, read-only view of a workbook: values, formulas, number formats, merged cells, names.

Only what a plan book or an input book needs; everything else in the file is left alone and unread. A sheet is
parsed when it is first looked into: one that nobody needs costs nothing, whatever it holds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path

from lxml import etree

from kenpo_xl.domain.cell_reference import LAST_COLUMN, LAST_ROW, a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.cell_formats import read_looks
from kenpo_xl.ooxml.cell_reader import CellError, CellReader, Contents, RawCell, Value
from kenpo_xl.ooxml.defined_names import is_part
from kenpo_xl.ooxml.file_extension import main_part
from kenpo_xl.ooxml.file_type import describe_unsupported_package
from kenpo_xl.ooxml.package import Package, part_name
from kenpo_xl.ooxml.parts import EPOCH, epoch_of, relations_of, shared_strings
from kenpo_xl.ooxml.references import Area, last_before_gap, parse_area
from kenpo_xl.ooxml.rich_text import RichText, as_text

__all__ = ["Area", "CellError", "RawCell", "RichText", "Sheet", "Value", "Workbook", "as_text", "parse_area"]

MAX_SHEETS = 1_000
_HEADER_ROWS = 20
# So many blank rows or columns, and what follows has nothing to do with what stands before.
_FAR_ROWS, _FAR_COLUMNS = 1_000, 200
# Bytes of looks and validations on one sheet that nobody made on purpose.
_MUCH = 256 * 1024
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_NO_CELLS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")


@frozen
class Stray:
    """Something on a sheet that has nothing to do with what is read of it: what (Japanese) and where (A1)."""

    what: str
    cell: str


class Sheet:
    """One worksheet: cells by (row, column), 1-based; merged rectangles; visible or hidden.

    `reach` is the last row and column of our named parts, (0, 0) for none; `part` is the part that holds it.
    """

    def __init__(self, name: str, state: str, load: Callable[[int], Contents], part: str = "") -> None:
        self.name, self.state, self._load, self.part = name, state, load, part
        self.reach = (0, 0)

    @cached_property
    def _contents(self) -> Contents:
        return self._load(self.reach[0])

    @cached_property
    def cells(self) -> dict[tuple[int, int], RawCell]:
        """The cells that hold a value, a formula or a look; KenpoError where the sheet cannot be read."""
        return self._contents.cells

    @cached_property
    def is_readable(self) -> bool:
        """Whether its cells can be read."""
        with suppress(KenpoError):
            return self.cells is not None
        return False

    @cached_property
    def merges(self) -> list[tuple[int, int, int, int]]:
        """The merged rectangles, but for those too large to be meant."""
        return self._contents.merges

    @property
    def struck(self) -> list[tuple[int, int]]:
        """The cells with letters that are struck through; they are no part of what is read."""
        return self._contents.struck

    @property
    def hidden(self) -> tuple[set[int], list[tuple[int, int]]]:
        """The rows, and first and last of the columns, that are not seen."""
        return self._contents.hidden_rows, self._contents.hidden_columns

    def is_within_reach(self, row: int, column: int) -> bool:
        """Whether a cell is no farther than our parts; any where none has a name."""
        return self.reach == (0, 0) or (row <= self.reach[0] and column <= self.reach[1])

    @cached_property
    def anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The anchor of every cell that a merged rectangle covers."""
        covered = {}
        for top, left, bottom, right in self.merges:
            covered.update(
                {(r, c): (top, left) for r in range(top, bottom + 1) for c in range(left, right + 1)}
            )
        return covered

    @cached_property
    def ends(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The last row and column of every merged rectangle, by its anchor."""
        return {(top, left): (bottom, right) for top, left, bottom, right in self.merges}

    @cached_property
    def last_row(self) -> int:
        """The last row that holds anything, but for stray cells far away."""
        return max(self.filled, default=0)

    @cached_property
    def last_column(self) -> int:
        return max((columns[-1] for columns in self.filled.values()), default=0)

    def get(self, row: int, column: int) -> RawCell | None:
        """The cell, or the anchor of the merged rectangle that covers it."""
        return self._seen.get((row, column))

    @cached_property
    def _seen(self) -> dict[tuple[int, int], RawCell | None]:
        return {**self.cells, **{place: self.cells.get(at) for place, at in self.anchors.items()}}

    def value(self, row: int, column: int) -> Value:
        cell = self.get(row, column)
        return None if cell is None else cell.value

    def text(self, row: int, column: int) -> str:
        """The value as text without surrounding white space; '' for an empty cell."""
        return as_text(self.value(row, column))

    @cached_property
    def filled(self) -> dict[int, list[int]]:
        """The columns that hold anything, by row, both in order; without the stray cells far away."""
        last_row, last_column = self._extent
        found: dict[int, list[int]] = {}
        for row, column in self.holding:
            if row <= last_row and column <= last_column:
                found.setdefault(row, []).append(column)
        return found

    @cached_property
    def shown(self) -> dict[int, list[int]]:
        """As `filled` for what a person sees: no blank texts, and all that merged rectangles cover."""
        found: dict[int, set[int]] = {}
        for row, columns in self.filled.items():
            seen = [c for c in columns if self.cells[row, c].formula or as_text(self.cells[row, c].value)]
            if seen:
                found[row] = set(seen)
        for top, left, bottom, right in self.merges:
            if left in found.get(top, ()):
                for row in range(top, bottom + 1):
                    found.setdefault(row, set()).update(range(left, right + 1))
        return {row: sorted(found[row]) for row in sorted(found)}

    def next_shown(self, row: int) -> int:
        """The first row from `row` on that shows anything; the one after the last where none does."""
        place = bisect_left(self._rows_shown, row)
        return self._rows_shown[place] if place < len(self._rows_shown) else max(row, self.last_row + 1)

    @cached_property
    def _rows_shown(self) -> list[int]:
        return list(self.shown)

    @cached_property
    def holding(self) -> list[tuple[int, int]]:
        """The cells that hold a value or a formula, in order, also those far away and under merged ones."""
        return sorted(
            place for place, cell in self.cells.items() if cell.value not in (None, "") or cell.formula
        )

    @cached_property
    def _extent(self) -> tuple[int, int]:
        """The last row and column before what lies far away from our parts; where none are, the sheet's."""
        rows, columns = self.reach
        if not rows:
            return LAST_ROW, LAST_COLUMN
        return (
            last_before_gap({row for row, _ in self.holding}, rows, _FAR_ROWS),
            last_before_gap({column for _, column in self.holding}, columns, _FAR_COLUMNS),
        )

    @cached_property
    def stray(self) -> list[Stray]:
        """What was left out of `merges`, or not read; nothing on a sheet without our parts."""
        if not self.reach[0]:
            return []
        contents = self._contents
        found = [Stray(f"広すぎる結合 {giant}", giant.partition(":")[0]) for giant in contents.giants[:1]]
        if contents.unread:
            found.append(Stray(f"{contents.unread} 行目から下のセル（多すぎるため）", a1(contents.unread, 1)))
        if contents.rest > _MUCH:
            what = f"条件付き書式や入力規則などの多すぎる設定（約 {contents.rest / 2**20:.1f} MB）"
            found.append(Stray(what, "A1"))
        return found

    def rows(self) -> Iterator[int]:
        """Numbers of the rows that hold anything, in order."""
        return iter(self.filled)

    def headers(self, words: Sequence[str]) -> tuple[int, dict[str, int]]:
        """The row near the top that holds most of these headers (0 if none), and the column of each."""
        wanted = {normalized(word): word for word in words}
        best: tuple[int, dict[str, int]] = (0, {})
        for row in (row for row in self.shown if row <= _HEADER_ROWS):
            found: dict[str, int] = {}
            for column in self.shown[row]:
                if word := wanted.get(normalized(self.text(row, column))):
                    found.setdefault(word, column)
            if len(found) > len(best[1]):
                best = (row, found)
        return best


class Workbook:
    """A closed workbook; KenpoError with one sentence for a file that is none.

    `sheets`, global `names`, `every_name` with those of one sheet; `package` its parts, `main` the main one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets: dict[str, Sheet] = {}
        self.names: dict[str, str] = {}
        self.every_name: list[tuple[str, str]] = []
        self.package = Package(path)
        with self._sound():
            self._load()

    def _load(self) -> None:
        self.main = main = main_part(self.package)
        if foreign := describe_unsupported_package(self.package, main):
            raise KenpoError(f"{self.path.name} は{foreign}")
        relations = relations_of(self.package, main)
        parts = dict(relations.values())
        epoch = EPOCH
        for element in self.package.elements(main, ("workbookPr", "sheet", "definedName")):
            match etree.QName(element).localname:
                case "workbookPr":
                    epoch = epoch_of(element)
                case "sheet":
                    self._add_sheet(element, relations)
                case _:
                    self.every_name.append((str(element.get("name")), element.text or ""))
                    if element.get("localSheetId") is None:
                        self.names.update(self.every_name[-1:])
        self._reach()
        styles = parts.get("styles", "")
        # A marked book whose styles are lost can still be read, and its marks taken out.
        self.looks = read_looks(self.package, styles if styles in self.package else None)
        strings = partial(shared_strings, self.package, parts.get("sharedStrings"))
        self._cells = CellReader(self.package, self.looks, epoch, strings)

    def _add_sheet(self, entry: etree._Element, relations: dict[str, tuple[str, str]]) -> None:
        identity = entry.get(f"{{{_RELATIONSHIPS}}}id") or entry.get(f"{{{_STRICT_RELATIONSHIPS}}}id") or ""
        kind, target = relations.get(identity, ("", ""))
        if kind in _NO_CELLS:
            return
        name = entry.get("name", "")
        part = target or name
        self.sheets[name] = Sheet(name, entry.get("state", "visible"), partial(self._contents, part), part)
        self.package.titles[part_name(part)] = name
        if len(self.sheets) > MAX_SHEETS:
            raise KenpoError(f"{self.path.name} はシートが多すぎるため読みません。分けて保存してください。")

    def _reach(self) -> None:
        """How far the names of our parts reach on each sheet."""
        for name in self.names:
            if is_part(name) and (area := self.area(name)):
                sheet = self.sheets[area.sheet]
                sheet.reach = (max(sheet.reach[0], area.bottom), max(sheet.reach[1], area.right))

    def _contents(self, part: str, needed: int) -> Contents:
        with self._sound():
            return self._cells.read(part, needed)

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """What no application writes is one sentence."""
        try:
            yield
        except ValueError as error:
            raise KenpoError(
                f"{self.path.name} の中身が壊れていて読めません。Excel で保存し直してください。"
            ) from error

    def format_of(self, cell: RawCell | None) -> str:
        """The number format code of a cell."""
        formats = self.looks.formats
        return formats[cell.style] if cell and cell.style < len(formats) else "General"

    def area(self, name: str) -> Area | None:
        """The rectangle of a defined name, None where it is missing or broken."""
        found = parse_area(self.names.get(name, ""))
        return found if found and found.sheet in self.sheets else None
