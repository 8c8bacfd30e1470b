"""Reads the KPI judgement at the end of an item's sheet: targets and results."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.books.common import names
from kenpo_xl.books.common.typed_values import as_number, cell_type_of
from kenpo_xl.books.input.evaluate_formulas import CellFormulas
from kenpo_xl.books.input.read.read_cells import PartName, ReadCells
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Entry, KpiEntry, UnreadNear
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import Sheet, Workbook

_NEEDED = {names.KPI_NAME, names.KPI_TARGET, names.KPI_RESULT}
_RULES = tuple(sentence.partition("{")[0] for sentence in names.KPI_RULES)


def read_kpis(
    book: Workbook, sheet: Sheet, plan: Plan, read_cells: ReadCells, item: str
) -> Iterator[KpiEntry]:
    """Every row of the judgement, anywhere on the sheet; none without its headers.

    It ends at the first row that is neither judged nor of a KPI of the plan: rows below belong to the user.
    A judged row of a KPI that the plan no longer has is part of it, but not returned.
    """
    found = _find_judgement(sheet)
    if found is None:
        return
    title, (header_row, *rows), columns = found.title, found.rows, found.columns
    part = PartName(UnreadNear.KPI, f"{item}/KPI", "KPI の自動判定")
    headers = [column for header, column in columns.items() if header in names.KPI_HEADERS]
    read_cells.record_cells(sheet, part, (title, *((header_row, column) for column in headers)))
    formulas = CellFormulas(book, sheet)
    for row in rows:
        name = sheet.text(row, columns[names.KPI_NAME])
        kpi = plan.kpi_once_named(name)
        if kpi is None and not _has_rating_formula(sheet, row, columns):
            return
        read_cells.record_cells(
            sheet, part, ((row, column) for column in (*headers, *_explanation_columns(sheet, row)))
        )
        if kpi is not None:
            yield KpiEntry(kpi.name, *_row_entries(book, sheet, formulas, row, columns))


@frozen
class _Judgement:
    """The title cell, the rows below it, of which the first has headers, and the column of each header."""

    title: CellPosition
    rows: list[int]
    columns: dict[str, int]


def _find_judgement(sheet: Sheet) -> _Judgement | None:
    """The judgement below the last title cell, None without title or headers."""
    titles = _kpi_title_cells(sheet)
    below = [row for row in sheet.non_empty_columns_by_row if titles and row > titles[-1][0]]
    if not below:
        return None
    columns = {normalized(sheet.text(below[0], c)): c for c in sheet.non_empty_columns_by_row[below[0]]}
    return _Judgement(titles[-1], below, columns) if columns.keys() >= _NEEDED else None


def _kpi_title_cells(sheet: Sheet) -> list[CellPosition]:
    title = normalized(names.KPI_TITLE)
    cells = ((row, column) for row, columns in sheet.non_empty_columns_by_row.items() for column in columns)
    return [cell for cell in cells if normalized(sheet.text(*cell)) == title]


def _explanation_columns(sheet: Sheet, row: int) -> list[int]:
    """The columns with the sentence that explains a rating."""
    return [
        column for column in sheet.non_empty_columns_by_row[row] if sheet.text(row, column).startswith(_RULES)
    ]


def _row_entries(
    book: Workbook, sheet: Sheet, formulas: CellFormulas, row: int, columns: dict[str, int]
) -> Iterator[Entry]:
    """The entries of a row in header order, empty for removed columns."""
    for header in names.KPI_HEADERS[1:]:
        yield _read_entry(book, sheet, formulas, (row, columns[header])) if header in columns else Entry()


def _has_rating_formula(sheet: Sheet, row: int, columns: dict[str, int]) -> bool:
    """Whether the rating of a row is a formula."""
    cell = sheet.get(row, columns[names.KPI_RATING]) if names.KPI_RATING in columns else None
    return cell is not None and bool(cell.formula)


def _read_entry(book: Workbook, sheet: Sheet, formulas: CellFormulas, at: CellPosition) -> Entry:
    cell, source = sheet.get(*at), Source(book.path.name, sheet.name, a1(*at))
    if cell is None:
        return Entry(source=source)
    value: Decimal | None = formulas.computed_value(cell) if cell.formula else as_number(cell.value)
    return Entry(value, bool(cell.formula), source, cell_type_of(cell.value), text_typed_by_user(cell.value))
