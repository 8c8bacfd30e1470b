"""Stored results of formulas that read changed cells, directly or through others.

They are dropped: a program that shows a stored result without computing would show the one of before. With
none LibreOffice computes it as well as Excel.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Set

from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.ooxml.edit.cell_edits import cell_nodes
from kenpo_xl.ooxml.edit.xml_part import XmlPart
from kenpo_xl.ooxml.references import Area, has_references_without_address, referenced_areas
from kenpo_xl.ooxml.workbook import Workbook

Cells = dict[str, set[CellPosition]]
_KIND = re.compile(rb"""\st\s*=\s*(?:"[^"]*"|'[^']*')""")


@frozen
class _Formula:
    """A formula and what it reads; `areas` is None where that cannot be said."""

    sheet: str
    place: CellPosition
    areas: tuple[Area, ...] | None

    def reads(self, cells: Mapping[str, Set[CellPosition]]) -> bool:
        """Whether it may read one of these cells."""
        return self.areas is None or any(
            _area_meets_cells(area, cells.get(area.sheet, frozenset())) for area in self.areas
        )


def _area_meets_cells(area: Area, cells: Set[CellPosition]) -> bool:
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    if len(rows) * len(columns) <= len(cells):
        return any((row, column) in cells for row in rows for column in columns)
    return any(row in rows and column in columns for row, column in cells)


def formulas_that_read(book: Workbook, changed: Mapping[str, Set[CellPosition]]) -> Cells:
    """The cells by sheet whose formulas read changed cells, directly or through others."""
    left = list(_formulas_of_book(book))
    cells: Cells = {sheet: set(own) for sheet, own in changed.items()}
    found: Cells = {}
    before = len(left) + 1
    while len(left) < before:
        before, rest = len(left), []
        # From the end in every other turn: a chain of formulas runs down a sheet, or up.
        for formula in reversed(left):
            if formula.reads(cells):
                for reached in (cells, found):
                    reached.setdefault(formula.sheet, set()).add(formula.place)
            else:
                rest.append(formula)
        left = rest
    return found


def _formulas_of_book(book: Workbook) -> Iterable[_Formula]:
    for sheet in book.sheets.values():
        for place, cell in sheet.cells.items():
            if cell.formula:
                unknown = has_references_without_address(cell.formula)
                areas = None if unknown else tuple(referenced_areas(sheet.name, cell.formula))
                yield _Formula(sheet.name, place, areas)


def drop_results(draft: XmlPart, cells: Collection[CellPosition]) -> None:
    """Drop the stored results of the formulas in some cells of a sheet."""
    for place, node in cell_nodes(draft):
        value = node.child("v")
        if place not in cells or value is None:
            continue
        draft.remove(value)
        tag = draft.content[node.start : node.inner]
        draft.replace(node.start, node.inner, _KIND.sub(b"", tag).decode())
    draft.apply_edits()
