"""Conditional formats of the template on the cells of a printed sheet."""

from __future__ import annotations

from functools import partial
from typing import Any

from kenpo_xl.books.report.layout.formats import Formats
from kenpo_xl.books.report.template.conditions import moved_formula
from kenpo_xl.books.report.template.template import SlotCondition
from kenpo_xl.domain.cell_reference import a1

_Area = tuple[int, int, int, int]


class PrintedConditions:
    """Collects the areas of each conditional format, first row and column to last, counted from 0."""

    def __init__(self) -> None:
        self._areas: dict[tuple[SlotCondition, int], list[_Area]] = {}

    def add(self, area: _Area, conditions: tuple[SlotCondition, ...]) -> None:
        """Note an area; those of one column share a format, since its formulas are the same for them."""
        for condition in conditions:
            self._areas.setdefault((condition, area[1]), []).append(area)

    def write(self, sheet: Any, formats: Formats) -> None:
        """Write a format for all of its areas."""
        for (one, _), areas in self._areas.items():
            row, column = areas[0][0] + 1, areas[0][1] + 1
            move = partial(moved_formula, across=column - one.column, down=row - one.row)
            options = one.condition.options(formats[one.condition.style], move)
            ranges = " ".join(f"{a1(a + 1, b + 1)}:{a1(c + 1, d + 1)}" for a, b, c, d in areas)
            sheet.conditional_format(*areas[0], {**options, "multi_range": ranges})
