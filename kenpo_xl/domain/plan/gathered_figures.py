"""Figures that are in the book of a group, and those that gather figures of other books."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellDefinition, FigureId


class FiguresInBook:
    """The figures of the book of one group."""

    def __init__(self, plan: Plan, group: str) -> None:
        self.plan = plan
        self.tables = {(item.id, table.name) for item in plan.items_of(group) for table in item.tables}
        self._known: dict[FigureId, bool] = {}

    def has_all_of(self, figure: FigureId) -> bool:
        """Whether a figure is in the book, and all that it is computed of."""
        if figure not in self._known:
            table = self.plan.tables[figure[:2]]
            row, column = table.positions[figure]
            parts = figures_read_by(table.cells[row][column])
            self._known[figure] = figure[:2] in self.tables and all(map(self.has_all_of, parts))
        return self._known[figure]


def figures_read_by(cell: CellDefinition) -> Iterator[FigureId]:
    """The figures that the formula of a cell reads."""
    keys = formula_keys(cell.formula) if cell.formula is not None else ()
    return (key for key in keys if isinstance(key, FigureId))
