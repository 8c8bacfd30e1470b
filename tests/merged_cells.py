"""openpyxl's formats of merged cells, with the same result in a small part of the time.

Of each cell in a merged range openpyxl looks its protection and its borders up in the lists of all styles: a
third of the time that it takes to load a report. Here what becomes of two borders is looked up once for a
workbook.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Border
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.merge import MergedCellRange

openpyxls_format, openpyxls_get_borders = MergedCellRange.format, MergedCellRange._get_borders
EDGES = ("top", "left", "right", "bottom")


def format_merged_cells(merged: Any) -> None:
    """Give the cells at the edges their borders and all cells the protection of the first one."""
    for edge in EDGES:
        _add_border(merged, edge)
    cells = [_cell_at(merged, *place) for place in merged.cells]
    if cells and merged.start_cell.protection is not None:
        first = _style_of(cells[0])
        protection = _once(
            merged, ("protection", first.protectionId), lambda: _set_protection(cells[0], merged.start_cell)
        )
        for cell in cells:
            _style_of(cell).protectionId = protection


def get_borders(merged: Any) -> None:
    """Find the first cell, or make it, and give it the right and lower border of the last one."""
    cells = merged.ws._cells
    merged.start_cell = cells.get((merged.min_row, merged.min_col)) or merged.ws.cell(
        row=merged.min_row, column=merged.min_col
    )
    last = cells.get((merged.max_row, merged.max_col))
    if last is not None:
        start = merged.start_cell
        key = ("corners", _style_of(start).borderId, _style_of(last).borderId)
        _style_of(start).borderId = _once(
            merged,
            key,
            lambda: _border_with(start, Border(right=last.border.right, bottom=last.border.bottom)),
        )


def _add_border(merged: Any, edge: str) -> None:
    """Add the border of the first cell to the cells of an edge."""
    border_id = _style_of(merged.start_cell).borderId
    side = _once(merged, (edge, border_id), lambda: getattr(merged.start_cell.border, edge))
    if side and side.style is None:
        return
    for place in getattr(merged, edge):
        cell = _cell_at(merged, *place)
        style = _style_of(cell)
        key = (edge, border_id, style.borderId)
        style.borderId = _once(merged, key, lambda cell=cell: _border_with(cell, Border(**{edge: side})))


def _once(merged: Any, key: tuple[object, ...], find: Callable[[], Any]) -> Any:
    """What was found for numbers of styles of this workbook, kept beside its list of borders."""
    known = vars(merged.ws.parent._borders).setdefault("joined", {})
    if key not in known:
        known[key] = find()
    return known[key]


def _border_with(cell: Any, border: Border) -> int:
    cell.border += border
    return int(cell._style.borderId)


def _set_protection(cell: Any, start: Any) -> int:
    cell.protection = copy.copy(start.protection)
    return int(cell._style.protectionId)


def _cell_at(merged: Any, row: int, column: int) -> Any:
    cells = merged.ws._cells
    if (row, column) not in cells:
        cells[row, column] = MergedCell(merged.ws, row=row, column=column)
    return cells[row, column]


def _style_of(cell: Any) -> Any:
    if not cell._style:
        cell._style = StyleArray()
    return cell._style


def use_fast_formats() -> None:
    """Let openpyxl format merged cells so in this process."""
    MergedCellRange.format = format_merged_cells
    MergedCellRange._get_borders = get_borders
