"""Everything in a rescued book that no reader took, cell by cell: nothing is lost without being listed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from kenpo_xl.annotations.acceptances import ACCEPTED, FINDINGS
from kenpo_xl.books.common import names
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.read_cells import ReadCells
from kenpo_xl.books.input.read.unread import (
    MARK,
    areas_of_drawn_objects,
    displayed_text,
    is_label_of_item,
    record_plan_text_as_read,
    unread_cells,
)
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.results.carried import UnplacedValue
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import BookPart
from kenpo_xl.ooxml.cell_areas import ContentArea
from kenpo_xl.ooxml.workbook import Sheet

_OURS = (
    names.CONTROL,
    FINDINGS,
    ACCEPTED,
    names.STAMP_SHEET,
    names.UNPLACED,
    names.CONVERTED,
    names.UNCERTAIN,
)
_OUTSIDE, _OTHER_SHEET = "決まった欄の外にあります", "項のシートではありません"
_MOST_OBJECTS = 50
# The mark of a row of the plan, in the column of those of the lines.
_PLAN_MARK = LazyPattern(r"[RP]\S+")


def unread_values_and_objects(
    plan_match: PlanMatch, read_cells: ReadCells, missed: tuple[BookPart, ...], labels: Collection[str]
) -> Iterator[UnplacedValue]:
    """Each cell with content, and each drawn object, that was not read and is no label of ours.

    `labels` are normalized texts that were taken for other labels of the program.
    """
    items = {
        sheet.name: item
        for item in plan_match.plan.items_of(plan_match.stamp.group)
        if (sheet := plan_match.sheet_of(item))
    }
    reasons = _reasons_of_missed_parts(missed)
    for sheet in plan_match.book.sheets.values():
        if not sheet.is_readable or is_sheet_of_program(sheet):
            continue
        item = items.get(sheet.name)
        if item:
            found = _leftovers_on_item_sheet(plan_match, sheet, item, read_cells, reasons)
            yield from (one for one in found if normalized(str(one.value)) not in labels)
        else:
            yield from _leftovers_on_other_sheet(plan_match, sheet, items)


def _reasons_of_missed_parts(missed: Iterable[BookPart]) -> dict[tuple[str, str], str]:
    """Why what is at the place of a missed part was not read, by sheet and cell."""
    return {
        (part.source.sheet, part.source.cell): f"{part} が見つかりません"
        for part in missed
        if part.source.cell
    }


def is_sheet_of_program(sheet: Sheet) -> bool:
    """Whether a sheet is one that `build` makes beside those of items, by its name or by its title."""
    titles = {normalized(sheet.text(row, column)) for row in (1, 2) for column in (1, 2)}
    own = {*map(normalized, _OURS)}
    is_control = any(title.endswith(normalized(names.TITLE_END)) for title in titles)
    return is_control or bool({normalized(sheet.name), *titles} & own) or is_stamp_sheet(sheet)


def is_stamp_sheet(sheet: Sheet) -> bool:
    """Whether a sheet has the first rows of a stamp."""
    return [sheet.text(row, 1) for row in (1, 2)] == [names.PLAN_KEY, names.GROUP]


def _leftovers_on_item_sheet(
    plan_match: PlanMatch,
    sheet: Sheet,
    item: Item,
    read_cells: ReadCells,
    reasons: Mapping[tuple[str, str], str],
) -> Iterator[UnplacedValue]:
    record_plan_text_as_read(plan_match, sheet, item, read_cells)
    is_label = is_label_of_item(plan_match.plan, item, sheet, read_cells)
    cells = list(unread_cells(sheet, read_cells, is_label))
    objects = list(areas_of_drawn_objects(plan_match.book, sheet))[:_MOST_OBJECTS]
    frames = read_cells.frames_of(sheet.name)
    marks = {one.left for one in cells if MARK.fullmatch(one.text)}
    for one in (*cells, *objects):
        if MARK.fullmatch(one.text) or (one.left in marks and _PLAN_MARK.fullmatch(one.text)):
            continue
        near = min(frames, key=lambda frame: frame.distance_in_cells(one.top, one.left), default=None)
        identity = near.part.identity if near and not near.distance_in_cells(one.top, one.left) else item.id
        source = _source_of_area(plan_match, sheet, one)
        yield UnplacedValue(identity, one.text, source, reasons.get((sheet.name, source.cell), _OUTSIDE))


def _leftovers_on_other_sheet(
    plan_match: PlanMatch, sheet: Sheet, items: Mapping[str, Item]
) -> Iterator[UnplacedValue]:
    """The cells of a sheet of no item; of the copy of an item's sheet only what differs from that."""
    twins = [plan_match.book.sheets[name] for name in items if sheet.name.startswith(name)]
    for one in unread_cells(sheet, ReadCells(), lambda at, text: _is_text_in_any_twin(twins, at, text)):
        yield UnplacedValue(sheet.name, one.text, _source_of_area(plan_match, sheet, one), _OTHER_SHEET)


def _is_text_in_any_twin(twins: list[Sheet], at: CellPosition, text: str) -> bool:
    cells = (twin.get(*at) for twin in twins)
    return any(cell and displayed_text(cell.value, cell.formula) == text for cell in cells)


def _source_of_area(plan_match: PlanMatch, sheet: Sheet, one: ContentArea) -> Source:
    return Source(plan_match.book.path.name, sheet.name, a1(one.top, one.left))
