"""Finds cells that may display another value: number formats, invisible letters."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.numbers.display import is_same_format
from kenpo_xl.domain.numbers.exact import number_format
from kenpo_xl.domain.numbers.scales import scale_of_unit
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellDefinition, CellKind
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import ChangedFormat
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, Submission
from kenpo_xl.ooxml.workbook import Workbook

_PLAIN = ("general", "g/標準", "標準", "@")


def cells_with_changed_format(book: Workbook, plan: Plan, submission: Submission) -> Iterator[ChangedFormat]:
    """The cells with another number format than the plan's, or invisible letters.

    Cells of progress lines and ratings, without a format in the plan: any unusual one.
    """
    known: dict[tuple[int, str], ChangedFormat | None] = {}
    for item in submission.items:
        for source, usual in _cells_with_planned_format(plan, item):
            cell = book.sheets[source.sheet].get(*cell_position(source.cell))
            style = cell.style if cell else 0
            if (style, usual) not in known:
                known[style, usual] = _format_if_changed(book, style, usual)
            look = known[style, usual]
            if look is not None:
                yield ChangedFormat(source, look.number_format, look.is_unseen)


def _format_if_changed(book: Workbook, style: int, usual: str) -> ChangedFormat | None:
    formats = book.styles.formats
    code = formats[style] if style < len(formats) else "General"
    unseen = style in book.styles.invisible
    plainly = not usual and code.casefold() in _PLAIN
    return (
        None
        if (plainly or _shows_the_same(code, usual)) and not unseen
        else ChangedFormat(Source("", "", ""), code, unseen)
    )


def _shows_the_same(code: str, usual: str) -> bool:
    """Whether two formats show the same number, if with another counting word (件, 事業所)."""
    if is_same_format(code, usual):
        return True
    word, usual_word = number_format(code).unit, number_format(usual).unit
    if not (word and usual_word) or scale_of_unit(word) or scale_of_unit(usual_word):
        return False
    return is_same_format(code.replace(word, usual_word), usual)


def _cells_with_planned_format(plan: Plan, item: ItemEntry) -> Iterator[tuple[Source, str]]:
    """Every non-empty cell that was read, and its number format in the plan, or ''."""
    sources = [line.source for line in item.lines]
    for rating in item.ratings:
        sources += (rating.source, rating.reason_source)
    yield from ((source, "") for source in sources if source)
    for entry in item.tables:
        rows = plan.tables[item.item, entry.table].cells
        for row in entry.rows:
            for cell, own in zip(rows[row.row], row.cells, strict=False):
                if own.source and _is_filled_in(cell, own):
                    yield own.source, cell.format.code


def _is_filled_in(cell: CellDefinition, entry: Entry) -> bool:
    return entry.value not in (None, "") and cell.kind is not CellKind.FIXED
