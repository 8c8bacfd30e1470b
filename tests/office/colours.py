"""The colour that a cell of an open book shows, conditional formats reckoned in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import xlwings

from tests.libreoffice_engine.formulas import first_cell

Colour = tuple[int, int, int]
SCRATCH = "XFD1"


def shown_colour(cell: xlwings.Range) -> Colour | None:
    """The colour of the first condition that holds, else the cell's own; None without one."""
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
    value = scratch.value
    scratch.clear_contents()
    return value is True or value == 1
