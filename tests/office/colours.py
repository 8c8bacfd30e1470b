"""The colours that cells of an open book show, conditional formats reckoned in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import xlwings

from tests.libreoffice_engine.formulas import first_cell

Colour = tuple[int, int, int]
# A cell that no sheet uses: what is asked of LibreOffice is reckoned there.
SCRATCH = "XFD1"


def shown_colours(cells: Iterable[xlwings.Range]) -> list[Colour | None]:
    """Of each cell the colour of the first condition that holds, else its own; None without one."""
    asked = list(cells)
    with _scratch({cell.sheet for cell in asked}):
        return [_shown(cell) for cell in asked]


@contextmanager
def _scratch(sheets: Iterable[xlwings.Sheet]) -> Iterator[None]:
    """Nothing is left behind, and nothing painted meanwhile."""
    documents = [sheet.book.api for sheet in sheets]
    for document in documents:
        document.lockControllers()
    try:
        yield
    finally:
        for sheet in sheets:
            sheet[SCRATCH].clear()
        for document in documents:
            document.unlockControllers()


def _shown(cell: xlwings.Range) -> Colour | None:
    for formula, style in _conditions(cell):
        if _holds(cell.sheet, formula):
            styles = cell.sheet.book.api.StyleFamilies.getByName("CellStyles")
            number = styles.getByName(style).CellBackColor
            return (number >> 16) & 255, (number >> 8) & 255, number & 255
    return cell.color


def _conditions(cell: xlwings.Range) -> Iterator[tuple[str, str]]:
    """Formula and style of every condition with a formula, as it is for this cell."""
    translate = cell.sheet.book.impl.formulas
    here = first_cell(cell.api)
    for conditional in cell.sheet.api.ConditionalFormats.getConditionalFormats():
        areas = conditional.Range
        if not areas.queryIntersection(cell.api.RangeAddress).Count:
            continue
        start = first_cell(areas.getByIndex(0))
        for number in range(conditional.getCount()):
            condition: Any = conditional.getByIndex(number)
            yield translate.text(translate.tokens(condition.Formula1, start), here), condition.StyleName


def _holds(sheet: xlwings.Sheet, formula: str) -> bool:
    scratch = sheet[SCRATCH]
    scratch.formula = f"=IFERROR({formula},FALSE)"
    return bool(scratch.value)
