"""The plan (計画ブック) as understood: what is reported, by whom, how it is computed and rated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from kenpo_xl.domain.calendar import Month, fiscal_month
from kenpo_xl.domain.crosschecks import CrossCheck, Term
from kenpo_xl.domain.formulas import Node
from kenpo_xl.domain.heads import Head
from kenpo_xl.domain.line_kind import LineKind
from kenpo_xl.domain.numbers import NumberFormat
from kenpo_xl.domain.placeholders import Moment, Tense
from kenpo_xl.domain.ratings import Direction, Interim, Scale
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.times import Kind, Years
from kenpo_xl.domain.values import frozen

LAST_QUARTER = 4
PLAN_NAME = "計画.xlsx"
"""How the plan book of a period folder is called."""


class FigureId(NamedTuple):
    """The identity (識別名) of a figure within a plan: item / table / row / column by their short names."""

    item: str
    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return "/".join(self)


class CellKind(StrEnum):
    """What a body cell of a table is for."""

    TYPED = "入力"
    COMPUTED = "計算"
    NOT_APPLICABLE = "対象外"
    FIXED = "計画値"


class Printing(StrEnum):
    """Which rows of a table are printed."""

    ALL = "すべて"
    FILLED = "記入した行まで"
    NONE = "しない"


class AsOf(StrEnum):
    """Who says the as-of month (基準月) of a table."""

    PERIOD = "期"
    TABLE = "表"
    COLUMNS = "列ごと"


@frozen
class Axis:
    """A row or column: its short name, its head by levels (with placeholders), and the time it speaks of.

    `months` are the first and last month (1 to 12) that the head names, None where the as-of month counts.
    `kind` is the word 単月, 累計, 時点 or 年計 of the name frame, None where the head tells.
    `years` are those that the head names by number (令和3年度), `head_tense` is the year that the head speaks
    of, also where the name frame says another.
    """

    name: str
    labels: tuple[str, ...]
    tense: Tense | None = None
    months: tuple[int, int] | None = None
    kind: Kind | None = None
    years: Years | None = None
    head_tense: Tense | None = None


@frozen
class Cell:
    """The definition of one body cell; `value` is what the plan gives (計画値, or a word beside a total).

    `source` is the cell of the plan book that it was drawn in.
    """

    kind: CellKind
    format: NumberFormat
    formula: Node | None = None
    value: Decimal | str | None = None
    source: Source | None = field(default=None, compare=False)


@frozen
class Table:
    """A table (表) as drawn. `cells` is body rows × columns; `repeating` the row index of an open list.

    `texts` are its caption, corner, heads and notes, each with its cell in the plan book.
    """

    name: str
    item: str
    caption: str
    corner: str
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    cells: tuple[tuple[Cell, ...], ...]
    column_heads: tuple[Head, ...]
    row_heads: tuple[Head, ...]
    head_rows: int
    head_columns: int
    repeating: int | None = None
    key_column: int = 0
    as_of: AsOf = AsOf.PERIOD
    printing: Printing = Printing.ALL
    unit: str = ""
    notes: tuple[str, ...] = ()
    place: str = ""
    texts: tuple[tuple[str, Source], ...] = field(default=(), compare=False)

    def identity(self, row: int, column: int) -> FigureId:
        return FigureId(self.item, self.name, self.rows[row].name, self.columns[column].name)

    def unit_at(self, row: int, column: int) -> str:
        """The unit of a cell: that of its number format, else that of its table."""
        return self.cells[row][column].format.unit or self.unit

    def held_unit(self, row: int, column: int) -> str:
        """The unit of a value as Excel holds it: 割合 for a rate, 円 where 千円 are shown."""
        return self.cells[row][column].format.held_unit(self.unit_at(row, column))

    def in_points(self, row: int, column: int) -> bool:
        """Whether the cell holds 24.45 for 24.45 ％ (the unit is known but not shown)."""
        return self.unit_at(row, column) == "％" and not self.cells[row][column].format.percent

    @cached_property
    def index(self) -> dict[FigureId, tuple[int, int]]:
        """Row and column of each identity."""
        return {
            self.identity(row, column): (row, column)
            for row in range(len(self.rows))
            for column in range(len(self.columns))
        }


@frozen
class StartLine:
    """A line that a block starts with: text to keep or fill in, or the name of a table or KPI."""

    kind: LineKind
    text: str


@frozen
class Block:
    """Plan sentences, the lines that answer them, and whether they are rated.

    `sources` are the cells of the sentences in the plan book, one each.
    """

    name: str
    sentences: tuple[str, ...]
    rated: bool
    lines: tuple[StartLine, ...] = ()
    sources: tuple[Source, ...] = field(default=(), compare=False)


@frozen
class Item:
    """An item (項) of the plan and the group that owns it; `source` is the cell of its title."""

    id: str
    title: str
    owner: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    source: Source | None = field(default=None, compare=False)

    def table(self, name: str) -> Table | None:
        return next((table for table in self.tables if table.name == name), None)

    def block_of_kpi(self, name: str) -> Block | None:
        wanted = StartLine(LineKind.KPI, name)
        return next((block for block in self.blocks if wanted in block.lines), None)


@frozen
class Section:
    """A section (節): one sheet of the report; the sources are the cells of its title and its chapter's."""

    id: str
    chapter: str
    title: str
    items: tuple[Item, ...]
    source: Source | None = field(default=None, compare=False)
    chapter_source: Source | None = field(default=None, compare=False)


class RelativeTarget(StrEnum):
    """A target that is resolved from the final values of earlier years (過去実績)."""

    LAST_YEAR = "前年度"
    BETTER_OF_LAST_AND_MEAN = "前年度と過去3年平均の良い方"


@frozen
class Kpi:
    """A KPI: target (a number, a formula over figures, or relative), direction, source and interim rule.

    `result` and `same_period` are formulas over identities; with `newest` they are one range each, of which
    the last filled cell of `result` and the cell at the same place of `same_period` count.
    In these formulas a figure in ％ counts as a fraction, also where its cell holds 24.45 for 24.45 ％.
    `last_year` is the formula of last year's final result, where the planner gave one (前年度実績).
    `target_source`, `result_source` and `print_source` are the cells of 目標, 実績 and 印字 in the plan book.
    """

    name: str
    format: NumberFormat
    target: Decimal | Node | RelativeTarget | None
    direction: Direction
    result: Node | None
    same_period: Node | None = None
    newest: bool = False
    interim: Interim = Interim.TARGET
    thresholds: tuple[tuple[str, Decimal], ...] = ()
    print: str = ""
    place: str = ""
    last_year: Node | None = None
    target_source: Source | None = field(default=None, compare=False)
    result_source: Source | None = field(default=None, compare=False)
    print_source: Source | None = field(default=None, compare=False)


@frozen
class Period:
    """One quarter (期) of the plan's fiscal year and its council meeting."""

    quarter: int
    as_of: date
    meeting: str = ""
    held_on: date | None = None
    document: str = ""
    due: date | None = None


@frozen
class Plan:
    """Everything that the plan book says; `history_sources` are the cells of the values of `history`."""

    branch: str
    title: str
    fiscal_year: int
    period: Period
    groups: tuple[str, ...]
    scale: Scale
    sections: tuple[Section, ...]
    kpis: tuple[Kpi, ...] = ()
    history: dict[tuple[str, int], Decimal] = field(default_factory=dict)
    history_sources: dict[tuple[str, int], Source] = field(default_factory=dict, compare=False)
    cross_checks: tuple[CrossCheck, ...] = ()
    terms: tuple[Term, ...] = ()
    python: str = ""  # that of the office, for every book (Python の場所)

    @property
    def items(self) -> Iterator[Item]:
        return (item for section in self.sections for item in section.items)

    def item(self, item_id: str) -> Item | None:
        return next((item for item in self.items if item.id == item_id), None)

    def items_of(self, group: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.owner == group)

    def kpi(self, name: str) -> Kpi | None:
        return next((kpi for kpi in self.kpis if kpi.name == name), None)

    @cached_property
    def tables(self) -> dict[tuple[str, str], Table]:
        """Every table by item and name."""
        return {(item.id, table.name): table for item in self.items for table in item.tables}

    @property
    def is_year_end(self) -> bool:
        """Whether the period is the last quarter, when every interim rule gives way to the target itself."""
        return self.period.quarter == LAST_QUARTER

    @property
    def base(self) -> Month:
        """The period's own as-of month."""
        return Month.of(self.period.as_of)

    def moment(self, month: int | None = None) -> Moment:
        """What placeholders are filled from, at a typed as-of month (1 to 12) or at the period's own."""
        base = fiscal_month(self.fiscal_year, month) if month else self.base
        return Moment(self.fiscal_year, base, self.branch, self.period.quarter)
