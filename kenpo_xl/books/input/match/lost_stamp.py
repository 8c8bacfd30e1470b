"""Identifies an input book without its stamp by headers, titles and plan texts.

Its sheets were copied into another workbook, or the hidden sheet was deleted. Each sheet belongs to the item
whose title it displays, else to the one whose plan text it displays, whatever the name of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain

from kenpo_xl.books.common import names
from kenpo_xl.books.common.stamp import Stamp, branch_and_period_key, not_an_input_book_error, read_stamp
from kenpo_xl.books.input.line_headers import find_line_headers
from kenpo_xl.books.input.plan_text import displayed_block_texts
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.items import groups_of_item
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.cell_areas import positions_and_texts
from kenpo_xl.ooxml.references import quoted_sheet
from kenpo_xl.ooxml.workbook import Sheet, Workbook

_TITLE_ROWS, _TITLE_COLUMNS = 3, 6
# Letters of the plan text that no other item happens to have.
_ENOUGH = 12
_USE_ISSUED_BOOK = "取りまとめ担当に「ブックを写す」で新しい入力ブックに写してもらい、提出してください。"


def read_or_derive_stamp(book: Workbook, plan: Plan) -> Stamp:
    """The stamp of an input book, derived from its sheets if it is missing.

    The sheets of such a book get the defined names of their items, as in the issued book. Raises KenpoError
    for any other workbook, and if the items of the sheets are uncertain.
    """
    stamp = read_stamp(book)
    return StamplessBook(book, plan).derived_stamp() if stamp is None else stamp


def add_item_name(book: Workbook, key: str, sheet: Sheet, cell: str) -> None:
    """Give the title cell of an item's sheet the name that it has in the issued book, unless it has that."""
    book.names.setdefault(names.item_excel_name(key), f"{quoted_sheet(sheet.name)}!{cell}:{cell}")


@frozen
class StamplessBook:
    """A workbook without a stamp beside the plan."""

    book: Workbook
    plan: Plan

    def derived_stamp(self) -> Stamp:
        """The stamp; KenpoError if the items of the sheets are uncertain or of several groups."""
        return self.stamp_of_group(self._group_of_sheets())

    def stamp_of_group(self, group: str) -> Stamp:
        """The stamp of a group's book, after its sheets got the names of their items."""
        keys = {item.id: item.key for item in self.plan.items}
        for item, (sheet, cell) in self.sheet_and_title_cell_by_item.items():
            add_item_name(self.book, keys[item], sheet, cell)
        period, matches = self.period_and_whether_it_matches()
        key = branch_and_period_key(self.plan) if matches else period
        fact = f"「{names.CONTROL}」の期（{period}）は計画と合っています。" if period and matches else ""
        unknown = f"「{names.CONTROL}」に期がないため、この期のものか確かめられません。"
        return Stamp(key, group, lost=fact or unknown)

    def _group_of_sheets(self) -> str:
        """The group of the items whose sheets are in the book; raises KenpoError for none or several."""
        groups = self._owners_of_sheets()
        name = self.book.path.name
        if not groups:
            raise not_an_input_book_error(name)
        if len(groups) > 1:
            raise KenpoError(
                f"{name} には{'と'.join(groups)}の項のシートがあり、どのグループのブックか決められません。"
                f"{_USE_ISSUED_BOOK}"
            )
        doubtful = self._unrecognizable_sheet_name(groups[0])
        if doubtful:
            raise KenpoError(
                f"{name} のシート「{doubtful}」は、表題も計画内容も計画と違い、どの項のものか決められません。"
                f"{_USE_ISSUED_BOOK}"
            )
        return groups[0]

    def _owners_of_sheets(self) -> list[str]:
        """The only group that has all items whose sheets are in the book, else every group that has one."""
        owners = [groups_of_item(item) for item in self._items_by_sheet.values()]
        of_all = [group for group in self.plan.groups if owners and all(group in one for one in owners)]
        return of_all if len(of_all) == 1 else list(dict.fromkeys(chain.from_iterable(owners)))

    def _unrecognizable_sheet_name(self, group: str) -> str:
        """The name of a sheet that is an item's number, without its title or text; '' for none."""
        lacking = (
            item.id for item in self.plan.items_of(group) if item.id not in self.sheet_and_title_cell_by_item
        )
        return next(
            (one for one in lacking if one in {sheet.name for sheet in self.sheets_with_progress_lines}), ""
        )

    @cached_property
    def sheets_with_progress_lines(self) -> list[Sheet]:
        """The sheets with the headers of progress."""
        return [sheet for sheet in self._readable_sheets() if find_line_headers(sheet, None)]

    def _readable_sheets(self) -> Iterator[Sheet]:
        for sheet in self.book.sheets.values():
            try:
                if sheet.cells is not None:
                    yield sheet
            except KenpoError:
                continue

    @cached_property
    def _items_by_sheet(self) -> Mapping[str, Item]:
        """The item of each sheet that displays one."""
        found = ((sheet.name, self._item_of_sheet(sheet)) for sheet in self.sheets_with_progress_lines)
        return {name: item for name, item in found if item is not None}

    @cached_property
    def sheet_and_title_cell_by_item(self) -> Mapping[str, tuple[Sheet, str]]:
        """The sheet and title cell of each item; of copies the sheet named by its number."""
        found: dict[str, tuple[Sheet, str]] = {}
        for sheet in self.sheets_with_progress_lines:
            item = self._items_by_sheet.get(sheet.name)
            if item and (item.id not in found or sheet.name == item.id):
                found[item.id] = sheet, self._title_cell(sheet, item)
        return found

    def _item_of_sheet(self, sheet: Sheet) -> Item | None:
        """The item with the title (of several, the number) of a sheet, else with its text."""
        texts = {normalized(sheet.text(*place)) for place in _title_cells(sheet)}
        titled = [item for item in self.plan.items if normalized(item.title) in texts]
        if len(titled) > 1:
            return next((item for item in titled if item.id == sheet.name), None)
        return titled[0] if titled else self._item_of_text(sheet)

    def _item_of_text(self, sheet: Sheet) -> Item | None:
        """The item with most plan text on a sheet; None if that is little or ambiguous."""
        displayed = "\n".join(normalized(one.text) for one in displayed_block_texts(sheet).values())
        found = {item.id: _count_displayed_letters(displayed, item) for item in self.plan.items}
        most = max(found.values(), default=0)
        best = [item for item in self.plan.items if found[item.id] == most]
        return best[0] if most >= _ENOUGH and len(best) == 1 else None

    def _title_cell(self, sheet: Sheet, item: Item) -> str:
        wanted = normalized(item.title)
        place = next(
            (place for place in _title_cells(sheet) if normalized(sheet.text(*place)) == wanted), (1, 2)
        )
        return a1(*place)

    def period_and_whether_it_matches(self) -> tuple[str, bool]:
        """The period on the sheet 操作, and whether it is the plan's; '' and true for none."""
        title, period = self._title_and_period()
        expected = f"{fill_placeholders(self.plan.title, self.plan.placeholder_context())}{names.TITLE_END}"
        if title and normalized(title) != normalized(expected):
            return f"{title.removesuffix(names.TITLE_END).strip()} {period}".strip(), False
        return period, normalized(period) in ("", PeriodKey.of(self.plan).label)

    def _title_and_period(self) -> tuple[str, str]:
        """Title and period on the sheet 操作, '' each where it has none."""
        sheet = next((one for one in self._readable_sheets() if normalized(one.name) == names.CONTROL), None)
        if sheet is None:
            return "", ""
        texts = dict(positions_and_texts(sheet))
        title = next((text for text in texts.values() if text.endswith(names.TITLE_END)), "")
        header = next((place for place, text in texts.items() if text == names.PERIOD_HEADER), None)
        return title, sheet.text(header[0], header[1] + 1) if header else ""


def _count_displayed_letters(shown: str, item: Item) -> int:
    """The number of letters of an item's plan sentences that are displayed."""
    sentences = (normalized(sentence) for block in item.blocks for sentence in block.sentences)
    return sum(len(one) for one in sentences if not PLACEHOLDER.search(one) and one in shown)


def _title_cells(sheet: Sheet) -> Iterator[CellPosition]:
    """The cells near the top of a sheet, where its title is."""
    rows = [row for row in sheet.non_empty_columns_by_row if row <= _TITLE_ROWS]
    return (
        (row, column)
        for row in rows
        for column in sheet.non_empty_columns_by_row[row]
        if column <= _TITLE_COLUMNS
    )
