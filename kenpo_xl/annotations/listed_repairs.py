"""Reads the rows of 指摘 on cells that 直す would change, and whether staff left their mark there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kenpo_xl.annotations.acceptances import FINDINGS
from kenpo_xl.annotations.findings_sheet import CODE, IDENTITY, PLACE, REPAIR
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.ooxml.references import parse_area
from kenpo_xl.ooxml.workbook import Sheet, Workbook

_DELETED = "", ""
# The cell of a row's link, which moves with it.
_TARGET = LazyPattern(r"ROW\(((?:'(?:[^']|'')+'|[^'!()]+)![^()]+)\)")


@frozen
class ListedRepair:
    """A change that was listed: its cell as it is now, '' if that was deleted, and what is changed there."""

    sheet: str
    cell: str
    identity: str
    is_chosen: bool


def listed_repairs(book: Workbook) -> tuple[ListedRepair, ...]:
    """The changes that 指摘 lists, none after a check."""
    sheets = (sheet for sheet in book.sheets.values() if normalized(sheet.name).startswith(FINDINGS))
    return tuple(one for sheet in sheets for one in _repairs_listed_on_sheet(sheet))


def _repairs_listed_on_sheet(sheet: Sheet) -> Iterator[ListedRepair]:
    rows = list(_rows_of_repairs(sheet))
    # A mark beside a finding on the same cell means the changes of that cell, too.
    chosen = {row.place for row in rows if row.is_marked and not row.is_repair} - {_DELETED}
    for row in rows:
        if row.is_repair:
            yield ListedRepair(*row.place, row.identity, row.is_marked or row.place in chosen)


class _Row(NamedTuple):
    """A row of 指摘: the sheet and cell of its link, and whether it has the mark 直す."""

    place: tuple[str, str]
    identity: str
    is_repair: bool
    is_marked: bool


def _rows_of_repairs(sheet: Sheet) -> Iterator[_Row]:
    headers = (PLACE, CODE, IDENTITY, REPAIR)
    top, columns = sheet.header_row_and_columns(headers)
    if columns.keys() < set(headers):
        return
    for row in (row for row in sheet.non_empty_rows() if row > top):
        identity, is_repair = sheet.text(row, columns[IDENTITY]), sheet.text(row, columns[CODE]) == REPAIR
        is_marked = bool(sheet.text(row, columns[REPAIR]))
        yield _Row(_linked_sheet_and_cell(sheet, row, columns[PLACE]), identity, is_repair, is_marked)


def _linked_sheet_and_cell(sheet: Sheet, row: int, column: int) -> tuple[str, str]:
    """Sheet and cell of a row's link, `_DELETED` where the cell was deleted."""
    cell = sheet.get(row, column)
    found = _TARGET.search(cell.formula) if cell else None
    area = parse_area(found[1]) if found else None
    return (area.sheet, a1(area.top, area.left)) if area else _DELETED
