"""The comparison of branches (比較.xlsx) as a workbook."""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.books.common.styled_workbook import new_sealed_workbook
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.comparison.kpi_sheets import write_kpi_sheets
from kenpo_xl.books.comparison.list_sheets import write_list_sheets
from kenpo_xl.books.comparison.overview_sheet import write_overview_sheet
from kenpo_xl.books.comparison.ratings_sheet import write_ratings_sheet
from kenpo_xl.books.comparison.trend_sheet import write_trend_sheets
from kenpo_xl.domain.outputs.comparison import BranchComparison


def write_comparison_book(comparison: BranchComparison, path: Path) -> None:
    """Write the comparison to `path`, sealed; the same comparison gives the same bytes."""
    with new_sealed_workbook(path) as book:
        look = Styles(book)
        write_overview_sheet(book, look, comparison)
        trends = write_trend_sheets(book, look, comparison)
        write_ratings_sheet(book, look, comparison)
        write_list_sheets(book, look, comparison)
        write_kpi_sheets(book, look, comparison, trends)
