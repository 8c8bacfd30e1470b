"""Submissions in, figures out: every computed cell is computed again, exactly, from what was typed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.domain.formulas.evaluate import evaluate
from kenpo_xl.domain.numbers.exact import decimal_from_excel
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.ratings import Scale
from kenpo_xl.domain.plan.table import CellDefinition, CellKind, FigureId, RowRating, Table
from kenpo_xl.domain.plan.targets.row_ratings import judged_row
from kenpo_xl.domain.results.adjustments import Choice, Choices
from kenpo_xl.domain.results.figures import Figure, Figures, RowJudgement, TableFigures, TableRow
from kenpo_xl.domain.submission.joined_items import joined_entries
from kenpo_xl.domain.submission.submission import Entry, RowEntry, Submission, TableEntry

_NOTHING = Entry()


def recompute_figures(plan: Plan, submissions: Iterable[Submission]) -> Figures:
    """Every figure of the plan as submitted: overwritten cells as they were typed, missing ones empty."""
    entries = {
        (item.item, table.table): table
        for item in joined_entries(plan, submissions).values()
        for table in item.tables
    }
    computations = {key: _table_computation(table, entries.get(key)) for key, table in plan.tables.items()}
    return _figures_of(plan, computations)


def with_chosen_values(figures: Figures, choices: Choices, *, prefer_computed: bool = False) -> Figures:
    """The figures, computed on from the value that is printed in each overwritten cell.

    That is the one chosen, else the typed one, or with `prefer_computed` the computed one. `overwritten`
    stays as submitted: a cell that depends on a chosen value is not overwritten because of it.
    """
    if not prefer_computed and not choices:
        return figures
    computations = {
        key: _ChosenTableComputation(found, choices, prefer_computed=prefer_computed)
        for key, found in figures.tables.items()
    }
    return _figures_of(figures.plan, computations)


def with_row_ratings(found: TableFigures, scale: Scale) -> TableFigures:
    """The table with the ratings of its rows: as typed, in the scale's glyph, else as computed."""
    rating = found.table.row_rating
    if rating is None:
        return found
    return replace(found, rows=tuple(_rated_row(row, found.table, rating, scale) for row in found.rows))


def _rated_row(row: TableRow, table: Table, rating: RowRating, scale: Scale) -> TableRow:
    figure = row.figures[rating.column]
    if figure.cell.kind is not CellKind.TYPED:
        return row
    style = table.cells[row.index][rating.result or 0].format
    judgement = judged_row(rating, [one.printed_value for one in row.figures], style, scale)
    typed = figure.row_judgement.given if figure.row_judgement else str(figure.typed or "").strip()
    given = scale.canonical_glyph(typed) or typed
    judged = RowJudgement(given, judgement.glyph, judgement.explanation)
    rated = replace(figure, typed=given or judgement.glyph or None, row_judgement=judged)
    figures = (rated if place == rating.column else one for place, one in enumerate(row.figures))
    return replace(row, figures=tuple(figures))


def _figures_of(plan: Plan, computations: Mapping[tuple[str, str], _TableComputation]) -> Figures:
    """The figures of all tables, each of which may read cells of the others."""
    for computation in computations.values():
        computation.others = computations
    found = {key: one.table_figures() for key, one in computations.items()}
    return Figures(plan, {key: with_row_ratings(table, plan.scale) for key, table in found.items()})


def _table_computation(table: Table, entry: TableEntry | None) -> _TableComputation:
    rows, months = (entry.rows, entry.months) if entry else ((), ())
    return _TableComputation(table, _rows_in_plan_order(table, rows), months)


class _TableComputation:
    """One table, computed cell by cell; a formula of an open list reads its own row."""

    def __init__(self, table: Table, rows: Sequence[RowEntry], months: tuple[int | None, ...]) -> None:
        self.table, self.rows, self.months = table, rows, months
        self.known: dict[tuple[int, int], Figure] = {}
        self.others: Mapping[tuple[str, str], _TableComputation] = {}

    def table_figures(self) -> TableFigures:
        columns = range(len(self.table.columns))
        rows = (
            TableRow(row.row, row.entity, tuple(self.figure_at(index, column) for column in columns))
            for index, row in enumerate(self.rows)
        )
        return TableFigures(self.table, tuple(rows), self.months)

    def figure_at(self, row_index: int, column: int) -> Figure:
        """The figure in a row (by its index among the submitted rows) and column."""
        if (row_index, column) not in self.known:
            self.known[row_index, column] = self._compute_figure(row_index, column)
        return self.known[row_index, column]

    def _compute_figure(self, row_index: int, column: int) -> Figure:
        row = self.rows[row_index]
        cell = self.table.cells[row.row][column]
        entry = row.cells[column] if column < len(row.cells) else _NOTHING
        computed = self._formula_value(cell, row_index)
        return Figure(
            id=self.table.identity(row.row, column),
            cell=cell,
            entity=row.entity,
            typed=cell.value if cell.kind is CellKind.FIXED else _typed_value(cell, entry),
            computed=computed,
            overwritten=cell.kind is CellKind.COMPUTED and _is_overwritten(entry, computed),
            source=entry.source,
            last_place=entry.last_place,
        )

    def _formula_value(self, cell: CellDefinition, row_index: int) -> Decimal | None:
        if cell.formula is None:
            return None

        def values_of_figure(key: Hashable) -> Sequence[Decimal | None]:
            assert isinstance(key, FigureId)
            if key not in self.table.positions:
                return self.others[key.item, key.table].numbers_of_figure(key)
            row, column = self.table.positions[key]
            if row == self.rows[row_index].row:
                return [self.figure_at(row_index, column).printed_number]
            return self.numbers_of_figure(key)

        return evaluate(cell.formula, values_of_figure)

    def numbers_of_figure(self, key: FigureId) -> list[Decimal | None]:
        """The number of a figure, of an open list one for each of its rows."""
        row, column = self.table.positions[key]
        indexes = [other for other, entry in enumerate(self.rows) if entry.row == row]
        return [self.figure_at(other, column).printed_number for other in indexes]


class _ChosenTableComputation(_TableComputation):
    """The same table computed on from what is to be printed in its overwritten cells."""

    def __init__(self, found: TableFigures, choices: Choices, *, prefer_computed: bool) -> None:
        rows = [RowEntry(row.index, (), row.entity) for row in found.rows]
        super().__init__(found.table, rows, found.months)
        self.found, self.choices, self.prefer_computed = found, choices, prefer_computed

    def _compute_figure(self, row_index: int, column: int) -> Figure:
        before = self.found.rows[row_index].figures[column]
        choice = self.choices.get((before.id, before.entity)) if before.overwritten else None
        return replace(
            before,
            computed=self._formula_value(before.cell, row_index),
            prefers_computed=choice is Choice.COMPUTED or (choice is None and self.prefer_computed),
            settled=choice is not None,
        )


def _typed_value(cell: CellDefinition, entry: Entry) -> Decimal | str | None:
    return None if cell.kind is CellKind.NOT_APPLICABLE else entry.value


def _is_overwritten(entry: Entry, computed: Decimal | None) -> bool:
    """Whether a typed value, or a formula with another result, replaced the formula of the plan."""
    if entry.value in (None, ""):
        return False
    if not entry.formula:
        return True
    return isinstance(entry.value, Decimal) and decimal_from_excel(float(computed or 0)) != entry.value


def _rows_in_plan_order(table: Table, found: tuple[RowEntry, ...]) -> list[RowEntry]:
    """The rows in the order of the plan; those of an open list in the order of the book."""
    rows: list[RowEntry] = []
    for index in range(len(table.rows)):
        own = [row for row in found if row.row == index]
        if index == table.repeating:
            rows += own
        else:
            rows.append(own[0] if own else RowEntry(index, ()))
    return rows
