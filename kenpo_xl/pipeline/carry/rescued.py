"""The content of a rescued book: all that staff typed, one by one, and what of it is in a new book."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellDefinition, CellKind
from kenpo_xl.domain.results.carried import CarriedValue, CellKey, UnplacedValue
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.starting_lines import starting_lines
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    RowEntry,
    Submission,
    TableEntry,
)
from kenpo_xl.domain.submission.typed_texts import (
    as_of_months_identity,
    line_place,
    rating_place,
    rating_words,
    value_text,
)
from kenpo_xl.domain.submission.uncertain import UncertainValue

Reason = Callable[[Source | None], str]


@frozen
class TypedCounts:
    """How many figures, lines and ratings something holds."""

    figures: int = 0
    lines: int = 0
    ratings: int = 0

    @property
    def total(self) -> int:
        return self.figures + self.lines + self.ratings


@frozen
class TypedContent:
    """One thing that staff typed: its kind (数値, 文, 評価), what names it, and what it reads."""

    kind: str
    identity: str
    text: str
    source: Source | None


_FIGURE, _LINE, _RATING = "数値", "文", "評価"


def typed_contents(
    plan: Plan, items: Iterable[ItemEntry], values: Mapping[CellKey, CarriedValue] | None = None
) -> Iterator[TypedContent]:
    """Everything that staff typed into items of a plan: no formulas, and no lines that the plan gives.

    The source of a cell without one is that of its carried value.
    """
    for item in items:
        for entry in item.tables:
            yield from _contents_of_table(plan, item.item, entry, values or {})
        given = _texts_given_by_plan(plan, item.item)
        for line in item.lines:
            if line.kind is LineKind.TEXT and line.text and normalized(line.text) not in given:
                yield TypedContent(_LINE, line_place(item.item, line), line.text, line.source)
        for rating in item.ratings:
            yield TypedContent(_RATING, rating_place(item.item, rating), rating_words(rating), rating.source)


def typed_counts_of(contents: Iterable[TypedContent]) -> TypedCounts:
    """How many of each kind there are."""
    kinds = [one.kind for one in contents]
    return TypedCounts(kinds.count(_FIGURE), kinds.count(_LINE), kinds.count(_RATING))


def _texts_given_by_plan(plan: Plan, number: str) -> set[str]:
    item = plan.item(number)
    blocks = item.blocks if item else ()
    return {normalized(line.text) for block in blocks for line in starting_lines(plan, block)}


def _contents_of_table(
    plan: Plan, item: str, entry: TableEntry, values: Mapping[CellKey, CarriedValue]
) -> Iterator[TypedContent]:
    table = plan.tables[item, entry.table]
    for row in entry.rows:
        name = f"（{row.entity}）" if row.entity else ""
        for column, cell in enumerate(row.cells):
            if cell.value not in (None, "") and _is_typed(table.cells[row.row][column], cell):
                identity = table.identity(row.row, column)
                known = values.get((identity, row.entity))
                source = cell.source or (known.source if known else None)
                yield TypedContent(_FIGURE, f"{identity}{name}", value_text(cell.value), source)
    for month, source in zip_longest(entry.months, entry.month_sources):
        if month is not None:
            yield TypedContent(_FIGURE, as_of_months_identity(table), str(month), source)


def _is_typed(definition: CellDefinition, cell: Entry) -> bool:
    return not cell.formula or definition.kind is CellKind.TYPED


def uncertain_values(contents: Iterable[TypedContent], reason_at: Reason) -> Iterator[UncertainValue]:
    """What of typed contents is from a cell for whose value there is a reason to doubt it."""
    for one in contents:
        reason = reason_at(one.source)
        if reason:
            yield UncertainValue(one.identity, one.text, str(one.source), reason)


def unplaced_contents(
    contents: Iterable[TypedContent],
    taken: Collection[Source | None],
    reason: Callable[[TypedContent], str],
) -> Iterator[UnplacedValue]:
    """What of typed contents is not `taken`, each with a reason."""
    for one in contents:
        if one.source not in taken:
            yield UnplacedValue(one.identity, one.text, one.source, reason(one))


def with_formulas_of_plan(
    submission: Submission, figures: Figures
) -> tuple[Submission, tuple[UnplacedValue, ...]]:
    """A submission whose computed cells hold formulas where these give the same, and results of other ones.

    A book that was copied by its values has no formulas any more. The result of another formula is listed
    with its cell: a formula refers to the cells of its own book.
    """
    computed = [one for one in figures if one.cell.kind is CellKind.COMPUTED and one.typed is not None]
    as_computed = {one.source for one in computed if one.is_typed_as_computed}
    formulas = _sources_of_formulas(submission)
    others = {
        one.source: _result_of_other_formula(one)
        for one in computed
        if one.overwritten and one.source in formulas
    }

    def of_plan(cell: Entry) -> Entry:
        if cell.source in others:
            return replace(cell, value=None)
        return replace(cell, formula=True) if cell.source in as_computed else cell

    items = tuple(_with_cells(item, of_plan) for item in submission.items)
    return replace(submission, items=items), tuple(others.values())


def _sources_of_formulas(submission: Submission) -> set[Source | None]:
    return {cell.source for cell in _cells_of_tables(submission) if cell.formula}


def _result_of_other_formula(figure: Figure) -> UnplacedValue:
    return UnplacedValue(
        figure.identity_with_entity,
        value_text(figure.typed),
        figure.source,
        "自動計算のセルに、別の式がありました",
    )


def _cells_of_tables(submission: Submission) -> Iterator[Entry]:
    entries = (entry for item in submission.items for entry in item.tables)
    return (cell for entry in entries for row in entry.rows for cell in row.cells)


def _with_cells(item: ItemEntry, changed: Callable[[Entry], Entry]) -> ItemEntry:
    def with_cells(row: RowEntry) -> RowEntry:
        return replace(row, cells=tuple(map(changed, row.cells)))

    tables = (replace(one, rows=tuple(map(with_cells, one.rows))) for one in item.tables)
    return replace(item, tables=tuple(tables))
