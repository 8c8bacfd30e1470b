"""The place in a group's book that a remark of the planner (差戻し) is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.domain.cell_reference import a1, cell_position, is_cell
from kenpo_xl.domain.findings.return_remark import BookPlace, ReturnRemark
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry, Submission

_FIGURE, _LINE, _RATING = "figure", "line", "rating"
_PARTS_OF_FIGURE = 4


def remark_with_place(remark: ReturnRemark, submission: Submission) -> ReturnRemark:
    """The remark with what its cell is in the book that the planner saw; rows may move afterwards."""
    wanted = normalized(remark.item), cell_position(normalized(remark.cell))
    found = (
        place
        for place, source in _places_of_book(submission)
        if (normalized(source.sheet), cell_position(source.cell)) == wanted
    )
    return replace(remark, place=next(found, None))


def source_of_remark(remark: ReturnRemark, context: CheckContext) -> Source:
    """The cell in the checked book that a remark is about; its sheet, or the book, where there is none."""
    book = context.submission.workbook
    place = remark.place or _place_of_identity(remark, context.plan)
    if place:
        known = dict(reversed(list(_places_of_book(context.submission))))
        if place in known:
            return known[place]
    name = normalized(remark.item.partition("/")[0])
    sheet = next((one.name for one in context.survey.sheets if normalized(one.name) == name), "")
    row, column = cell_position(normalized(remark.cell))
    return Source(book, sheet, a1(row, column) if sheet and is_cell(row, column) else "")


def _places_of_book(submission: Submission) -> Iterator[tuple[BookPlace, Source]]:
    """Every cell of a book that a reader took, with what it is."""
    for entry in submission.items:
        yield from _places_of_item(entry)


def _places_of_item(entry: ItemEntry) -> Iterator[tuple[BookPlace, Source]]:
    for line in entry.lines:
        if line.source:
            yield (_LINE, entry.item, line.block, line.mark or line.text), line.source
    for block, source in entry.rating_cells:
        yield (_RATING, entry.item, block), source
    for table in entry.tables:
        for row in table.rows:
            for column, cell in enumerate(row.cells):
                if cell.source:
                    yield (_FIGURE, entry.item, table.table, row.row, column, row.entity), cell.source


def _place_of_identity(remark: ReturnRemark, plan: Plan) -> BookPlace | None:
    """The place that a remark names by its identity, or by the name of a block; None for neither."""
    words = remark.cell or remark.item
    number, _, rest = words.partition("/")
    item = plan.item(number) or plan.item(remark.item)
    if item is None:
        return None
    identity = rest if plan.item(number) else words
    return _place_of_figure(item, identity) or _place_of_block(item, identity)


def _place_of_figure(item: Item, identity: str) -> BookPlace | None:
    parts = f"{item.id}/{identity}".split("/")
    table = item.table(parts[1])
    if table is None or len(parts) != _PARTS_OF_FIGURE:
        return None
    position = table.positions.get(FigureId(*parts))
    return (_FIGURE, item.id, table.name, *position, "") if position else None


def _place_of_block(item: Item, identity: str) -> BookPlace | None:
    name = normalized(identity.split("/")[0]).removeprefix(normalized("ブロック")).strip()
    block = item.block(name)
    return (_RATING, item.id, block.name) if block else None
