"""Finds cells that reach the report through a user's formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kenpo_xl.books.input.read.read_cells import ReadCells
from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.ooxml.cell_areas import ContentArea
from kenpo_xl.ooxml.references import Area, referenced_areas
from kenpo_xl.ooxml.workbook import Sheet, Workbook

# Upper bound for visited cells of all ranges.
_MOST = 200_000


def areas_no_formula_refers_to(
    book: Workbook, read_cells: ReadCells, sheet: Sheet, cells: list[ContentArea]
) -> list[ContentArea]:
    """The unread cells that no such formula refers to, directly or indirectly."""
    if not read_cells.formulas or not cells:
        return cells
    at = {(one.top, one.left): one for one in cells}
    for name, places in _referenced_cells_by_sheet(book, read_cells):
        if name == sheet.name:
            for place in places:
                at.pop(place, None)
    return list(at.values())


def _referenced_cells_by_sheet(
    book: Workbook, read_cells: ReadCells
) -> Iterator[tuple[str, list[CellPosition]]]:
    """The cells that formulas refer to, directly or indirectly, with the name of their sheet."""
    waiting, known, left = list(read_cells.formulas), set(read_cells.formulas), _MOST
    while waiting and left > 0:
        for area in referenced_areas(*waiting.pop()):
            other = book.sheets.get(area.sheet)
            if other is None:
                continue
            places = _cells_within(area, other)
            left -= len(places)
            yield area.sheet, places
            new = [found for found in _formulas_at(other, places, read_cells) if found not in known]
            known.update(new)
            waiting += new


def _formulas_at(
    sheet: Sheet, positions: list[CellPosition], read_cells: ReadCells
) -> Iterable[tuple[str, str]]:
    """The distinct formulas of cells that were not read, with the name of their sheet."""
    read = read_cells.cells[sheet.name]
    formulas = (sheet.cells[place].formula for place in positions if place not in read)
    return dict.fromkeys((sheet.name, formula) for formula in formulas if formula)


def _cells_within(area: Area, sheet: Sheet) -> list[CellPosition]:
    """The cells of a sheet in a rectangle."""
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    if len(rows) * len(columns) <= len(sheet.cells):
        return [(row, column) for row in rows for column in columns if (row, column) in sheet.cells]
    return [place for place in sheet.cells if place[0] in rows and place[1] in columns]
