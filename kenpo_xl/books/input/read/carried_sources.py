"""Reads from the hidden sheet of a book which of its values were carried, and from where."""

from __future__ import annotations

from decimal import Decimal

from kenpo_xl.books.common import names
from kenpo_xl.books.input.write.carried_values import FIRST_COLUMN
from kenpo_xl.domain.numbers.exact import decimal_from_excel
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.carried import CarriedValue, CellKey
from kenpo_xl.domain.source import Source
from kenpo_xl.ooxml.workbook import Sheet, Workbook

_IDENTITY = len(FigureId._fields)
_COLUMNS = _IDENTITY + 6


def read_carried_sources(book: Workbook) -> dict[CellKey, CarriedValue]:
    """The carried values by cell, with the report and the cell that gave each; none of another workbook."""
    sheet = book.sheets.get(names.STAMP_SHEET)
    found = (_carried_value(sheet, row) for row in sheet.non_empty_rows()) if sheet else ()
    return dict(one for one in found if one)


def _carried_value(sheet: Sheet, row: int) -> tuple[CellKey, CarriedValue] | None:
    columns = range(FIRST_COLUMN + 1, FIRST_COLUMN + 1 + _COLUMNS)
    texts = [sheet.text(row, column) for column in columns]
    entity, text, origin, *place = texts[_IDENTITY:]
    if not all(texts[:_IDENTITY]) or not origin:
        return None
    stored = sheet.value(row, columns[_IDENTITY + 1])
    value: Decimal | str = decimal_from_excel(stored) if isinstance(stored, float) else text
    source = Source(*place) if place[0] else None
    return (FigureId(*texts[:_IDENTITY]), entity), CarriedValue(value, origin, source)
