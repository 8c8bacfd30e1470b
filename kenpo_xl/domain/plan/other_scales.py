"""A table in other scales than those of the plan now: in 円 for 千円, in fractions for percent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.numbers.exact import number_format
from kenpo_xl.domain.numbers.scales import units_of_other_scales
from kenpo_xl.domain.plan.table import CellDefinition, Table

_MOST = 1_000


def table_in_each_other_scale(table: Table) -> Iterator[Table]:
    """The table with each combination of other scales of its units; nothing else of it changes."""
    units = dict.fromkeys(
        table.unit_of_cell_value(row, column)
        for row, column in table.positions.values()
        if not table.cells[row][column].format.is_text
    )
    options = [(unit, *units_of_other_scales(unit)) for unit in units]
    for chosen in islice(product(*options), 1, _MOST):
        yield _with_units(table, {unit: now for unit, now in zip(units, chosen, strict=True) if unit != now})


def _with_units(table: Table, units: Mapping[str, str]) -> Table:
    def changed(row: int, column: int) -> CellDefinition:
        cell, unit = table.cells[row][column], table.unit_of_cell_value(row, column)
        if unit not in units or cell.format.is_text or not cell.format.unit:
            return cell
        return replace(cell, format=number_format(_code_with_unit(cell.format.code, unit, units[unit])))

    columns = range(len(table.columns))
    cells = tuple(tuple(changed(row, column) for column in columns) for row in range(len(table.rows)))
    return replace(table, cells=cells, unit=units.get(table.unit, table.unit))


def _code_with_unit(code: str, unit: str, now: str) -> str:
    """A number format with another unit behind the number; a fraction is shown as percent."""
    if FRACTION not in (unit, now):
        return code.replace(unit, now)
    return code.replace("%", '"％"') if unit == FRACTION else code.replace('"％"', "%").replace("％", "%")
