"""Figures (数値) after recomputation: what was typed, what the formula gives, which of them is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from decimal import Decimal
from functools import cached_property

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.number_in_text import number_in_text
from kenpo_xl.domain.plan.figure_span import months_in_years, span_of_cell, years_in_headers
from kenpo_xl.domain.plan.placeholders import YearRole, month_word_of_table
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellDefinition, CellKind, FigureId, Printing, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.domain.time.span import Span, Years

_PARTS_OF_NAME = 3


@frozen
class RowJudgement:
    """The rating of a row: what was typed in the scale's glyph, what its numbers give, and why."""

    given: str
    computed: str = ""
    explanation: str = ""


@frozen
class Figure:
    """One figure. `typed` is the value in the book, `computed` that of its formula (None without one).

    `settled`: the planner chose which value of an overwritten cell is printed. `last_place` is that of its
    entry. `row_judgement` is that of a cell with the rating of its row.
    """

    id: FigureId
    cell: CellDefinition
    entity: str = ""
    typed: Decimal | str | None = None
    computed: Decimal | None = None
    overwritten: bool = False
    prefers_computed: bool = False
    settled: bool = False
    source: Source | None = None
    last_place: Decimal | None = field(default=None, compare=False)
    row_judgement: RowJudgement | None = None

    @cached_property
    def printed_value(self) -> Decimal | str | None:
        """What is printed: a typed-over figure as typed, any other computed one as we compute it."""
        if self.cell.kind is CellKind.COMPUTED and not (self.overwritten and not self.prefers_computed):
            return self.computed
        return self.typed

    @cached_property
    def printed_number(self) -> Decimal | None:
        return self.printed_value if isinstance(self.printed_value, Decimal) else None

    @property
    def identity_with_entity(self) -> str:
        """The identity, with the entity of an open list's row behind it."""
        return f"{self.id}（{self.entity}）" if self.entity else str(self.id)

    @property
    def source_of_printed_value(self) -> Source | None:
        """The cell that holds it: in the plan book what the plan gives, else in the submitted book."""
        return self.cell.source if self.cell.kind is CellKind.FIXED else self.source

    @property
    def number_text_without_unit(self) -> str:
        """The number for use within a text: without unit or ％, which the text itself has; '' for none."""
        return self.number_text_in_sentence(self.printed_number)

    def number_text_in_sentence(self, value: Decimal | None) -> str:
        """A number in the format of this figure for use within a text; '' for None."""
        return "" if value is None else number_in_text(self.cell.format, value)

    def printed_text(self) -> str:
        """The printed value as text."""
        return self.displayed_text(self.printed_value)

    def displayed_text(self, value: Decimal | str | None) -> str:
        """A value of this figure as text in its number format, '' for none."""
        return self.cell.format.displayed_text(value) if isinstance(value, Decimal) else (value or "")

    @property
    def is_typed_as_computed(self) -> bool:
        """Whether the typed and the computed value are displayed alike."""
        return self.displayed_text(self.typed) == self.displayed_text(self.computed)

    @property
    def is_overwritten_otherwise(self) -> bool:
        """Whether something else than the displayed computed value was typed over the formula."""
        return self.overwritten and not self.is_typed_as_computed


@frozen
class TableRow:
    """A row of a table as it will be printed: its index in the plan and its figures."""

    index: int
    entity: str
    figures: tuple[Figure, ...]

    @property
    def is_filled(self) -> bool:
        return any(figure.printed_value not in (None, "") for figure in self.figures)


@frozen
class TableFigures:
    """All rows of one table, and its typed as-of months (one, one a column, or none)."""

    table: Table
    rows: tuple[TableRow, ...]
    months: tuple[int | None, ...] = ()

    def as_of_month(self, column: int | None = None) -> int | None:
        """The as-of month (1 to 12) typed for a column or the table, None for the period's."""
        if len(self.months) == 1:
            return self.months[0]
        if column is not None and column < len(self.months):
            return self.months[column]
        return next((month for month in self.months if month), None)

    def printed_rows(self) -> tuple[TableRow, ...]:
        """The rows that are printed; with 記入した行まで up to the last filled one and what continues it."""
        if self.table.printing is not Printing.FILLED:
            return self.rows
        last = max((place for place, row in enumerate(self.rows) if row.is_filled), default=-1)
        while last + 1 < len(self.rows) and self.continues_row_above(self.rows[last + 1]):
            last += 1
        return self.rows[: last + 1]

    def continues_row_above(self, row: TableRow) -> bool:
        """Whether a row continues the one above it: the same period last year, in brackets."""
        if self.table.rows[row.index].year_role is not YearRole.SAME_PERIOD or row.index == 0:
            return False
        return all(f.cell.format.has_brackets or f.cell.kind is CellKind.NOT_APPLICABLE for f in row.figures)


@frozen
class Figures:
    """Every figure of a period, by table and by identity."""

    plan: Plan
    tables: dict[tuple[str, str], TableFigures]
    _by_id: dict[FigureId, list[Figure]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for figure in self:
            self._by_id.setdefault(figure.id, []).append(figure)

    def __iter__(self) -> Iterator[Figure]:
        return (figure for table in self.tables.values() for row in table.rows for figure in row.figures)

    def with_identity(self, identity: FigureId) -> list[Figure]:
        """The figures of an identity: one, or one for each entity of an open list."""
        return self._by_id.get(identity, [])

    def figure_named(self, item: str, name: str) -> Figure | None:
        """The figure that a text of an item calls table/row/column, None where it calls none.

        Of an open list the first: the others have the same definition.
        """
        return next(iter(self._figures_named(item, name)), None)

    def text_of_figure_named(self, item: str, name: str) -> str | None:
        """What such a text shows of the figure, '' for a blank one; None where it calls none.

        The total of an open list, as in formulas; of a text cell its text. Of table/年月 the as-of month
        of the table.
        """
        figures = self._figures_named(item, name)
        if not figures:
            return self._text_of_month_named(item, name)
        numbers = [figure.printed_number for figure in figures if figure.printed_number is not None]
        if not numbers and not figures[0].entity:
            return figures[0].printed_text()
        return figures[0].number_text_in_sentence(sum(numbers, Decimal()) if numbers else None)

    def _text_of_month_named(self, item: str, name: str) -> str | None:
        named = month_word_of_table(name)
        found = self.tables.get((item, named[0])) if named else None
        if named is None or found is None:
            return None
        return self.plan.placeholder_context(found.as_of_month()).placeholder_text(named[1])

    def _figures_named(self, item: str, name: str) -> list[Figure]:
        parts = name.split("/")
        if len(parts) != _PARTS_OF_NAME:
            return []
        identity = FigureId(item, *parts)
        return self.with_identity(identity) or self._blank_figures(identity)

    def _blank_figures(self, identity: FigureId) -> list[Figure]:
        """The figure of an open list without rows."""
        found = self.tables.get((identity.item, identity.table))
        place = found.table.positions.get(identity) if found else None
        return [Figure(identity, found.table.cells[place[0]][place[1]])] if found and place else []

    def values_as_fractions(self, identity: FigureId) -> list[Decimal | None]:
        """The values of an identity with ％ as fractions, also where the cell holds 24.45 for 24.45 ％."""
        table = self.tables[identity.item, identity.table].table
        points = table.holds_percent_as_points(*table.positions[identity])
        numbers = [figure.printed_number for figure in self.with_identity(identity)]
        return [n / 100 if points and n is not None else n for n in numbers]

    def as_of_month(self, identity: FigureId) -> int | None:
        """The as-of month (1 to 12) of a figure: the month its header names, else the one typed, else None.

        A header such as 通期 4～3月 names none: in the course of the year it is filled up to the as-of month.
        """
        found = self.tables[identity.item, identity.table]
        row, column = found.table.positions[identity]
        for axis in (found.table.columns[column], found.table.rows[row]):
            if axis.months and axis.months != self.plan.fiscal_year.whole:
                return axis.months[1]
        return found.as_of_month(column)

    def is_in_future(self, identity: FigureId) -> bool:
        """Whether the months that the header of a figure names begin after the period's as-of month."""
        table = self.tables[identity.item, identity.table].table
        row, column = table.positions[identity]
        axes = (table.columns[column], table.rows[row])
        named, years = next((axis.months for axis in axes if axis.months), None), years_in_headers(axes)
        if named is None:
            return years is not None and years.first > self.plan.fiscal_year
        this = Years(self.plan.fiscal_year, self.plan.fiscal_year)
        return months_in_years(years or this, named, self.plan.fiscal_year)[0] > self.plan.as_of_month

    def year_of_figure(self, identity: FigureId) -> FiscalYear:
        """The fiscal year in which the months of a figure end."""
        if identity not in self._cached_years:
            self._cached_years[identity] = self.plan.fiscal_year.of(self.span_of_figure(identity).last)
        return self._cached_years[identity]

    def span_of_figure(self, identity: FigureId) -> Span:
        """The months that a figure covers, and how."""
        if identity not in self._cached_spans:
            found = self.tables[identity.item, identity.table]
            row, column = found.table.positions[identity]
            as_of = found.as_of_month(column) or self.plan.as_of_month.number
            self._cached_spans[identity] = span_of_cell(
                found.table, row, column, self.plan.fiscal_year, as_of
            )
        return self._cached_spans[identity]

    @cached_property
    def _cached_spans(self) -> dict[FigureId, Span]:
        """What `span_of_figure` found out so far."""
        return {}

    @cached_property
    def _cached_years(self) -> dict[FigureId, FiscalYear]:
        """What `year_of_figure` found out so far."""
        return {}
