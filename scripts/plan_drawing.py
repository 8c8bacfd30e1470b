"""Plan books (計画.xlsx) as data with texts, for the sample, templates and tests.

`drawing_text` tells how a layout sheet is written as text; the program writes what comes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from kenpo_xl.books.plan.write.plan_book import WrittenPlan
from kenpo_xl.books.plan.write.writer import write_plan
from scripts.drawing_text import Cell, DrawnLayout, Kind, parse_layout, split_format


@dataclass(frozen=True)
class PlanDrawing:
    """A plan book as data. The keys of a row are the column headers; a missing key is an empty cell.

    A text that ends in ⟪number format⟫ is a number (`"96.5% ⟪0.0%⟫"`), one that begins with = a formula.
    `layouts` maps the name of a layout sheet to its drawing as text. `further_columns` are headers that
    an office adds to 施策.
    """

    basics: list[tuple[str, object]]
    periods: list[dict[str, Any]]
    measures: list[dict[str, Any]]
    kpis: list[dict[str, Any]]
    scale: list[dict[str, Any]]
    history: list[dict[str, Any]] = field(default_factory=list)
    layouts: dict[str, str] = field(default_factory=dict)
    cross_checks: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    rule_settings: list[dict[str, Any]] = field(default_factory=list)
    further_columns: tuple[str, ...] = ()


def write_plan_book(path: Path, book: PlanDrawing) -> None:
    """Write the plan book to `path`."""
    write_plan(path, written_plan(book))


def written_plan(book: PlanDrawing) -> WrittenPlan:
    """What the cells of a plan book hold."""
    return _Reading(book).plan_book()


class _Reading:
    """Turns the texts of a plan book into what its cells hold."""

    def __init__(self, book: PlanDrawing) -> None:
        self.book = book
        self.layouts = {name: parse_layout(text) for name, text in book.layouts.items()}

    def plan_book(self) -> WrittenPlan:
        lists = ("periods", "measures", "kpis", "scale", "history", "cross_checks", "terms", "rule_settings")
        return WrittenPlan(
            basics=self.book.basics,
            further_columns=self.book.further_columns,
            layouts={name: self._layout(name, layout) for name, layout in self.layouts.items()},
            **{name: self._rows(getattr(self.book, name)) for name in lists},
        )

    def _rows(self, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{header: self._list_value(value) for header, value in row.items()} for row in rows]

    def _list_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not value:
            return value
        text, shown = split_format(value)
        if text.startswith("="):
            return Cell(Kind.COMPUTED, f"={self._formula(text[1:], '', 0, 0)}", shown)
        if shown:
            return Cell(Kind.GIVEN if text else Kind.TYPED, text, shown)
        return text

    def _layout(self, name: str, layout: DrawnLayout) -> DrawnLayout:
        cells = {
            place: replace(cell, text=self._formula(cell.text, name, *place))
            if cell.kind is Kind.COMPUTED
            else cell
            for place, cell in layout.cells.items()
        }
        return replace(layout, cells=cells)

    def _formula(self, text: str, sheet: str, row: int, column: int) -> str:
        """The formula with ordinary references in place of names and steps."""
        named = re.sub(r"@([^/@]+)/([^/@]+)/([^/@]+)/([^/\s+*(),]+)", partial(self._named, sheet), text)
        return re.sub(
            r"\[(-?\d+)(?:,(-?\d+))?\]",
            lambda step: xl_rowcol_to_cell(row + int(step[2] or 0), column + int(step[1])),
            named,
        )

    def _named(self, sheet: str, match: re.Match[str]) -> str:
        item, table, row, column = match.groups()
        try:
            drawing = self.layouts[item].drawings[table]
            rows = [drawing.rows[name] for name in row.split(":")]
            columns = [drawing.columns[name] for name in column.split(":")]
        except KeyError as missing:
            raise ValueError(f"no cell {match[0]}: {missing} is not there") from None
        first, last = (xl_rowcol_to_cell(rows[end], columns[end]) for end in (0, -1))
        return ("" if item == sheet else f"'{item}'!") + ":".join(dict.fromkeys((first, last)))
