"""The comparison of branches (比較.xlsx) as a workbook."""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.books.common.content_seal import BLANK, PROPERTY, seal_report
from kenpo_xl.books.common.styles import Styles, new_styled_workbook
from kenpo_xl.books.comparison.kpi_sheets import write_kpi_sheets
from kenpo_xl.books.comparison.list_sheets import write_list_sheets
from kenpo_xl.books.comparison.overview_sheet import write_overview_sheet
from kenpo_xl.books.comparison.ratings_sheet import write_ratings_sheet
from kenpo_xl.books.comparison.trend_sheet import write_trend_sheets
from kenpo_xl.domain.outputs.comparison import BranchComparison

# What today's Excel writes: with an older number it computes when opening, and asks on closing.
_CALCULATED_BY = 191029


def write_comparison_book(comparison: BranchComparison, path: Path) -> None:
    """Write the comparison to `path`, sealed; the same comparison gives the same bytes."""
    blank = path.with_name(f"{path.name}.blank")
    try:
        with new_styled_workbook(blank) as book:
            book.set_calc_mode("auto", _CALCULATED_BY)
            book.calc_on_load = False
            book.set_custom_property(PROPERTY, BLANK)
            look = Styles(book)
            write_overview_sheet(book, look, comparison)
            trends = write_trend_sheets(book, look, comparison)
            write_ratings_sheet(book, look, comparison)
            write_list_sheets(book, look, comparison)
            write_kpi_sheets(book, look, comparison, trends)
        seal_report(blank, path)
    finally:
        blank.unlink(missing_ok=True)
