"""A sparse, fast, read-only view of a workbook: values, formulas, number formats, merged cells, names.

Everything else stays unread. A sheet is parsed when it is first used; an unused one costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from functools import partial
from pathlib import Path

from lxml import etree

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.cell_formats import read_cell_styles
from kenpo_xl.ooxml.cell_reader import CellError, CellReader, RawCell, SheetContents, Value
from kenpo_xl.ooxml.file_extension import main_part_name
from kenpo_xl.ooxml.file_type import describe_unsupported_package
from kenpo_xl.ooxml.package import Package, normalized_part_name
from kenpo_xl.ooxml.parts import EPOCH, KindAndTarget, epoch_of_workbook, relations_by_id, shared_strings
from kenpo_xl.ooxml.references import Area, is_name_of_sheet_part, parse_area
from kenpo_xl.ooxml.rich_text import text_of_value
from kenpo_xl.ooxml.sheet import Sheet

__all__ = ["Area", "CellError", "RawCell", "Sheet", "Value", "Workbook", "parse_area", "text_of_value"]

MAX_SHEETS = 1_000
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_NO_CELLS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")


class Workbook:
    """A closed workbook; raises KenpoError for a file that is none.

    `sheets`, global `names`, `every_name` with local ones, `package` and its `main` part, `epoch` (day 0).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheets: dict[str, Sheet] = {}
        self.names: dict[str, str] = {}
        self.every_name: list[tuple[str, str]] = []
        self.package = Package(path)
        with self._raising_readable_error():
            self._read_main_parts()

    def _read_main_parts(self) -> None:
        self.main = main = main_part_name(self.package)
        if foreign := describe_unsupported_package(self.package, main):
            raise KenpoError(f"{self.path.name} は{foreign}")
        relations = relations_by_id(self.package, main)
        parts = dict(relations.values())
        self.epoch = EPOCH
        for element in self.package.elements(main, ("workbookPr", "sheet", "definedName")):
            match etree.QName(element).localname:
                case "workbookPr":
                    self.epoch = epoch_of_workbook(element)
                case "sheet":
                    self._add_sheet(element, relations)
                case _:
                    self.every_name.append((str(element.get("name")), element.text or ""))
                    if element.get("localSheetId") is None:
                        self.names.update(self.every_name[-1:])
        self._set_extents_from_names()
        styles = parts.get("styles", "")
        # A marked book whose styles are lost can still be read, and its marks taken out.
        self.styles = read_cell_styles(self.package, styles if styles in self.package else None)
        strings = partial(shared_strings, self.package, parts.get("sharedStrings"))
        self._cells = CellReader(self.package, self.styles, self.epoch, strings)

    def _add_sheet(self, entry: etree._Element, relations: dict[str, KindAndTarget]) -> None:
        identity = entry.get(f"{{{_RELATIONSHIPS}}}id") or entry.get(f"{{{_STRICT_RELATIONSHIPS}}}id") or ""
        kind, target = relations.get(identity, ("", ""))
        if kind in _NO_CELLS:
            return
        name = entry.get("name", "")
        part = target or name
        load = partial(self._sheet_contents, part)
        self.sheets[name] = Sheet(name, entry.get("state", "visible"), load, part)
        self.package.titles[normalized_part_name(part)] = name
        if len(self.sheets) > MAX_SHEETS:
            raise KenpoError(f"{self.path.name} はシートが多すぎるため読みません。分けて保存してください。")

    def _set_extents_from_names(self) -> None:
        """Set the extent of the named parts of each sheet."""
        for name in self.names:
            if is_name_of_sheet_part(name) and (area := self.named_area(name)):
                sheet = self.sheets[area.sheet]
                row, column = sheet.named_extent
                sheet.named_extent = (max(row, area.bottom), max(column, area.right))

    def with_worksheets(self, parts: Mapping[str, bytes]) -> Workbook:
        """The workbook with other bytes for some worksheets, in memory; all other sheets are the same."""
        changed = copy(self)
        changed.package = self.package.with_parts(parts)
        strings = partial(getattr, self._cells, "shared_strings")
        changed._cells = CellReader(changed.package, self.styles, self.epoch, strings)
        names = {normalized_part_name(part) for part in parts}
        changed.sheets = {
            name: changed._read_again(sheet) if normalized_part_name(sheet.part) in names else sheet
            for name, sheet in self.sheets.items()
        }
        return changed

    def _read_again(self, sheet: Sheet) -> Sheet:
        again = Sheet(sheet.name, sheet.state, partial(self._sheet_contents, sheet.part), sheet.part)
        again.named_extent = sheet.named_extent
        return again

    def _sheet_contents(self, part: str, needed: int) -> SheetContents:
        with self._raising_readable_error():
            return self._cells.read_sheet(part, needed)

    @contextmanager
    def _raising_readable_error(self) -> Iterator[None]:
        """Raise KenpoError in place of a ValueError about content that no application writes."""
        try:
            yield
        except ValueError as error:
            sentence = f"{self.path.name} の中身が壊れていて読めません。Excel で保存し直してください。"
            raise KenpoError(sentence) from error

    def number_format_code(self, cell: RawCell | None) -> str:
        """The number format code of a cell."""
        formats = self.styles.formats
        return formats[cell.style] if cell and cell.style < len(formats) else "General"

    def named_area(self, name: str) -> Area | None:
        """The rectangle of a defined name, None for a missing or broken one."""
        found = parse_area(self.names.get(name, ""))
        return found if found and found.sheet in self.sheets else None
