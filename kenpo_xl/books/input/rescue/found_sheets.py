"""Finds the sheets of items in a book that lost its stamp or its names, and gives them these names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kenpo_xl.books.common import names
from kenpo_xl.books.common.digests import title_hash
from kenpo_xl.books.common.stamp import Stamp, branch_and_period_key
from kenpo_xl.books.input.line_headers import find_line_headers
from kenpo_xl.books.input.match.lost_stamp import StamplessBook, add_item_name
from kenpo_xl.books.input.read.alike_headers import best_unambiguous_pairs, header_likeness
from kenpo_xl.books.input.rescue.doubts import Doubts
from kenpo_xl.domain.cell_reference import CellPosition, a1, cell_position
from kenpo_xl.domain.language.normalize import normalized, title_without_number
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.results.history import YEARS
from kenpo_xl.ooxml.cell_areas import positions_and_texts
from kenpo_xl.ooxml.workbook import Sheet, Workbook

_ALIKE = 0.7
_TITLE_ROWS, _TITLE_CELL = 6, (1, 2)


def name_sheets_of_stamp(book: Workbook, stamp: Stamp) -> None:
    """Name the sheets of the items of a stamp by their titles, where their own names are lost."""
    lost = [mark for mark in stamp.items if not book.named_area(names.item_excel_name(mark.stored))]
    titles = {
        title_hash(text): (sheet, at) for sheet in _readable_sheets(book) for at, text in _top_texts(sheet)
    }
    for mark in lost:
        if mark.title in titles and not book.named_area(names.lines_excel_name(mark.stored)):
            sheet, at = titles[mark.title]
            add_item_name(book, mark.stored, sheet, a1(*at))


def name_sheets_without_stamp(book: Workbook, plan: Plan, doubts: Doubts) -> dict[str, Sheet]:
    """Name the sheets of the plan's items, by their names, titles and texts, else by likeness; by item."""
    named = {
        item.id: book.sheets[area.sheet]
        for item in plan.items
        if (area := book.named_area(names.item_excel_name(item.key)))
    }
    named |= _name_sheets_by_titles(book, plan, named, doubts)
    return named | _name_sheets_by_likeness(book, plan, named, doubts)


def _name_sheets_by_titles(
    book: Workbook, plan: Plan, named: Mapping[str, Sheet], doubts: Doubts
) -> dict[str, Sheet]:
    """Name the sheets of items that have the number, title or text of one; by item."""
    shown = StamplessBook(book, plan).sheet_and_title_cell_by_item
    taken = {sheet.name for sheet in named.values()}
    found = {}
    for number, (sheet, cell) in shown.items():
        item = plan.item(number)
        if item and number not in named and sheet.name not in taken:
            found[number] = sheet
            doubts.labels.add(normalized(sheet.text(*cell_position(cell))))
            add_item_name(book, item.key, sheet, cell)
    return found


def _name_sheets_by_likeness(
    book: Workbook, plan: Plan, named: Mapping[str, Sheet], doubts: Doubts
) -> dict[str, Sheet]:
    """Name the other sheets with parts of an item that are like one, which is doubtful; by item."""
    taken = {sheet.name for sheet in named.values()}
    free = [one for one in _readable_sheets(book) if one.name not in taken and _has_parts_of_item(one)]
    found = {}
    for item, sheet, at in _alike_sheets(free, [one for one in plan.items if one.id not in named]):
        found[item.id] = sheet
        add_item_name(book, item.key, sheet, a1(*at))
        doubts.labels.add(normalized(sheet.text(*at)))
        doubts.add_sheet(sheet.name, f"シート「{sheet.name}」を、項「{item.id} {item.title}」とみました")
    return found


def items_with_named_sheets(book: Workbook, plan: Plan) -> list[Item]:
    """The items whose sheets still have their names."""
    return [item for item in plan.items if book.named_area(names.item_excel_name(item.key))]


def period_named_on_sheets(book: Workbook, plan: Plan, sheets: Iterable[Sheet]) -> PeriodKey | None:
    """The period that the sheets of items, or else 操作, name at their top; None for none or several."""
    control = (sheet for sheet in _readable_sheets(book) if normalized(sheet.name) == names.CONTROL)
    top = "".join(normalized(text) for sheet in (*sheets, *control) for _, text in _top_texts(sheet))
    shown = {
        key
        for year in (plan.fiscal_year + offset for offset in range(-YEARS, 2))
        for number in plan.period.cycle.numbers
        if normalized((key := PeriodKey(plan.branch, year, number, plan.period.cycle)).spaced_label) in top
    }
    return shown.pop() if len(shown) == 1 else None


def title_unlike_plan(book: Workbook, plan: Plan) -> str:
    """The title of the sheet 操作 if it is not that of the plan, '' for none."""
    expected = f"{fill_placeholders(plan.title, plan.placeholder_context())}{names.TITLE_END}"
    control = (sheet for sheet in _readable_sheets(book) if normalized(sheet.name) == names.CONTROL)
    titles = (text for sheet in control for _, text in _top_texts(sheet) if text.endswith(names.TITLE_END))
    title = next(titles, "")
    return "" if normalized(title) in ("", normalized(expected)) else title.removesuffix(names.TITLE_END)


def stamp_of_found_sheets(book: Workbook, plan: Plan, group: str) -> Stamp:
    """A stamp for a book of a plan whose own is lost."""
    return Stamp(branch_and_period_key(plan), group, lost=f"{book.path.name} には記録がありません。")


def _alike_sheets(sheets: list[Sheet], items: list[Item]) -> Iterator[tuple[Item, Sheet, CellPosition]]:
    """The sheets whose title, or table captions under the number, are like those of one item only."""
    scores: dict[tuple[int, int], float] = {}
    for at, item in enumerate(items):
        for place, sheet in enumerate(sheets):
            scores[at, place] = max(_title_likeness(item, sheet), _caption_likeness(item, sheet))
    for at, place in best_unambiguous_pairs(scores, _ALIKE).items():
        item, sheet = items[at], sheets[place]
        titles = [
            (header_likeness(*_plain_titles(item.title, text)), cell) for cell, text in _top_texts(sheet)
        ]
        best = max(titles, default=(0.0, _TITLE_CELL))
        yield item, sheet, best[1] if best[0] >= _ALIKE else _TITLE_CELL


def _has_parts_of_item(sheet: Sheet) -> bool:
    """Whether a sheet has the headers of the progress, or the caption of a table."""
    texts = (text for _, text in positions_and_texts(sheet))
    return bool(find_line_headers(sheet, None)) or any(text.startswith(names.TABLE_TITLE) for text in texts)


def _title_likeness(item: Item, sheet: Sheet) -> float:
    return max(
        (header_likeness(*_plain_titles(item.title, text)) for _, text in _top_texts(sheet)),
        default=0.0,
    )


def _plain_titles(*titles: str) -> Iterable[str]:
    return (normalized(title_without_number(title)) for title in titles)


def _caption_likeness(item: Item, sheet: Sheet) -> float:
    """The share of an item's tables whose captions are on the sheet, counted for the sheet of its number."""
    captions = {normalized(names.TABLE_TITLE + table.name) for table in item.tables}
    if not captions or normalized(sheet.name) != normalized(item.id):
        return 0.0
    there = {normalized(text.removesuffix(names.NOT_PRINTED)) for _, text in positions_and_texts(sheet)}
    return len(captions & there) / len(captions)


def _top_texts(sheet: Sheet) -> Iterator[tuple[CellPosition, str]]:
    return ((at, text) for at, text in positions_and_texts(sheet) if at[0] <= _TITLE_ROWS and text)


def _readable_sheets(book: Workbook) -> Iterator[Sheet]:
    return (sheet for sheet in book.sheets.values() if sheet.is_readable)
