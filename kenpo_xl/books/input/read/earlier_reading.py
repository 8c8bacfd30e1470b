"""An earlier state of a book, as read: an item whose sheet is still the same is not read again."""

from __future__ import annotations

from kenpo_xl.books.common import names
from kenpo_xl.books.common.stamp import Stamp
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.read_cells import ReadCells
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.submission.submission import BookPart, ItemEntry, Submission
from kenpo_xl.ooxml.workbook import Sheet, Workbook


@frozen
class EarlierReading:
    """The content of a book, and the cells that were read of it."""

    plan_match: PlanMatch
    submission: Submission
    read_cells: ReadCells

    def stamp_on_same_sheet(self, book: Workbook) -> Stamp | None:
        """The stamp of a later state of the book whose hidden sheet is the same, None for any other."""
        sheet = book.sheets.get(names.STAMP_SHEET)
        is_same = sheet is not None and sheet is self.plan_match.book.sheets.get(names.STAMP_SHEET)
        return self.plan_match.stamp if is_same else None

    def fits(self, now: PlanMatch) -> bool:
        """Whether a book is matched with the same plan in the same way, whatever its sheets contain."""
        then = self.plan_match
        return (
            then.plan is now.plan
            and then.stamp == now.stamp
            and (then.book.path.name, then.book.names) == (now.book.path.name, now.book.names)
        )

    def entry_on_same_sheet(
        self, item: Item, now: PlanMatch, read_cells: ReadCells
    ) -> tuple[ItemEntry, list[BookPart]] | None:
        """What was read and what was missed of an item whose sheet is the same, None for any other.

        The cells that were read of it are added to `read_cells`.
        """
        sheet = self._same_sheet(item, now)
        entry = next((one for one in self.submission.items if one.item == item.id), None)
        if sheet is None or entry is None:
            return None
        read_cells.add_sheet(self.read_cells, sheet.name)
        return entry, [part for part in self.submission.missed if part.source.sheet == sheet.name]

    def _same_sheet(self, item: Item, now: PlanMatch) -> Sheet | None:
        sheet = now.sheet_of(item)
        is_same = self.plan_match.sheet_of(item) is sheet
        return sheet if is_same and self.plan_match.issued_key_of(item) == now.issued_key_of(item) else None
