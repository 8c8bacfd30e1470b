"""Reads the KPI judgement at the foot of an item's sheet: the cells that hold targets and results."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.books.common import names
from kenpo_xl.books.common.typed_values import as_number, cell_type_of
from kenpo_xl.books.input.evaluate_formulas import CellFormulas
from kenpo_xl.books.input.read.read_cells import PartName, ReadCells
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Entry, KpiEntry, UnreadNear
from kenpo_xl.ooxml.rich_text import entered_text
from kenpo_xl.ooxml.workbook import Sheet, Workbook

_NEEDED = {names.KPI_NAME, names.KPI_TARGET, names.KPI_RESULT}
_RULES = tuple(sentence.partition("{")[0] for sentence in names.KPI_RULES)


def read_kpis(book: Workbook, sheet: Sheet, plan: Plan, taken: ReadCells, item: str) -> Iterator[KpiEntry]:
    """Every row of the judgement, wherever it stands by now; nothing where its headers are gone.

    It ends at the first row that is neither judged nor of a KPI of the plan: what is below is of staff.
    A judged one that is no KPI of the plan now is ours, from before the plan changed.
    """
    title = normalized(names.KPI_TITLE)
    titles = [
        (row, c)
        for row, columns in sheet.non_empty.items()
        for c in columns
        if _has_text(sheet, row, c, title)
    ]
    below = [row for row in sheet.non_empty if titles and row > titles[-1][0]]
    columns = {normalized(sheet.text(below[0], c)): c for c in sheet.non_empty[below[0]]} if below else {}
    if not columns.keys() >= _NEEDED:
        return
    part = PartName(UnreadNear.KPI, f"{item}/KPI", "KPI の自動判定")
    headers = [column for header, column in columns.items() if header in names.KPI_HEADERS]
    for at in (titles[-1], *((below[0], column) for column in headers)):
        taken.record(sheet, part, *at)
    formulas = CellFormulas(book, sheet)
    for row in below[1:]:
        name = sheet.text(row, columns[names.KPI_NAME])
        is_known = plan.kpi(name) is not None
        if not is_known and not _is_judged(sheet, row, columns):
            return
        for column in (*headers, *(c for c in sheet.non_empty[row] if sheet.text(row, c).startswith(_RULES))):
            taken.record(sheet, part, row, column)
        if not is_known:
            continue
        cells = (
            _read_entry(book, sheet, formulas, (row, columns[header])) if header in columns else Entry()
            for header in names.KPI_HEADERS[1:]
        )
        yield KpiEntry(name, *cells)


def _is_judged(sheet: Sheet, row: int, columns: dict[str, int]) -> bool:
    """Whether the rating of a row is a formula."""
    cell = sheet.get(row, columns[names.KPI_RATING]) if names.KPI_RATING in columns else None
    return cell is not None and bool(cell.formula)


def _has_text(sheet: Sheet, row: int, column: int, words: str) -> bool:
    return normalized(sheet.text(row, column)) == words


def _read_entry(book: Workbook, sheet: Sheet, formulas: CellFormulas, at: tuple[int, int]) -> Entry:
    cell, source = sheet.get(*at), Source(book.path.name, sheet.name, a1(*at))
    if cell is None:
        return Entry(source=source)
    value: Decimal | None = formulas.computed_value(cell) if cell.formula else as_number(cell.value)
    return Entry(value, bool(cell.formula), source, cell_type_of(cell.value), entered_text(cell.value))
