"""Titles and texts that an input book displays of its items, by their issued numbers."""

from __future__ import annotations

from functools import cached_property

from kenpo_xl.books.common import names
from kenpo_xl.books.common.digests import text_hash
from kenpo_xl.books.common.stamp import Stamp
from kenpo_xl.books.input.plan_text import DisplayedText, displayed_block_texts
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.plan_match import BlockMark, ItemMark
from kenpo_xl.domain.submission.submission import Mismatch, MismatchKind
from kenpo_xl.ooxml.workbook import Sheet, Workbook

_TITLE_CELL = (1, 2)
_NO_TEXT = DisplayedText("", "")
# Number of letters of two texts that are compared.
_COMPARED = 400


def find_item_sheet(book: Workbook, stored: str, number: str) -> Sheet | None:
    """The sheet of an item by its defined names, else by its number."""
    area = book.named_area(names.item_excel_name(stored)) or book.named_area(names.lines_excel_name(stored))
    return book.sheets.get(area.sheet if area else number)


@frozen
class IssuedItems:
    """A book with its stamp."""

    book: Workbook
    stamp: Stamp

    def sheet_of_item(self, number: str) -> Sheet | None:
        return find_item_sheet(self.book, self._stored_name(number), number)

    def _stored_name(self, number: str) -> str:
        """The name of an item in the stamp, by its number in the book."""
        return next((mark.stored for mark in self.stamp.items if mark.id == number), number)

    def sheet_label(self, number: str) -> str:
        """The text for the sheet of an item in messages: シート「1-1」."""
        sheet = self.sheet_of_item(number)
        return f"シート「{sheet.name if sheet else number}」"

    def displayed_title(self, number: str) -> str:
        """The title displayed on the sheet of an item, '' without one."""
        sheet = self.sheet_of_item(number)
        return sheet.text(*self._title_cell(number)) if sheet else ""

    def _title_cell(self, number: str) -> CellPosition:
        area = self.book.named_area(names.item_excel_name(self._stored_name(number)))
        return (area.top, area.left) if area else _TITLE_CELL

    def cell_source(self, number: str, cell: str = "") -> Source:
        """A cell on the sheet of an item, by default that of the title."""
        sheet = self.sheet_of_item(number)
        cell = cell or a1(*self._title_cell(number))
        return Source(self.book.path.name, sheet.name, cell) if sheet else self.source_of_book

    @property
    def source_of_book(self) -> Source:
        return Source(self.book.path.name, "", "")

    def displayed_plan_texts(self, number: str) -> dict[str, DisplayedText]:
        """The plan text of each block of an item, by normalized number."""
        if number not in self._displayed_texts_by_item:
            sheet = self.sheet_of_item(number)
            self._displayed_texts_by_item[number] = displayed_block_texts(sheet) if sheet else {}
        return self._displayed_texts_by_item[number]

    @cached_property
    def _displayed_texts_by_item(self) -> dict[str, dict[str, DisplayedText]]:
        return {}

    def issued_text(self, item: ItemMark, block: BlockMark) -> str:
        """The plan text of a block as issued, '' if it was altered in the book."""
        text = self.displayed_plan_texts(item.id).get(normalized(block.name), _NO_TEXT).text
        key = names.plan_text_key(item.stored, block.stored)
        return text if text_hash(text) == self.stamp.hashes.get(key) else ""

    def block_source(self, number: str, block: str) -> Source:
        """The cell of a block number in the plan text, else that of the title."""
        found = self.displayed_plan_texts(number).get(normalized(block), _NO_TEXT)
        return self.cell_source(number, found.number_cell)

    def mismatch_at_title(self, kind: MismatchKind, identity: str, number: str, rest: str) -> Mismatch:
        """A difference at the title of an item's sheet; its text begins with the sheet."""
        return Mismatch(kind, identity, f"{self.sheet_label(number)}{rest}", self.cell_source(number))


def text_similarity(one: str, other: str) -> float:
    """The similarity of two texts from 0 to 1; 0 if one is empty."""
    from difflib import SequenceMatcher

    texts = normalized(one)[:_COMPARED], normalized(other)[:_COMPARED]
    return SequenceMatcher(None, *texts, autojunk=False).ratio() if all(texts) else 0.0
