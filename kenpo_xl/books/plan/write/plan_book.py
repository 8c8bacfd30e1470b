"""A plan book as values: the rows of its lists, and its layout sheets as drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from kenpo_xl.books.plan.write.drawn_sheet import DrawnLayout
from kenpo_xl.domain.frozen import frozen


@frozen
class WrittenPlan:
    """A plan book as data. The keys of a row are the column headers; a missing key is an empty cell.

    A cell of a list is a text, a number, a date, or a `LayoutCell`: a number with a format (GIVEN), a formula
    (COMPUTED), an empty cell with a format (TYPED). `layouts` maps names of layout sheets to their drawings.
    `further_columns` are headers that an office adds to 施策.
    """

    basics: list[tuple[str, object]]
    periods: list[dict[str, Any]]
    measures: list[dict[str, Any]]
    kpis: list[dict[str, Any]]
    scale: list[dict[str, Any]]
    history: list[dict[str, Any]] = field(default_factory=list)
    layouts: Mapping[str, DrawnLayout] = field(default_factory=dict)
    cross_checks: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    rule_settings: list[dict[str, Any]] = field(default_factory=list)
    further_columns: tuple[str, ...] = ()

    @property
    def has_other_periods(self) -> bool:
        """Whether an office reports at other times than each quarter."""
        return "期" in dict(self.basics)

    @property
    def has_keys(self) -> bool:
        """Whether items and blocks have keys."""
        return any("鍵" in row for row in self.measures)
