"""Surveys an input book besides its values, for rules on structure and security."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path

from kenpo_xl.annotations.acceptances import ACCEPTED, FINDINGS, unrecorded_acceptances
from kenpo_xl.books.common import names
from kenpo_xl.books.common.macros.lost_buttons import has_lost_buttons
from kenpo_xl.books.common.macros.python_cell import python_settings, source_of_python_cell
from kenpo_xl.books.common.macros.reader import foreign_macros
from kenpo_xl.books.common.save_record import read_save_record
from kenpo_xl.books.input.inspect.changed_formats import cells_with_changed_format
from kenpo_xl.books.input.inspect.external_links import external_links
from kenpo_xl.books.input.inspect.hidden_data import hidden_parts_with_data
from kenpo_xl.books.input.inspect.unnamed_lines import edits_that_name_lines
from kenpo_xl.books.input.line_headers import find_line_headers
from kenpo_xl.books.input.match.issued_items import find_item_sheet
from kenpo_xl.books.input.match.lost_stamp import read_or_derive_stamp
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.plan_text import altered_texts
from kenpo_xl.books.input.read.earlier_reading import EarlierReading
from kenpo_xl.books.input.read.other_content import user_content_of_other_sheet
from kenpo_xl.books.input.read.read_cells import ReadCells
from kenpo_xl.books.input.read.reader import read_matched_submission
from kenpo_xl.books.input.read.table_reader import FORMULA
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.inspection import (
    AlteredText,
    Macro,
    SheetSeen,
    StruckText,
    Survey,
    Visibility,
)
from kenpo_xl.domain.submission.submission import BookPart, Submission, Unread
from kenpo_xl.ooxml.embedded_parts import embedded_parts
from kenpo_xl.ooxml.file_extension import package_extension
from kenpo_xl.ooxml.parts import relations_by_id
from kenpo_xl.ooxml.rich_text import struck_letters
from kenpo_xl.ooxml.workbook import Sheet, Workbook, text_of_value

_OURS = (names.CONTROL, FINDINGS, ACCEPTED, names.STAMP_SHEET)
_MISSING = ("シート", "実施状況", "表", "列", "行")
_COPY = LazyPattern(r"(.+?)\s*\(\d+\)", needs="(")
_MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet")
_TITLE_ROWS, _TITLE_COLUMNS = 3, 6


def read_book(
    place: Path | Workbook,
    plan: Plan,
    on_open: Callable[[PlanMatch], None] | None = None,
    read_moved: Callable[[PlanMatch], tuple[Submission, Survey] | None] | None = None,
    earlier: EarlierReading | None = None,
) -> tuple[Submission, Survey]:
    """The submission and survey of a book, parsed once; KenpoError for other files.

    For a book of another plan or group the submission is empty, and the survey contains the mismatch.
    `on_open` is called with a book of this plan, to be read further without another parse. `read_moved` reads
    a book of an earlier plan of the period, and returns None for any other. What `earlier` and the book share
    is not read again.
    """
    book = place if isinstance(place, Workbook) else Workbook(place)
    stamp = (earlier and earlier.stamp_on_same_sheet(book)) or read_or_derive_stamp(book, plan)
    failure = stamp.mismatch_and_advice(plan)
    plan_match = PlanMatch(book, plan, stamp)
    moved = read_moved(plan_match) if read_moved else None
    if on_open and not failure:
        on_open(plan_match)
    if moved:
        return moved
    if failure:
        record = read_save_record(book, has_stamp=not stamp.lost)
        whole = replace(_Surveyor(plan_match).survey_book(), foreign=failure[0], remedy=failure[1], lost="")
        return Submission(stamp.group, (), book.path.name, record=record), whole
    return read_opened_book(plan_match, earlier)


def read_opened_book(
    plan_match: PlanMatch, earlier: EarlierReading | None = None
) -> tuple[Submission, Survey]:
    """The submission and survey of a book of a plan."""
    read_cells = ReadCells()
    submission = read_matched_submission(plan_match, read_cells, earlier)
    return submission, _Surveyor(plan_match, read_cells).survey_book(submission)


@frozen
class _Surveyor:
    """One book, each of its sheets inspected once."""

    plan_match: PlanMatch
    read_cells: ReadCells = field(default_factory=ReadCells)

    @property
    def book(self) -> Workbook:
        return self.plan_match.book

    def survey_book(self, submission: Submission | None = None) -> Survey:
        """The survey; without a submission only what does not depend on the plan."""
        readable, unreadable = self._readable_and_unreadable
        found = Survey(
            sheets=self._sheet_visibilities,
            links=tuple(external_links(self.book.package, self.book.main, readable, self._file_name)),
            macros=(*foreign_macros(self.book.package), *self._excel4_macro_sheets()),
            lost=self.plan_match.stamp.lost,
            skipped_parts=(*self._content_far_outside(), *unreadable),
            pythons=python_settings(self.book),
            python_cell=source_of_python_cell(self.book),
            embedded=tuple(embedded_parts(self.book.package, self.book.main, readable, self._file_name)),
            correct_extension=self._correct_extension_if_wrong,
            unrecorded=unrecorded_acceptances(self.book),
            buttons_gone=names.STATUS in self.book.names and not self._has_macros,
            buttons_lost=has_lost_buttons(self.book.package),
        )
        return found if submission is None else self._with_differences_from_plan(found, submission)

    def _with_differences_from_plan(self, found: Survey, submission: Submission) -> Survey:
        """The survey with what differs from the plan and the book as issued."""
        missed, copies = submission.missed, tuple(self._copies_of_item_sheets())
        return replace(
            found,
            missing=tuple(part for part in missed if part.kind in _MISSING),
            unknown=tuple(part for part in missed if part.kind not in (*_MISSING, FORMULA)),
            formulas_without_result=tuple(part for part in missed if part.kind == FORMULA),
            changed_formats=tuple(cells_with_changed_format(self.book, self.plan_match.plan, submission)),
            outdated=tuple(self.plan_match.parts_of_outdated_tables()),
            unnamed_parts=tuple(self._parts_without_excel_name(submission)),
            hidden=tuple(hidden_parts_with_data(self.book, submission)),
            altered=tuple(self._altered_texts()),
            copies=copies,
            struck=tuple(self._struck_texts()),
            line_edits=tuple(edits_that_name_lines(self.book, submission)),
            unread_elsewhere=tuple(self._unread_on_other_sheets(copies)),
        )

    @property
    def _file_name(self) -> str:
        return self.book.path.name

    @cached_property
    def _items_by_sheet(self) -> dict[str, Item]:
        """The items of the book by the name of their sheet."""
        items = self.plan_match.plan.items_of(self.plan_match.stamp.group)
        sheets = ((self.plan_match.sheet_of(item), item) for item in items)
        return {sheet.name: item for sheet, item in sheets if sheet is not None}

    @cached_property
    def _sheets_of_dropped_items(self) -> set[str]:
        """The sheets of items that the plan no longer has."""
        sheets = (find_item_sheet(self.book, mark.stored, mark.id) for mark in self.plan_match.stamp.items)
        return {sheet.name for sheet in sheets if sheet is not None}

    def _is_program_sheet(self, sheet: str) -> bool:
        is_item = sheet in self._items_by_sheet or sheet in self._sheets_of_dropped_items
        return is_item or normalized(sheet) in _OURS

    @cached_property
    def _sheet_visibilities(self) -> tuple[SheetSeen, ...]:
        states = {state.value: state for state in Visibility}
        return tuple(
            SheetSeen(name, states.get(state, Visibility.VISIBLE), self._is_program_sheet(name))
            for element in self.book.package.elements(self.book.main, ("sheet",))
            for name, state in [(element.get("name", ""), element.get("state", ""))]
        )

    @cached_property
    def _readable_and_unreadable(self) -> tuple[list[Sheet], list[BookPart]]:
        """The readable sheets, the program's own first, and the unreadable ones."""
        readable, unreadable = [], []
        sheets = self.book.sheets.values()
        for sheet in sorted(sheets, key=lambda sheet: not self._is_program_sheet(sheet.name)):
            if sheet.is_readable:
                readable.append(sheet)
            else:
                unreadable.append(
                    BookPart("大きすぎるか壊れているシート", sheet.name, self._source_at(sheet))
                )
        return readable, unreadable

    @property
    def _correct_extension_if_wrong(self) -> str:
        ending = package_extension(self.book.package, self.book.main)
        return "" if ending == self.book.path.suffix.lower() else ending

    @property
    def _has_macros(self) -> bool:
        kinds = (kind for kind, _ in relations_by_id(self.book.package, self.book.main).values())
        return "vbaProject" in kinds

    def _source_at(self, sheet: Sheet, cell: str = "") -> Source:
        return Source(self._file_name, sheet.name, cell)

    def _excel4_macro_sheets(self) -> Iterator[Macro]:
        relations = relations_by_id(self.book.package, self.book.main)
        for element in self.book.package.elements(self.book.main, ("sheet",)):
            identity = next((value for key, value in element.items() if str(key).endswith("}id")), "")
            if relations.get(str(identity), ("", ""))[0] in _MACRO_SHEETS:
                yield Macro(element.get("name", ""), "（Excel 4.0 マクロのシート）")

    def _parts_without_excel_name(self, submission: Submission) -> Iterator[BookPart]:
        """Progress and tables without their Excel name; the source of a table is its title."""
        if self.plan_match.stamp.lost:
            return
        sheets = {item.id: self.book.sheets[sheet] for sheet, item in self._items_by_sheet.items()}
        for entry in submission.items:
            here = self._source_at(sheets[entry.item])
            if entry.lines and not self.book.named_area(self.plan_match.excel_name_of_lines(entry.item)):
                yield BookPart("実施状況", f"{entry.item}/実施状況", here, "実施状況")
            for table in entry.tables:
                planned = self.plan_match.plan.tables[entry.item, table.table]
                if not self.book.named_area(self.plan_match.excel_name_of_table(planned)):
                    yield BookPart(
                        "表", f"{entry.item}/{table.table}", table.title or here, f"表「{table.table}」"
                    )

    def _altered_texts(self) -> Iterator[AlteredText]:
        for sheet, item in self._items_by_sheet.items():
            known = self.plan_match.issued_texts_of_blocks(item)
            yield from altered_texts(
                self.plan_match.plan, item, self.book.sheets[sheet], self._file_name, known
            )

    def _copies_of_item_sheets(self) -> Iterator[BookPart]:
        """Copies of an item's sheet: its headers, and its title or a name like 1-1 (2)."""
        for sheet in self._readable_and_unreadable[0]:
            if not self._is_program_sheet(sheet.name) and find_line_headers(sheet, None):
                item = self._item_copied_to_sheet(sheet)
                if item:
                    words = f"シート「{sheet.name}」は「{item.id} {item.title}」の写し"
                    yield BookPart("シート", item.id, self._source_at(sheet), words)

    def _item_copied_to_sheet(self, sheet: Sheet) -> Item | None:
        named = _COPY.fullmatch(sheet.name)
        if named and named[1] in self._items_by_sheet:
            return self._items_by_sheet[named[1]]
        places = ((row, column) for row in range(1, _TITLE_ROWS) for column in range(1, _TITLE_COLUMNS))
        texts = {normalized(sheet.text(*place)) for place in places}
        return next((item for item in self._items_by_sheet.values() if normalized(item.title) in texts), None)

    def _unread_on_other_sheets(self, copies: Iterable[BookPart]) -> Iterator[Unread]:
        """Unread content of other sheets, except hidden ones and copies."""
        reported = {one.name for one in self._sheet_visibilities if one.visibility is not Visibility.VISIBLE}
        reported |= {copy.source.sheet for copy in copies}
        reported |= self._items_by_sheet.keys() | self._sheets_of_dropped_items
        others = [sheet for sheet in self._readable_and_unreadable[0] if sheet.name not in reported]
        is_alone = all(self._is_program_sheet(sheet.name) for sheet in others)
        used = "" if is_alone else self._all_formulas_of_items
        found = (user_content_of_other_sheet(self.book, sheet, self.read_cells, used) for sheet in others)
        yield from filter(None, found)

    @property
    def _all_formulas_of_items(self) -> str:
        """The formulas of the items' sheets, joined by line feeds."""
        sheets = (self.book.sheets[name] for name in self._items_by_sheet)
        return "\n".join(cell.formula for sheet in sheets for cell in sheet.cells.values() if cell.formula)

    def _content_far_outside(self) -> Iterator[BookPart]:
        for sheet in self._readable_and_unreadable[0]:
            if self._is_program_sheet(sheet.name):
                for stray in sheet.skipped_contents:
                    yield BookPart(
                        stray.what, self._item_number_or_sheet_name(sheet), self._source_at(sheet, stray.cell)
                    )

    def _struck_texts(self) -> Iterator[StruckText]:
        """The struck-through texts in parts of items and in the reason for errors."""
        for sheet, at in self._cells_with_struck_text():
            cell = sheet.get(*at)
            struck = struck_letters(cell.value) if cell else ""
            if cell and struck:
                yield StruckText(
                    self._source_at(sheet, a1(*at)),
                    struck,
                    text_of_value(cell.value),
                    bool(cell.formula),
                )

    def _cells_with_struck_text(self) -> Iterator[tuple[Sheet, CellPosition]]:
        for sheet in (self.book.sheets[name] for name in self._items_by_sheet):
            yield from ((sheet, at) for at in sheet.struck_positions if sheet.is_within_extent_of_names(*at))
        override = self.book.named_area(names.OVERRIDE)
        if override and self.book.sheets[override.sheet] in self._readable_and_unreadable[0]:
            yield self.book.sheets[override.sheet], (override.top, override.left)

    def _item_number_or_sheet_name(self, sheet: Sheet) -> str:
        item = self._items_by_sheet.get(sheet.name)
        return item.id if item else sheet.name
