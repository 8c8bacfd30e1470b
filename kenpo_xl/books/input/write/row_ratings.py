"""Live ratings of the rows of a table (評価の列): what target and result give until one is chosen."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from kenpo_xl.books.input.cell_places import TablePosition
from kenpo_xl.books.input.result_formulas import KpiCells, kpi_rating_formula
from kenpo_xl.domain.plan.plan import Kpi
from kenpo_xl.domain.plan.ratings import Scale
from kenpo_xl.domain.results.figures import Figure


def row_rating_formula(placed: TablePosition, row: int, figure: Figure, scale: Scale) -> str:
    """The formula of a cell with the rating of its row; '' where one was chosen, and for other cells."""
    rating, judged = placed.table.row_rating, figure.row_judgement
    if rating is None or judged is None or judged.given or None in (rating.target, rating.result):
        return ""
    target, result = (
        xl_rowcol_to_cell(row, placed.columns[at]) for at in (rating.target, rating.result) if at is not None
    )
    rule = Kpi("", figure.cell.format, None, rating.direction, None)
    return kpi_rating_formula(rule, scale, KpiCells(result, target, "", ""), year_end=True)
