"""Reads the workbook of national figures (全国平均) that head office published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from kenpo_xl.books.comparison.national_columns import (
    BRANCH,
    HEADERS,
    KEY,
    MEAN,
    MEANS,
    MEDIAN,
    NAME,
    RANKS,
    ROW_OF_QUARTER,
    UNIT,
    UNTIL,
)
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import decimal_from_excel
from kenpo_xl.domain.outputs.comparison import Quarter
from kenpo_xl.domain.outputs.national_figures import NationalFigures, NationalKpi
from kenpo_xl.domain.time.fiscal_calendar import Month
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Sheet, Workbook


def read_national_book(path: Path, quarter: Quarter) -> NationalFigures:
    """The published figures of a quarter; KenpoError for any other workbook and for another quarter."""
    book = Workbook(path)
    means, ranks = (book.sheets.get(name) for name in (MEANS, RANKS))
    header, columns = means.header_row_and_columns(HEADERS) if means else (0, {})
    if means is None or ranks is None or not {KEY, NAME, UNIT, UNTIL, MEAN} <= columns.keys():
        raise KenpoError(f"{path.name} は、kenpo-xl compare で作った全国平均のブックではありません。")
    for sheet in (means, ranks):
        _refuse_other_quarter(path, sheet, quarter)
    kpis = _national_kpis(means, header, columns, _ranks_by_name(ranks), quarter)
    return NationalFigures(quarter, tuple(kpis), path.name)


def _refuse_other_quarter(path: Path, sheet: Sheet, quarter: Quarter) -> None:
    """KenpoError if a sheet is that of another quarter."""
    shown = sheet.text(ROW_OF_QUARTER, 1)
    if normalized(shown) != normalized(quarter.label):
        of = f"{shown}の" if shown else "期のない"
        raise KenpoError(f"{path.name} は{of}ものです（この計画は{quarter.label}）。使っていません。")


def _national_kpis(
    sheet: Sheet,
    header: int,
    columns: Mapping[str, int],
    ranks: Mapping[str, Mapping[str, int]],
    quarter: Quarter,
) -> Iterator[NationalKpi]:
    for row in (row for row in sheet.non_empty_rows() if row > header):
        name = sheet.text(row, columns[NAME])
        if name:
            yield NationalKpi(
                name,
                normalized(sheet.text(row, columns[KEY])),
                sheet.text(row, columns[UNIT]),
                _month_named_in(sheet.text(row, columns[UNTIL]), quarter),
                _number_in_cell(sheet, row, columns.get(MEAN)),
                _number_in_cell(sheet, row, columns.get(MEDIAN)),
                ranks.get(name, {}),
            )


def _ranks_by_name(sheet: Sheet) -> dict[str, dict[str, int]]:
    """The rank of each branch, by the name of the KPI above the column; names that occur twice have none."""
    header, columns = sheet.header_row_and_columns([BRANCH])
    found: dict[str, dict[str, int]] = {}
    for column in sheet.non_empty_columns_by_row.get(header, ()):
        name = sheet.text(header, column)
        if column == columns.get(BRANCH):
            continue
        ranks = {} if name in found else _ranks_in_column(sheet, header, columns[BRANCH], column)
        found[name] = ranks
    return found


def _ranks_in_column(sheet: Sheet, header: int, branches: int, column: int) -> dict[str, int]:
    values = {
        sheet.text(row, branches): _number_in_cell(sheet, row, column)
        for row in sheet.non_empty_rows()
        if row > header
    }
    return {branch: int(value) for branch, value in values.items() if value is not None}


def _number_in_cell(sheet: Sheet, row: int, column: int | None) -> Decimal | None:
    value = None if column is None else sheet.value(row, column)
    is_number = isinstance(value, float) and not isinstance(value, bool)
    return decimal_from_excel(value) if is_number and isinstance(value, float) else None


def _month_named_in(text: str, quarter: Quarter) -> Month | None:
    """The month of the quarter's fiscal year that a text names, as it is written; None for any other."""
    months = map(quarter.fiscal_year.month, quarter.fiscal_year.months)
    return next((month for month in months if normalized(str(month)) == normalized(text)), None)
