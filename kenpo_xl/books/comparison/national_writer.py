"""The workbook of national figures (全国平均) that head office publishes for the branches."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook

from kenpo_xl.books.common.list_sheet import FIRST_ROW, add_list_sheet
from kenpo_xl.books.common.styled_workbook import new_sealed_workbook
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.comparison.national_columns import (
    BRANCH,
    HEADERS,
    MEANS,
    RANKS,
    ROW_OF_QUARTER,
    WIDTHS,
)
from kenpo_xl.books.comparison.pages import COUNT, Looks, kpi_number_format
from kenpo_xl.domain.outputs.comparison import BranchComparison, ComparedKpi
from kenpo_xl.domain.outputs.national_figures import NationalFigures, NationalKpi

_NOTE = (
    "この名前のまま期のフォルダーに置くと、"
    "計画ブックの「KPI」の列「全国平均」「全国順位」が示す欄に使います。"
)
_RANKS_NOTE = "順位は 1 が最もよい支部です。指標の並びは「全国平均」と同じです。"
_BRANCH_WIDTH, _RANK_WIDTH, _HEADER_HEIGHT = 14, 13, 60
_OTHER_MONTHS = "支部によって基準月が違うため（{}）、載せていません。"
_Pairs = list[tuple[ComparedKpi, NationalKpi]]


def write_national_book(comparison: BranchComparison, figures: NationalFigures, path: Path) -> None:
    """Write the figures of a comparison to `path`, sealed; the same figures give the same bytes."""
    pairs = list(zip(comparison.kpis, figures.kpis, strict=True))
    with new_sealed_workbook(path) as book:
        _write_means(book, comparison, pairs)
        _write_ranks(book, comparison, pairs)


def _write_means(book: Workbook, comparison: BranchComparison, pairs: _Pairs) -> None:
    look, looks = Styles(book), Looks(book)
    sheet = add_list_sheet(book, look, MEANS, _NOTE, zip(HEADERS, WIDTHS, strict=True))
    sheet.write(ROW_OF_QUARTER - 1, 0, comparison.quarter.label, look("title"))
    for row, (compared, kpi) in enumerate(pairs, start=FIRST_ROW):
        texts = (kpi.common_key, kpi.name, kpi.unit, str(kpi.until or ""))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, look("grid"))
        reported = sum(one.result is not None for one in compared.values)
        numbers = ((kpi.mean, kpi_number_format(compared)), (kpi.median, kpi_number_format(compared)))
        for column, (value, code) in enumerate((*numbers, (Decimal(reported), COUNT)), start=len(texts)):
            if value is None:
                sheet.write_string(row, column, "", looks())
            else:
                sheet.write_number(row, column, float(value), looks(code))
        sheet.write_string(row, len(HEADERS) - 1, _remark_on_kpi(compared), look("grid"))


def _remark_on_kpi(kpi: ComparedKpi) -> str:
    if len(kpi.months_by_result) > 1:
        return _OTHER_MONTHS.format("、".join(map(str, kpi.months_by_result)))
    return kpi.mean_in_words


def _write_ranks(book: Workbook, comparison: BranchComparison, pairs: _Pairs) -> None:
    look, looks = Styles(book), Looks(book)
    columns = [(BRANCH, _BRANCH_WIDTH), *((kpi.name, _RANK_WIDTH) for _, kpi in pairs)]
    sheet = add_list_sheet(book, look, RANKS, _RANKS_NOTE, columns)
    sheet.write(ROW_OF_QUARTER - 1, 0, comparison.quarter.label, look("title"))
    sheet.set_row(FIRST_ROW - 1, _HEADER_HEIGHT)
    for row, branch in enumerate(comparison.branches, start=FIRST_ROW):
        sheet.write_string(row, 0, branch, look("grid"))
        for column, (_, kpi) in enumerate(pairs, start=1):
            if branch in kpi.ranks:
                sheet.write_number(row, column, kpi.ranks[branch], looks(COUNT))
            else:
                sheet.write_string(row, column, "－", looks())
