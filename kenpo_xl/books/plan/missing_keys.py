"""Writes the missing keys into a plan book: into the column 鍵 of 施策, and below the layout sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import count
from pathlib import Path

from kenpo_xl.books.plan.layout.drawn_table import FRAME, MARK
from kenpo_xl.books.plan.layout.sheet_names import key_cell, layout_sheets_by_item
from kenpo_xl.books.plan.lists import basics, measures
from kenpo_xl.books.plan.reader import LISTS
from kenpo_xl.books.plan.support.keys import KEY, normalized_key
from kenpo_xl.books.plan.support.problems import PlanError, Problems
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import a1, cell_position
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.ooxml.edit.columns import set_column_width
from kenpo_xl.ooxml.edit.new_cells import put_cells_returning_skipped
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.styles_xml import grey_cell_style
from kenpo_xl.ooxml.edit.xml_part import edit_error
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts

_OWN = re.compile(r"K(\d+)")
_WIDTH = 6.7109375
_GAP = 2


def write_copy_with_keys(path: Path, target: Path, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Copy a plan book to the new file `target` with a key for everything that has none; the new keys.

    `known` are keys that were used before and are not given again. Only the parts of the sheets that get
    keys change. KenpoError for a book that cannot be written, and with every error of its sheet 施策.
    """
    missing = _MissingKeys(Workbook(path), frozenset(map(normalized_key, known)))
    keys = missing.key_by_row
    with Package(path) as package:
        try:
            book = PackageEditor(package)
            parts = {entry.name: entry.part for entry in book.sheets()}
            grey = grey_cell_style(book)
            for sheet, edits in {**missing.edits_of_measures(grey), **missing.edits_of_layouts(grey)}.items():
                put_cells_returning_skipped(book.editable_part(parts[sheet]), edits)
            if keys and not missing.has_column:
                set_column_width(book.editable_part(parts[measures.SHEET]), missing.column, _WIDTH)
            changed, removed = book.changed_and_removed_parts()
        except ValueError as error:
            raise edit_error(path.name, error) from error
    replace_parts(path, target, changed, removed)
    return tuple(keys.values())


def lacks_some_keys(path: Path) -> bool:
    """Whether a plan book has keys but not for every item, block and layout sheet. Errors as above."""
    missing = _MissingKeys(Workbook(path), frozenset())
    return missing.has_any_key and bool(missing.key_by_row or missing.edits_of_layouts(None))


Edits = dict[str, list[CellEdit]]
"""The new contents of cells, by sheet."""


class _MissingKeys:
    """A plan book, the rows of 施策 that need a key, and the layout sheets that lack theirs."""

    def __init__(self, book: Workbook, known: frozenset[str]) -> None:
        self.book, self._known = book, known
        problems = Problems()
        groups = basics.read_basic_settings(book, Problems()).groups
        sections, _ = measures.read_sections_and_sentences(book, groups, problems)
        errors = [one for one in problems.sorted(list(book.sheets)) if one.is_error]
        if errors:
            raise PlanError(book.path.name, errors)
        self.items = [item for section in sections for item in section.items]
        self.sheet = book.sheets[measures.SHEET]
        self._header_row, columns = self.sheet.header_row_and_columns(measures.HEADERS)
        self.has_column = KEY in columns
        self.column = columns.get(KEY) or self._first_free_column()

    def _first_free_column(self) -> int:
        filled = (columns[-1] for columns in self.sheet.non_empty_columns_by_row.values() if columns)
        return max([*filled, *(right for *_, right in self.sheet.merges)]) + 1

    @property
    def has_any_key(self) -> bool:
        """Whether an item or block has a key."""
        return any(item.own_key or any(one.own_key for one in item.blocks) for item in self.items)

    @cached_property
    def key_by_row(self) -> dict[int, str]:
        """The new key of each row of 施策 in which something without a key begins."""
        parts = [(item.own_key, item.key_source) for item in self.items]
        parts += [(one.own_key, one.key_source) for item in self.items for one in item.blocks]
        rows = {cell_position(source.cell)[0] for key, source in parts if source and not key}
        return dict(zip(sorted(rows), self._new_keys(), strict=False))

    def _new_keys(self) -> Iterator[str]:
        """The keys after the highest one that is or was used."""
        column = [self.sheet.text(row, self.column) for row in self.sheet.non_empty_rows()]
        marked = [found[1] for sheet in self.book.sheets.values() if (found := key_cell(sheet))]
        used = {*self._known, *map(normalized_key, column), *marked}
        numbers = [int(found[1]) for found in map(_OWN.fullmatch, used) if found]
        return (f"K{number:02}" for number in count(max(numbers, default=0) + 1))

    def edits_of_measures(self, style: int | None) -> Edits:
        """The keys in 施策, with the header of a column that was not there."""
        if not self.key_by_row:
            return {}
        look = None if self.has_column else style
        cells = {a1(row, self.column): (key, look) for row, key in self.key_by_row.items()}
        if not self.has_column:
            beside = self.sheet.get(self._header_row, self.column - 1)
            cells[a1(self._header_row, self.column)] = (KEY, beside.style if beside else None)
        return {
            measures.SHEET: [
                CellEdit(measures.SHEET, cell, text, style=look) for cell, (text, look) in cells.items()
            ]
        }

    def edits_of_layouts(self, style: int | None) -> Edits:
        """The marks 鍵 below the drawings of layout sheets that have none."""
        sheets = layout_sheets_by_item(self.book, self.items, LISTS, Problems())
        found = {}
        for item in self.items:
            key, sheet = self._key_of(item), sheets.get(item.id)
            if sheet is not None and sheet.name != key and not (key_cell(sheet) or (0, ""))[1]:
                row = (key_cell(sheet) or (sheet.last_row + _GAP, ""))[0]
                mark = CellEdit(sheet.name, a1(row, MARK), KEY, style=style)
                found[sheet.name] = [mark, CellEdit(sheet.name, a1(row, FRAME), key, style=style)]
        return found

    def _key_of(self, item: Item) -> str:
        source = item.key_source
        return item.own_key or (self.key_by_row[cell_position(source.cell)[0]] if source else "")
