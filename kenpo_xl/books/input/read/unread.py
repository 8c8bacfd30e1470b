"""Content of an input book that reaches neither report nor ledger (届かない記載).

A cell is unread if it displays something, was not read, and is no label that `build` writes there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from kenpo_xl.books.common import names
from kenpo_xl.books.common.digests import text_hash, title_hash
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.plan_text import plan_text_cells
from kenpo_xl.books.input.read.formula_reach import areas_no_formula_refers_to
from kenpo_xl.books.input.read.read_cells import Frame, PartName, ReadCells, part_name_of_table
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.language.normalize import is_made_of_parts, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import BookPart, Unread, UnreadNear
from kenpo_xl.ooxml.cell_areas import ContentArea, groups_of_connected_areas
from kenpo_xl.ooxml.drawings import objects_on_sheet
from kenpo_xl.ooxml.references import Area
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import Sheet, Value, Workbook

_MOST = 5
_NUMBER = LazyPattern(r"[-△▲(（]?[\d,]+(?:\.\d+)?[%％)）]?")
_GAP = 2
# The mark of a line in the hidden column of the progress.
MARK = LazyPattern(r"L.*-\d+", needs="-")
_SHORT, _LONG, _QUOTED = 40, 120, 50
_TITLE_ABOVE = 2
_PARTS = ("行", "列", "表", "実施状況")
_PATH = ("｜", "担当：")


def unread_reports_of_items(
    plan_match: PlanMatch, read_cells: ReadCells, missed: Iterable[BookPart]
) -> Iterator[Unread]:
    """The unread areas of each item's sheet: some that touch a part, one for the rest.

    Areas that are reported as missing are omitted: a row or column at its cell, and all of a sheet without
    a table or the progress.
    """
    known = _cells_reported_as_missing(missed)
    for item in plan_match.plan.items_of(plan_match.stamp.group):
        sheet = plan_match.sheet_of(item)
        if sheet and (sheet.name, "") not in known:
            record_plan_text_as_read(plan_match, sheet, item, read_cells)
            found = _connected_areas(plan_match, sheet, item, read_cells)
            areas = [area for area in found if known.isdisjoint(area.sheet_names_and_cells)]
            yield from unread_reports([area for area in areas if area.frame])
            yield from unread_reports([area for area in areas if not area.frame], most=1)


def _cells_reported_as_missing(missed: Iterable[BookPart]) -> set[tuple[str, str]]:
    return {(part.source.sheet, part.source.cell) for part in missed if part.kind in _PARTS}


def _connected_areas(
    plan_match: PlanMatch, sheet: Sheet, item: Item, read_cells: ReadCells
) -> list[_UnreadArea]:
    book = plan_match.book
    dropped = list(_areas_of_dropped_tables(plan_match, sheet, item))
    ours = _Labels(plan_match.plan, item, sheet, read_cells)
    cells = [one for one in unread_cells(sheet, read_cells, ours) if not any(map(one.begins_in, dropped))]
    holders = [
        *areas_no_formula_refers_to(book, read_cells, sheet, cells),
        *areas_of_drawn_objects(book, sheet),
    ]
    frames = read_cells.frames_of(sheet.name) if holders else []
    return [
        _UnreadArea(book.path.name, sheet, item.id, group, frames)
        for group in groups_of_connected_areas(holders)
    ]


def _areas_of_dropped_tables(plan_match: PlanMatch, sheet: Sheet, item: Item) -> Iterator[Area]:
    """Areas of tables that the plan dropped, from title to notes; reported elsewhere."""
    key = plan_match.issued_key_of(item) or ""
    read = {
        names.table_excel_name(key, name)
        for one in item.tables
        if plan_match.still_has_area_for(one)
        for name in item.names_of_table(one)
    }
    for name in plan_match.stamp.hashes.keys() - read:
        area = plan_match.book.named_area(name)
        if area and area.sheet == sheet.name:
            yield Area(sheet.name, area.top - _TITLE_ABOVE, 1, area.bottom + 1, area.right)


def unread_cells(
    sheet: Sheet, read_cells: ReadCells, is_program_cell: Callable[[CellPosition, str], bool]
) -> Iterator[ContentArea]:
    """The non-empty cells of a sheet that were not read; `is_program_cell` excludes labels."""
    read = read_cells.cells.get(sheet.name, set())
    for row, column in sheet.cells_with_content:
        if (row, column) not in read:
            cell = sheet.cells[row, column]
            text = displayed_text(cell.value, cell.formula)
            if text and not is_program_cell((row, column), text):
                bottom, right = sheet.merge_end_by_anchor.get((row, column), (row, column))
                yield ContentArea(row, column, bottom, right, text)


def displayed_text(value: Value, formula: str) -> str:
    """The text that a cell displays, '' for blanks and invisible characters."""
    if value is None:
        return f"={formula}" if formula else ""
    text = text_typed_by_user(value) if isinstance(value, date | float | bool) else str(value).strip()
    return text if any(letter.isprintable() and not letter.isspace() for letter in text) else ""


def areas_of_drawn_objects(book: Workbook, sheet: Sheet) -> Iterator[ContentArea]:
    """The drawn objects on a sheet, with their kind and text."""
    for one in objects_on_sheet(book.package, sheet):
        text = f"{one.kind}：{one.text}" if one.text else one.kind
        yield ContentArea(one.top, one.left, one.bottom, one.right, text)


def unread_reports(areas: list[_UnreadArea], most: int = _MOST) -> Iterator[Unread]:
    """The first `most` areas; the last one includes and counts the rest."""
    for area in areas[: most - 1]:
        yield area.report_with_rest()
    if areas[most - 1 :]:
        yield areas[most - 1].report_with_rest(areas[most:])


def unread_report_of_sheet(
    workbook: str, sheet: Sheet, holders: list[ContentArea], near: UnreadNear
) -> Unread:
    """All content of a sheet as one area."""
    ordered = sorted(holders, key=lambda one: (one.top, one.left))
    return replace(_UnreadArea(workbook, sheet, sheet.name, ordered, []).report_with_rest(), near=near)


class _UnreadArea:
    """One connected area, and the part that it touches."""

    def __init__(
        self, workbook: str, sheet: Sheet, identity: str, holders: list[ContentArea], frames: Iterable[Frame]
    ) -> None:
        self.workbook, self.sheet, self.identity, self.holders = workbook, sheet, identity, holders
        self.frame = self._touched_frame(list(frames))

    @property
    def sheet_names_and_cells(self) -> Iterator[tuple[str, str]]:
        """Name of the sheet and address of each cell."""
        return ((self.sheet.name, a1(one.top, one.left)) for one in self.holders)

    @property
    def first_cell(self) -> CellPosition:
        return self.holders[0].top, self.holders[0].left

    def _touched_frame(self, frames: list[Frame]) -> Frame | None:
        """The part that the area touches, nearest to its first cell, None for none.

        A number of its own may have an empty column between it and the row of a table.
        """
        touched = [frame for frame in frames if any(_overlaps_or_adjoins(frame, one) for one in self.holders)]
        if not touched and len(self.holders) == 1 and _NUMBER.fullmatch(self.holders[0].text):
            touched = [frame for frame in frames if _is_right_of(frame, self.holders[0])]
        return min(touched, key=lambda frame: frame.distance_in_cells(*self.first_cell), default=None)

    def report_with_rest(self, rest: Iterable[_UnreadArea] = ()) -> Unread:
        """The area as reported; `rest` are those that it counts."""
        others = list(rest)
        part = self.frame.part if self.frame else PartName(UnreadNear.NOTHING, self.identity, "")
        return Unread(
            source=Source(self.workbook, self.sheet.name, a1(*self.first_cell)),
            identity=part.identity,
            near=part.near,
            place=f"{part.words}の{self._side_of_frame()}" if self.frame else "",
            text=_quoted_text(self.holders),
            value=_abbreviated_text([one for area in (self, *others) for one in area.holders]),
            cells=len(self.holders),
            more=len(others),
        )

    def _side_of_frame(self) -> str:
        assert self.frame
        row, column = self.first_cell
        if row > self.frame.bottom:
            return "下"
        if column > self.frame.right:
            return "右"
        if row < self.frame.top:
            return "上"
        return "左" if column < self.frame.left else "中"


def _overlaps_or_adjoins(frame: Frame, one: ContentArea) -> bool:
    return (
        frame.top - 1 <= one.bottom
        and one.top <= max(frame.last_row, frame.bottom + 1)
        and frame.left - 1 <= one.right
        and one.left <= frame.right + 1
    )


def _is_right_of(frame: Frame, one: ContentArea) -> bool:
    """Whether a cell is in a row of a table, one empty column to the right of it."""
    is_table = frame.part.near in (UnreadNear.TABLE, UnreadNear.LIST)
    return is_table and frame.top <= one.top <= frame.bottom and one.left - frame.right == _GAP


def _quoted_text(holders: list[ContentArea]) -> str:
    words = " ".join(" ".join(one.text for one in holders[:_QUOTED]).split())
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"


def _abbreviated_text(holders: list[ContentArea]) -> str:
    """The content of areas as text; a shortened one ends with a checksum of the whole."""
    text = "／".join(one.text for one in holders)
    if len(text) <= _LONG:
        return text
    return f"{text[:_LONG]}…（{hashlib.sha256(text.encode()).hexdigest()[:8]}）"


def record_plan_text_as_read(plan_match: PlanMatch, sheet: Sheet, item: Item, read_cells: ReadCells) -> None:
    """Record plan text and unaltered title, which other modules compare."""
    part = PartName(UnreadNear.PLAN, f"{item.id}/計画内容", "計画内容")
    for at in plan_text_cells(item, sheet, plan_match.stamp.hashes):
        read_cells.record_cell(sheet, part, *at)
    key = plan_match.issued_key_of(item) or ""
    title = plan_match.book.named_area(names.item_excel_name(key))
    if title and title.sheet == sheet.name:
        heading = PartName(UnreadNear.HEADING, f"{item.id}/見出し", "見出し")
        text = sheet.text(title.top, title.left)
        made = next((mark.title for mark in plan_match.stamp.items if mark.stored == key), None)
        is_ours = (
            made in (text_hash(text), title_hash(text))
            if made
            else normalized(text) == normalized(item.title)
        )
        (read_cells.record_cell if is_ours else read_cells.extend_rectangle_of_part)(
            sheet, heading, title.top, title.left
        )


def is_label_of_item(
    plan: Plan, item: Item, sheet: Sheet, read_cells: ReadCells
) -> Callable[[CellPosition, str], bool]:
    """A function on whether a cell of an item's sheet holds a label that `build` writes there."""
    return _Labels(plan, item, sheet, read_cells)


class _Labels:
    """Tests for labels that `build` writes on an item's sheet; records table notes."""

    def __init__(self, plan: Plan, item: Item, sheet: Sheet, read_cells: ReadCells) -> None:
        self.plan, self.item, self.sheet, self.read_cells = plan, item, sheet, read_cells
        words = (item.title, *names.LEGEND, *names.LINE_HEADERS, names.MORE_LINES, names.MONTH_LABEL)
        above_lines = (names.LINES_TITLE, *names.LINES_NOTES)
        self.words = set(map(normalized, (*words, *above_lines)))

    def __call__(self, place: CellPosition, text: str) -> bool:
        compared = normalized(text)
        if place[1] == 1 and MARK.fullmatch(text):
            return True
        if (
            compared in self.words
            or compared.startswith(f"{names.LINES_TITLE}(")
            or compared.endswith((normalized(names.CARRIED_END), normalized(names.GATHERED_NOTE)))
            or all(w in text for w in _PATH)
        ):
            return True
        table = next(
            (table for parts, table in self._literal_parts_of_notes if is_made_of_parts(parts, compared)),
            None,
        )
        if table:
            self.read_cells.record_cell(self.sheet, part_name_of_table(table), *place)
        return table is not None

    @cached_property
    def _literal_parts_of_notes(self) -> list[tuple[list[str], Table]]:
        """The literal parts of every table note, for each as-of month of the year."""
        return [
            ([normalized(part) for part in PLACEHOLDER.split(text)[::2]], table)
            for table in self.item.tables
            for note in table.notes
            for text in dict.fromkeys(
                fill_placeholders(note, self.plan.placeholder_context(month))
                for month in (None, *range(1, 13))
            )
        ]
