"""Reads one input book (入力ブック) into a submission: parts by name, cells by headers.

Inserted, deleted, sorted and moved rows and columns, merged cells, blank and hidden rows do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kenpo_xl.annotations.acceptances import listed_remarks, read_acceptances
from kenpo_xl.books.common import names
from kenpo_xl.books.common.save_record import read_save_record
from kenpo_xl.books.input.line_headers import MARK_COLUMN, find_line_headers
from kenpo_xl.books.input.match.lost_stamp import read_or_derive_stamp
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.earlier_reading import EarlierReading
from kenpo_xl.books.input.read.kpi_reader import read_kpis
from kenpo_xl.books.input.read.quoted_lines import lines_with_names_of_figures
from kenpo_xl.books.input.read.rating_cells import RATING_FIELDS, read_rating
from kenpo_xl.books.input.read.read_cells import PartName, ReadCells
from kenpo_xl.books.input.read.table_reader import FORMULA, TableReader
from kenpo_xl.books.input.read.unplaced import read_converted_values, read_uncertain_values
from kenpo_xl.books.input.read.unread import unread_reports_of_items
from kenpo_xl.books.input.sentence_formulas import is_line_formula
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.findings.return_remark import ListedRemark
from kenpo_xl.domain.frozen import replace
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item, Plan, StartLine
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import (
    BookPart,
    ItemEntry,
    LineEntry,
    RatingEntry,
    Submission,
    UnreadNear,
)
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.rich_text import emphasised_spans, text_typed_by_user
from kenpo_xl.ooxml.workbook import Sheet, Workbook

_KINDS = {normalized(kind): kind for kind in LineKind}


def read_submission(path: Path, plan: Plan) -> Submission:
    """The contents of the book; KenpoError if it does not belong to the plan."""
    return read_opened_submission(Workbook(path), plan)


def read_opened_submission(book: Workbook, plan: Plan) -> Submission:
    """The same of a workbook that is opened."""
    return read_matched_submission(match_with_this_plan(book, plan))


def match_with_this_plan(book: Workbook, plan: Plan) -> PlanMatch:
    """A book of this plan, matched with it; KenpoError for any other workbook."""
    found = PlanMatch(book, plan, read_or_derive_stamp(book, plan))
    refuse_book_of_another_plan(found)
    return found


def refuse_book_of_another_plan(plan_match: PlanMatch) -> None:
    """Raise KenpoError if a book does not belong to the plan that it was matched with."""
    failure = plan_match.stamp.mismatch_and_advice(plan_match.plan)
    if failure:
        raise KenpoError(f"{plan_match.book.path.name} {''.join(failure)}")


def read_matched_submission(
    plan_match: PlanMatch,
    read_cells: ReadCells | None = None,
    earlier: EarlierReading | None = None,
    *,
    finds_unread: bool = True,
) -> Submission:
    """The contents of a book of this plan; cells that were read are added to `read_cells`.

    Items whose sheets are those of an earlier state of the book are not read again. Where no caller asks for
    unread content, none is looked for.
    """
    book, plan, stamp = plan_match.book, plan_match.plan, plan_match.stamp
    read_cells = ReadCells() if read_cells is None else read_cells
    earlier = earlier if earlier and earlier.fits(plan_match) else None
    readers = [_ItemReader(item, plan_match, read_cells, earlier) for item in plan.items_of(stamp.group)]
    entries = tuple(entry for entry in (reader.read_item_entry() for reader in readers) if entry)
    missed = [part for reader in readers for part in reader.missed]
    return Submission(
        stamp.group,
        entries,
        book.path.name,
        tuple(missed),
        tuple(_acceptances_in_names_of_plan(book, plan_match)),
        read_save_record(book, has_stamp=not stamp.lost),
        plan_match.mismatches(entries),
        tuple(unread_reports_of_items(plan_match, read_cells, missed) if finds_unread else ()),
        tuple(read_converted_values(book)),
        tuple(read_uncertain_values(book)),
        tuple(_remarks_in_names_of_plan(book, plan_match)),
    )


def _acceptances_in_names_of_plan(book: Workbook, plan_match: PlanMatch) -> Iterator[Acceptance]:
    """What staff accepted, by today's numbers and names; by both numbers if an item has another one now."""
    for one in read_acceptances(book):
        for identity in plan_match.current_identities(one.identity):
            yield replace(one, identity=identity)


def _remarks_in_names_of_plan(book: Workbook, plan_match: PlanMatch) -> Iterator[ListedRemark]:
    """The planner's remarks in 指摘, under the same identities as what staff accepted."""
    for one in listed_remarks(book):
        for identity in plan_match.current_identities(one.identity):
            yield replace(one, identity=identity)


class _ItemReader:
    """Reads the sheet of one item, whatever its position and name."""

    def __init__(
        self, item: Item, plan_match: PlanMatch, read_cells: ReadCells, earlier: EarlierReading | None
    ) -> None:
        self.book, self.plan, self.item = plan_match.book, plan_match.plan, item
        self.plan_match, self.read_cells, self.earlier = plan_match, read_cells, earlier
        self.part = PartName(UnreadNear.LINES, f"{item.id}/実施状況", "実施状況")
        self.key = plan_match.issued_key_of(item)
        self.sheet = plan_match.sheet_of(item)
        self.missed: list[BookPart] = []
        self.rating_cells: dict[str, Source] = {}
        self.blank_lines: list[LineEntry] = []
        self.plan_row_ratings: list[RatingEntry] = []

    def read_item_entry(self) -> ItemEntry | None:
        if self.key is None:
            return None
        if self.sheet is None:
            words = f"シート {self.item.id}（{self.item.title}）"
            self.missed.append(BookPart("シート", self.item.id, Source(self.book.path.name, "", ""), words))
            return None
        known = self.earlier and self.earlier.entry_on_same_sheet(self.item, self.plan_match, self.read_cells)
        if known:
            self.missed += known[1]
            return known[0]
        return self._read_sheet(self.sheet, self.key)

    def _read_sheet(self, sheet: Sheet, key: str) -> ItemEntry:
        rows = list(self._read_lines(sheet, key))
        read_lines = [line for line, _ in rows if line is not None]
        # A rating is sometimes pasted into the row of the plan instead of the first row of the block.
        ratings = (*(rating for _, rating in rows if rating is not None), *self.plan_row_ratings)
        tables = TableReader(self.book, self.plan, sheet, key, self.read_cells)
        wanted = filter(self.plan_match.still_has_area_for, self.item.tables)
        entries = tuple(entry for entry in map(tables.read_table, wanted) if entry)
        lines = tuple(lines_with_names_of_figures(self.plan, self.item, sheet, read_lines, entries))
        self.missed += filter(self._was_in_issued_book, tables.missed)
        kpis = tuple(read_kpis(self.book, sheet, self.plan, self.read_cells, self.item.id))
        absent = self.plan_match.blocks_absent_from_book(self.item)
        rating_cells, blank_lines = tuple(self.rating_cells.items()), tuple(self.blank_lines)
        return ItemEntry(self.item.id, lines, ratings, entries, rating_cells, kpis, absent, blank_lines)

    def _was_in_issued_book(self, part: BookPart) -> bool:
        """Whether a missing part was in the book as issued."""
        tables = (table for table in self.item.tables if part.identity == f"{table.item}/{table.name}")
        return part.kind != "表" or all(map(self.plan_match.was_issued_with, tables))

    def _read_lines(self, sheet: Sheet, key: str) -> Iterator[tuple[LineEntry | None, RatingEntry | None]]:
        found = find_line_headers(sheet, self.book.named_area(names.lines_excel_name(key)))
        if found is None:
            here = Source(self.book.path.name, sheet.name, "")
            words = f"実施状況の見出し（シート {self.item.id}）"
            self.missed.append(BookPart("実施状況", f"{self.item.id}/実施状況", here, words))
            return
        top, bottom, columns = found.first_row, found.last_row, found.columns
        self._record_cells_as_read(sheet, top - 1, columns.values())
        block, text_field = self.plan_match.first_block_name(self.item), ""
        for row in (row for row in sheet.non_empty_columns_by_row if top <= row <= bottom):
            text = text_typed_by_user(sheet.value(row, columns[names.TEXT_HEADER]))
            if text.startswith(names.MORE_LINES):
                self._record_cells_as_read(
                    sheet, row, [columns[names.TEXT_HEADER]] if text == names.MORE_LINES else []
                )
                return
            if found.has_plan_text(sheet, row):
                self._record_cells_as_read(sheet, row, [MARK_COLUMN, columns[names.KIND_HEADER]])
                block = self._block_of_plan_text(sheet.text(row, columns[names.BLOCK_HEADER]), block)
                text_field = ""
                if block and (rating := self._read_rating(sheet, row, columns, block)):
                    self.plan_row_ratings.append(rating)
                continue
            self._record_line_as_read(sheet, row, columns)
            self.missed += self._cells_without_value(sheet, row, columns)
            text = text or self._sign_of_quoting_cell(sheet, row, columns)
            block = self._block_of_row(sheet, row, columns[names.BLOCK_HEADER], block)
            if not block:
                continue
            rated_in = a1(row, columns[names.RATING_HEADER])
            self.rating_cells.setdefault(block, Source(self.book.path.name, sheet.name, rated_in))
            text_field = self._text_field_of_row(sheet, row, columns, text_field)
            line = replace(self._read_line(sheet, row, columns, block, text), text_field=text_field)
            if not text:
                self.blank_lines.append(line)
            yield line if text else None, self._read_rating(sheet, row, columns, block)

    def _record_cells_as_read(self, sheet: Sheet, row: int, columns: Iterable[int]) -> None:
        for column in columns:
            self.read_cells.record_cell(sheet, self.part, row, column)

    def _record_line_as_read(self, sheet: Sheet, row: int, columns: dict[str, int]) -> None:
        """Record the cells read of a row, without unknown kinds and reasons without a rating."""
        headers = [names.BLOCK_HEADER, names.TEXT_HEADER]
        kind = sheet.text(row, columns[names.KIND_HEADER])
        if normalized(kind) in _KINDS or self.plan.text_field_once_named(kind):
            headers.append(names.KIND_HEADER)
        if normalized(sheet.text(row, columns.get(names.CONFIRM_HEADER, 0))) == names.CONFIRMED:
            headers.append(names.CONFIRM_HEADER)
        headers.append(names.CARRIED_HEADER)
        self._record_cells_as_read(sheet, row, [columns[header] for header in headers if header in columns])
        if sheet.text(row, MARK_COLUMN).startswith("L"):
            self._record_cells_as_read(sheet, row, [MARK_COLUMN])
        cell = sheet.get(row, columns[names.TEXT_HEADER])
        if cell and cell.formula:
            self.read_cells.record_formula(sheet, cell.formula)

    def _read_rating(self, sheet: Sheet, row: int, columns: dict[str, int], block: str) -> RatingEntry | None:
        """The rating of a row, None for none; its reason and month are read with it alone."""
        rating = read_rating(self.book.path.name, sheet, row, columns, block)
        if rating:
            self._record_cells_as_read(sheet, row, [columns[one] for one in RATING_FIELDS if one in columns])
        return rating

    def _read_line(self, sheet: Sheet, row: int, columns: dict[str, int], block: str, text: str) -> LineEntry:
        kind = _KINDS.get(normalized(sheet.text(row, columns[names.KIND_HEADER])), LineKind.TEXT)
        source = Source(self.book.path.name, sheet.name, a1(row, columns[names.TEXT_HEADER]))
        text = self._name_of_today(kind, text)
        known = {LineKind.TABLE: self.item.table, LineKind.KPI: self.plan.kpi}
        given_up = self.plan_match.is_line_dropped_by_plan(self.item, StartLine(kind, text))
        if text and kind in known and known[kind](text) is None and not given_up:
            name, identity = ("表", f"{self.item.id}/{text}") if kind is LineKind.TABLE else ("指標", text)
            words = f"{name} {identity}（{source.sheet}!{source.cell} の行が載せる{name}）"
            self.missed.append(BookPart(f"載せる{name}", identity, source, words))
        mark = sheet.text(row, MARK_COLUMN)
        mark = mark if mark.startswith("L") else ""
        carried, confirmed = (
            text_typed_by_user(sheet.value(row, columns[header])) if header in columns else ""
            for header in (names.CARRIED_HEADER, names.CONFIRM_HEADER)
        )
        return LineEntry(
            block,
            kind,
            text,
            mark,
            source,
            left_out=given_up,
            carried=carried,
            confirmed=normalized(confirmed) == names.CONFIRMED,
            emphases=emphasised_spans(sheet.value(row, columns[names.TEXT_HEADER]), text),
        )

    def _text_field_of_row(self, sheet: Sheet, row: int, columns: dict[str, int], above: str) -> str:
        """The text field that a row is of, which goes on where its kind is empty; '' for progress."""
        kind = sheet.text(row, columns[names.KIND_HEADER])
        return self.plan.text_field_once_named(kind) if kind else above

    def _sign_of_quoting_cell(self, sheet: Sheet, row: int, columns: dict[str, int]) -> str:
        """… for a line whose formula quotes figures and shows nothing, else ''."""
        cell = sheet.get(row, columns[names.TEXT_HEADER])
        return "…" if cell and cell.formula and is_line_formula(cell.formula) else ""

    def _name_of_today(self, kind: LineKind, text: str) -> str:
        """The name of a table or KPI in a line, by which the plan calls it now."""
        once_named = {LineKind.TABLE: self.item.table_once_named, LineKind.KPI: self.plan.kpi_once_named}
        found = once_named[kind](text) if kind in once_named else None
        return found.name if found else text

    def _cells_without_value(self, sheet: Sheet, row: int, columns: dict[str, int]) -> Iterator[BookPart]:
        """The cells of a line with a formula without a stored result."""
        for header in names.LINE_HEADERS[2:]:
            cell = sheet.get(row, columns[header]) if header in columns else None
            if cell and cell.formula and cell.value is None and not is_line_formula(cell.formula):
                source = Source(self.book.path.name, sheet.name, a1(row, columns[header]))
                yield BookPart(FORMULA, f"{self.item.id}/実施状況", source, f"実施状況の「{header}」")

    def _block_of_plan_text(self, number: str, current: str) -> str:
        """The block that a plan text begins, the current one for an unknown number; '' for a dropped one."""
        found = self.plan_match.plan_block_of_typed_name(self.item, number) if number else None
        return current if found is None else found

    def _block_of_row(self, sheet: Sheet, row: int, column: int, current: str) -> str:
        """The block of a row: the typed one, else that of the row above; '' for none."""
        typed = sheet.text(row, column)
        found = self.plan_match.plan_block_of_typed_name(self.item, typed) if typed else current
        if found is None:
            source = Source(self.book.path.name, sheet.name, a1(row, column))
            self.missed.append(BookPart("ブロック", f"{self.item.id}/{typed}", source))
        return current if found is None else found
