"""Reads the rows of 指摘 on cells that 直す would change, and whether staff left their mark there."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.annotations.acceptances import FINDINGS
from kenpo_xl.annotations.findings_sheet import CODE, IDENTITY, PLACE, REPAIR
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.ooxml.references import parse_area
from kenpo_xl.ooxml.workbook import Sheet, Workbook

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
    return tuple(one for sheet in sheets for one in _listed_on_sheet(sheet))


def _listed_on_sheet(sheet: Sheet) -> Iterator[ListedRepair]:
    headers = (PLACE, CODE, IDENTITY, REPAIR)
    top, columns = sheet.header_row_and_columns(headers)
    if columns.keys() < set(headers):
        return
    for row in (row for row in sheet.non_empty_rows() if row > top):
        if sheet.text(row, columns[CODE]) == REPAIR:
            cell = sheet.get(row, columns[PLACE])
            found = _TARGET.search(cell.formula) if cell else None
            area = parse_area(found[1]) if found else None
            yield ListedRepair(
                area.sheet if area else "",
                a1(area.top, area.left) if area else "",
                sheet.text(row, columns[IDENTITY]),
                is_chosen=bool(sheet.text(row, columns[REPAIR])),
            )
