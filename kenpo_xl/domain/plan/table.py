"""Tables of a plan: their cells, rows and columns, and the identities of their figures."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from kenpo_xl.domain.formulas.evaluate import Node
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.plan.placeholders import YearRole
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.span import Accumulation, Years


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
    """A row or column: its short name, its header by levels (with placeholders), and the time it covers.

    `months` are the first and last month (1 to 12) that the header names, None where the as-of month counts.
    `kind` is the word 単月, 累計, 時点 or 年計 of the name frame, None where the header decides.
    `years` are those that the header names by number (令和3年度), `header_year_role` is the year that the
    header names, also where the name frame says another. `former_names` are earlier short names (旧名).
    """

    name: str
    labels: tuple[str, ...]
    year_role: YearRole | None = None
    months: tuple[int, int] | None = None
    kind: Accumulation | None = None
    years: Years | None = None
    header_year_role: YearRole | None = None
    former_names: tuple[str, ...] = ()


@frozen
class CellDefinition:
    """The definition of one body cell; `value` is what the plan gives (計画値, or a word beside a total).

    `source` is the cell of the plan book that it was drawn in. `choices` are words that staff are offered in
    a text cell; they may type others.
    """

    kind: CellKind
    format: NumberFormat
    formula: Node | None = None
    value: Decimal | str | None = None
    choices: tuple[str, ...] = ()
    source: Source | None = field(default=None, compare=False)


@frozen
class RowRating:
    """The column with the ratings of a table's rows (評価の列); where it is computed, of what."""

    column: int
    target: int | None = None
    result: int | None = None
    direction: Direction = Direction.AT_LEAST


@frozen
class Table:
    """A table (表) as drawn. `cells` is body rows × columns; `repeating` the row index of an open list.

    `corner` are the headers above the row headers: one over all of it, or those that are drawn apart.
    `texts` are its caption, corner, headers and notes, each with its cell in the plan book; `former_names`
    are earlier names (旧名). `owner` is the group that the table itself names (担当), '' for none.
    `row_rating` is which column rates its rows.
    """

    name: str
    item: str
    caption: str
    corner: tuple[Header, ...]
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    cells: tuple[tuple[CellDefinition, ...], ...]
    column_headers: tuple[Header, ...]
    row_headers: tuple[Header, ...]
    header_rows: int
    header_columns: int
    repeating: int | None = None
    key_column: int = 0
    as_of: AsOf = AsOf.PERIOD
    printing: Printing = Printing.ALL
    unit: str = ""
    notes: tuple[str, ...] = ()
    place: str = ""
    former_names: tuple[str, ...] = ()
    texts: tuple[tuple[str, Source], ...] = field(default=(), compare=False)
    owner: str = ""
    row_rating: RowRating | None = None

    def identity(self, row: int, column: int) -> FigureId:
        return FigureId(self.item, self.name, self.rows[row].name, self.columns[column].name)

    def unit_at(self, row: int, column: int) -> str:
        """The unit of a cell: that of its number format, else that of its table."""
        return self.cells[row][column].format.unit or self.unit

    def unit_of_cell_value(self, row: int, column: int) -> str:
        """The unit of a value as Excel holds it: 割合 for a rate, 円 where 千円 are shown."""
        return self.cells[row][column].format.unit_of_cell_value(self.unit_at(row, column))

    def holds_percent_as_points(self, row: int, column: int) -> bool:
        """Whether the cell holds 24.45 for 24.45 ％ (the unit is known but not shown)."""
        return self.unit_at(row, column) == "％" and not self.cells[row][column].format.is_percent

    @cached_property
    def unit_by_id(self) -> dict[FigureId, str]:
        """The unit of each identity."""
        return {identity: self.unit_at(*place) for identity, place in self.positions.items()}

    @cached_property
    def positions(self) -> dict[FigureId, tuple[int, int]]:
        """Row and column of each identity."""
        return {
            self.identity(row, column): (row, column)
            for row in range(len(self.rows))
            for column in range(len(self.columns))
        }
