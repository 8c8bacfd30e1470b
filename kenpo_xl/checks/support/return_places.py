"""The place in a group's book that a remark of the planner (差戻し) is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.domain.cell_reference import CellPosition, a1, cell_position, is_cell
from kenpo_xl.domain.findings.return_remark import BookPlace, ListedRemark, ReturnRemark
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry, Submission

_FIGURE, _LINE, _RATING = "figure", "line", "rating"
_PARTS_OF_FIGURE = 4


def remark_with_place(remark: ReturnRemark, submission: Submission) -> ReturnRemark:
    """The remark with what its cell is in the submitted book; rows may move afterwards.

    A book that was checked since the remark lists it with the cell where it is there. Any other book is the
    one that the planner saw, in which the cell is that which was typed, unless it was saved later.
    """
    position = cell_position(normalized(remark.cell))
    if remark.moved or not is_cell(*position):
        return remark
    listed = _listed_remark(remark, submission)
    if listed:
        wanted = _sheet_and_position(listed.source) if listed.source else None
    elif _was_saved_later(submission, remark):
        wanted = None
    else:
        wanted = normalized(sheet_of_item(submission, remark.item) or remark.item), position
    if wanted is None:
        return replace(remark, is_lost=True)
    found = _place_at(submission, wanted)
    return replace(remark, place=found, is_lost=bool(listed) and found is None)


def _place_at(submission: Submission, wanted: tuple[str, CellPosition]) -> BookPlace | None:
    """What the cell at a position of a sheet is in a book; None for a cell that no reader took."""
    places = _places_of_book(submission)
    return next((place for place, source in places if _sheet_and_position(source) == wanted), None)


def sheet_of_item(submission: Submission, item: str) -> str:
    """The sheet of an item in a book, whatever number the item had when that was built; '' for none."""
    entries = (entry for entry in submission.items if normalized(entry.item) == normalized(item))
    sources = (source for entry in entries for _, source in _places_of_item(entry))
    return next((source.sheet for source in sources if source.sheet), "")


def _listed_remark(remark: ReturnRemark, submission: Submission) -> ListedRemark | None:
    """The remark in the list of findings of a book, None where it was not checked since."""
    wanted = normalized(remark.identity)
    return next((one for one in submission.listed_remarks if normalized(one.identity) == wanted), None)


def _was_saved_later(submission: Submission, remark: ReturnRemark) -> bool:
    """Whether a book was saved after the planner's, so that its rows may have moved since the remark."""
    saved = submission.record.saved
    return saved is not None and remark.saved is not None and saved > remark.saved


def _sheet_and_position(source: Source) -> tuple[str, CellPosition]:
    return normalized(source.sheet), cell_position(source.cell)


def source_of_remark(remark: ReturnRemark, context: CheckContext) -> Source:
    """The cell in the checked book that a remark is about; its sheet, or the book, where there is none.

    Where the book lists the remark, its cell is that of the list, which Excel moved with inserted rows. No
    other cell replaces one that is not found again.
    """
    book = context.submission.workbook
    if remark.moved:
        return Source(book, "", "")
    found = _listed_cell(remark, context) or _cell_of_place(remark, context)
    if found:
        return found
    row, column = cell_position(normalized(remark.cell))
    is_lost = remark.is_lost or bool(remark.place)
    sheet = _sheet_of_remark(remark, context)
    has_cell = sheet and not is_lost and is_cell(row, column)
    return Source(book, sheet, a1(row, column) if has_cell else "")


def _listed_cell(remark: ReturnRemark, context: CheckContext) -> Source | None:
    """The cell of a remark on a cell in the list of the book, None if the book does not have that."""
    if not is_cell(*cell_position(normalized(remark.cell))):
        return None
    listed = _listed_remark(remark, context.submission)
    source = listed.source if listed else None
    return source if source and source.sheet in {one.name for one in context.survey.sheets} else None


def _cell_of_place(remark: ReturnRemark, context: CheckContext) -> Source | None:
    """The cell in the book of what a remark is about; None where that is not known or not there."""
    place = remark.place or place_of_identity(remark, context.plan)
    places = _places_of_book(context.submission) if place else ()
    return next((source for found, source in places if found == place), None)


def _sheet_of_remark(remark: ReturnRemark, context: CheckContext) -> str:
    """The sheet of the item of a remark, '' where the book has none."""
    item = remark.item.partition("/")[0]
    name = normalized(sheet_of_item(context.submission, item) or item)
    return next((one.name for one in context.survey.sheets if normalized(one.name) == name), "")


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


def place_of_identity(remark: ReturnRemark, plan: Plan) -> BookPlace | None:
    """The place that a remark names by its identity, or by the name of a block; None for neither."""
    words = remark.cell or remark.item
    number, _, rest = words.partition("/")
    item = plan.item(number) or plan.item(remark.item)
    if item is None:
        return None
    identity = rest if plan.item(number) else words
    return _place_key_of_figure(item, identity) or _place_of_block(item, identity)


def _place_key_of_figure(item: Item, identity: str) -> BookPlace | None:
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
