"""Reads the KPI judgement at the foot of an item's sheet: the cells that hold targets and results."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.domain.plan import Plan
from kenpo_xl.domain.submission import Entry, KpiEntry, Source
from kenpo_xl.domain.text import folded
from kenpo_xl.excel import names
from kenpo_xl.excel.cell_formulas import CellFormulas
from kenpo_xl.excel.sheets import Sheet, Workbook, a1
from kenpo_xl.excel.typed import as_number

_HEADS = NAME, TARGET, RESULT = "指標", "目標", "実績"


def read_kpis(book: Workbook, sheet: Sheet, plan: Plan) -> Iterator[KpiEntry]:
    """Every row of the judgement, wherever it stands by now; nothing where its heads are gone.

    It ends at the first row that names no KPI of the plan: what staff write below is theirs.
    """
    title = folded(names.KPI_TITLE)
    rows = [
        row for row in sheet.filled if any(folded(sheet.text(row, c)) == title for c in sheet.filled[row])
    ]
    below = [row for row in sheet.filled if rows and row > rows[-1]]
    columns = {folded(sheet.text(below[0], c)): c for c in sheet.filled[below[0]]} if below else {}
    if not columns.keys() >= set(_HEADS):
        return
    formulas = CellFormulas(book, sheet)
    for row in below[1:]:
        name = sheet.text(row, columns[NAME])
        if plan.kpi(name) is None:
            return
        cells = (_entry(book, sheet, formulas, (row, columns[head])) for head in (TARGET, RESULT))
        yield KpiEntry(name, *cells)


def _entry(book: Workbook, sheet: Sheet, formulas: CellFormulas, at: tuple[int, int]) -> Entry:
    cell, source = sheet.get(*at), Source(book.path.name, sheet.name, a1(*at))
    if cell is None:
        return Entry(source=source)
    value: Decimal | None = formulas.given(cell) if cell.formula else as_number(cell.value)
    return Entry(value, bool(cell.formula), source)
