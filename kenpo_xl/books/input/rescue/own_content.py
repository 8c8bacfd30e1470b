"""What staff put into a book beside its parts: notes (メモ) in cells, and sheets of their own."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.annotations.comments import LEAD
from kenpo_xl.books.input.match.issued_items import find_item_sheet
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.rescue.leftovers import is_sheet_of_program
from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.results.carried import UnplacedValue
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.submission.typed_texts import line_place
from kenpo_xl.ooxml.drawings import notes_on_sheet
from kenpo_xl.ooxml.workbook import Sheet, Workbook

_NOTE, _SHEET = "メモは写していません", "項のシートではないため、前のブックに残っています"


def own_content_of_staff(plan_match: PlanMatch, submission: Submission) -> Iterator[UnplacedValue]:
    """The notes in the cells of a book, and its sheets that are none of the program's, by their names."""
    book = plan_match.book
    items = set(_names_of_item_sheets(plan_match))
    names_of_cells = dict(_names_of_cells(submission))
    for sheet in book.sheets.values():
        if not sheet.is_readable or (sheet.name not in items and is_sheet_of_program(sheet)):
            continue
        if sheet.name not in items:
            yield from _unplaced_count_of_own_sheet(book, sheet)
            continue
        for cell, text in sorted(notes_on_sheet(book.package, sheet), key=lambda one: cell_position(one[0])):
            source = Source(book.path.name, sheet.name, cell)
            own = text.partition(LEAD)[0].strip()
            if own:
                yield UnplacedValue(f"メモ：{names_of_cells.get(source, sheet.name)}", own, source, _NOTE)


def _unplaced_count_of_own_sheet(book: Workbook, sheet: Sheet) -> Iterator[UnplacedValue]:
    count = len(sheet.cells_with_content)
    if count:
        source = Source(book.path.name, sheet.name, "")
        yield UnplacedValue(f"シート「{sheet.name}」", f"入力のあるセル {count} 個", source, _SHEET)


def _names_of_item_sheets(plan_match: PlanMatch) -> Iterator[str]:
    """The sheets of the items that the book was issued with, and of the plan's."""
    for item in plan_match.plan.items_of(plan_match.stamp.group):
        sheet = plan_match.sheet_of(item)
        if sheet:
            yield sheet.name
    for mark in plan_match.stamp.items:
        sheet = find_item_sheet(plan_match.book, mark.stored, mark.id)
        if sheet:
            yield sheet.name


def _names_of_cells(submission: Submission) -> Iterator[tuple[Source, str]]:
    """The lines by their cells; cells of tables are named by their table."""
    for item in submission.items:
        for line in item.lines:
            if line.source:
                yield line.source, line_place(item.item, line)
        for table in item.tables:
            for row in table.rows:
                for cell in row.cells:
                    if cell.source:
                        yield cell.source, f"{item.item}/{table.table}"
