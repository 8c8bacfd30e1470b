"""The submissions as printed: what the planner chose in place of what the groups typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.domain.results.assessments import Assessments, BlockRating
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    RatingEntry,
    RowEntry,
    Submission,
    TableEntry,
)


def printed_submissions(
    submitted: Sequence[Submission],
    reworded: Sequence[Submission],
    figures: Figures,
    assessments: Assessments,
) -> tuple[Submission, ...]:
    """The submissions with the planner's words, computed values and final ratings as if they were typed.

    `reworded` are the submissions with the planner's words, `figures` and `assessments` the adjusted ones. A
    line that the planner leaves out is not in them.
    """
    computed = {
        figure.source: figure.computed
        for figure in figures
        if figure.settled and figure.prefers_computed and figure.source
    }
    return tuple(
        replace(
            new,
            items=tuple(
                _printed_item(*pair, computed, assessments) for pair in zip(old.items, new.items, strict=True)
            ),
        )
        for old, new in zip(submitted, reworded, strict=True)
    )


def _printed_item(
    old: ItemEntry, new: ItemEntry, computed: Mapping[Source, Decimal | None], assessments: Assessments
) -> ItemEntry:
    pairs = zip(old.lines, new.lines, strict=True)
    lines = tuple(line for before, line in pairs if before.left_out or not line.left_out)
    tables = tuple(_with_computed_values(table, computed) for table in new.tables) if computed else new.tables
    return replace(new, lines=lines, tables=tables, ratings=_printed_ratings(new, assessments))


def _with_computed_values(table: TableEntry, computed: Mapping[Source, Decimal | None]) -> TableEntry:
    def cell(entry: Entry) -> Entry:
        if entry.source is None or entry.source not in computed:
            return entry
        return replace(entry, value=computed[entry.source], formula=True)

    def row(entry: RowEntry) -> RowEntry:
        return replace(entry, cells=tuple(map(cell, entry.cells)))

    return replace(table, rows=tuple(map(row, table.rows)))


def _printed_ratings(item: ItemEntry, assessments: Assessments) -> tuple[RatingEntry, ...]:
    """The ratings of an item, one for each block that the planner rated."""
    blocks = {one.block: one for one in assessments.blocks.values() if one.item == item.item and one.final}
    kept = (one for one in item.ratings if one.block not in blocks)
    return (*kept, *(_final_rating(item, one) for one in blocks.values()))


def _final_rating(item: ItemEntry, rating: BlockRating) -> RatingEntry:
    cell = _rating_cell(item.rating_cells, rating.block)
    entry = rating.entry or RatingEntry(rating.block, "", source=cell)
    reason = rating.adjustment.reason if rating.adjustment else ""
    if reason and rating.adjustment:
        entry = replace(entry, reason=reason, reason_source=rating.adjustment.source)
    return replace(entry, glyph=rating.final)


def _rating_cell(cells: Iterable[tuple[str, Source]], block: str) -> Source | None:
    return next((cell for name, cell in cells if name == block), None)
