"""Reads the cells of a KPI that show what head office publishes: the national mean and the branch's rank."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.books.plan.layout.formula_reader import FormulaReader
from kenpo_xl.domain.formulas.evaluate import Ref
from kenpo_xl.domain.plan.plan import National
from kenpo_xl.domain.plan.table import CellKind, FigureId

_RANK_UNITS = ("", "位")


def national_cells(formulas: FormulaReader) -> Iterator[tuple[National, FigureId]]:
    """The cells that 全国平均 and 全国順位 point at; an error for any but one cell for typed numbers."""
    for what in National:
        tree = formulas.read_formula(what)
        places = formulas.figure_positions(tree) if isinstance(tree, Ref) else []
        if [table.cells[row][column].kind for table, row, column in places] != [CellKind.TYPED]:
            if tree is not None:
                formulas.row.add_error(
                    what, f"「{what}」には、グループが数を入れる欄を 1 つだけ「=」で示してください。"
                )
            continue
        ((table, row, column),) = places
        if what is National.RANK and table.unit_of_cell_value(row, column) not in _RANK_UNITS:
            formulas.row.add_error(what, f"「{what}」の欄の単位は、なしか「位」にしてください。")
        else:
            yield what, table.identity(row, column)
