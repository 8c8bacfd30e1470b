"""Moves a plan book on to another period: the cells that say the period change, everything else stays.

At the turn of a year last year's dates are emptied and coloured, and 過去実績 gets last year's final results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from kenpo_xl.annotations.comment_size import comment_size
from kenpo_xl.annotations.comments import CellComment, add_comments
from kenpo_xl.books.plan.lists import basics, period_list
from kenpo_xl.books.plan.support.list_sheets import ListRow, read_list_rows
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.books.plan.yearly_cells import DATES
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import NumberFormat, number_format
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, fiscal_year_text
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.calculation import compute_on_opening
from kenpo_xl.ooxml.edit.empty_cell_colour import colour_empty_cells
from kenpo_xl.ooxml.edit.new_cells import put_cells_returning_skipped
from kenpo_xl.ooxml.edit.package_editor import PackageEditor, SheetEntry
from kenpo_xl.ooxml.edit.sheet_xml import read_grid
from kenpo_xl.ooxml.edit.styles_xml import style_with_format_of
from kenpo_xl.ooxml.edit.xml_part import edit_error
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import RawCell, Workbook, text_of_value
from kenpo_xl.ooxml.zip_splice import replace_parts

_YEAR, _SOURCE = "年度", "出典"
_PAST_HEADERS = ("指標", _YEAR, "値")


@frozen
class FinalResult:
    """The final result of a KPI: a fraction if in ％; `origin` says from which report and cell it is."""

    kpi: str
    fiscal_year: FiscalYear
    value: Decimal
    format: NumberFormat
    origin: str


def write_next_plan_book(
    path: Path, target: Path, period: PeriodKey, results: Sequence[FinalResult] = ()
) -> None:
    """Copy the plan book `path` to `target`, moved on to another period.

    KenpoError if the book cannot be edited, or says its period by a formula.
    """
    with Package(path) as package:
        try:
            _NextPlanBook(Workbook(path), PackageEditor(package)).write(target, period, results)
        except ValueError as error:
            raise edit_error(path.name, error) from error


class _NextPlanBook:
    """One plan book while it is moved on."""

    def __init__(self, book: Workbook, editor: PackageEditor) -> None:
        self.book, self.editor = book, editor
        self.entries = {entry.name: entry for entry in editor.sheets() if entry.kind == "worksheet"}

    def write(self, target: Path, period: PeriodKey, results: Sequence[FinalResult]) -> None:
        year = self._basics_row(_YEAR).year("値")
        self._write_period_and_years(period)
        if year != period.fiscal_year:
            self._empty_dates()
            self._add_results(results)
        self._compute_dependents_on_opening()
        parts, removed = self.editor.changed_and_removed_parts()
        replace_parts(self.book.path, target, parts, removed)

    def _basics_row(self, *keys: str) -> ListRow:
        """The row of 基本 with one of these keys."""
        sheet = self.book.sheets[basics.BASICS]
        rows = (row for row in sheet.non_empty_rows() if normalized(sheet.text(row, 1)) in keys)
        return ListRow(sheet, next(rows), {"項目": 1, "値": 2}, Problems())

    def _write_period_and_years(self, period: PeriodKey) -> None:
        edits = []
        for row, written in (
            (self._basics_row(_YEAR), partial(_year_written_as_before, period.fiscal_year)),
            (self._basics_row(*period_list.HEADERS), partial(_period_written_as_before, period)),
        ):
            cell = row.raw_cell("値")
            if cell is None or cell.formula:
                raise KenpoError(
                    f"{self.book.path.name} の {basics.BASICS}!{row.cell_ref('値')}（{row.text('項目')}）が"
                    "式のため、次の期に進められません。数を入れてください。"
                )
            value = written(cell)
            if text_of_value(cell.value) != str(value):
                edits.append(CellEdit(basics.BASICS, row.cell_ref("値"), value))
        self._write_edits(basics.BASICS, edits)

    def _write_edits(self, sheet: str, edits: Sequence[CellEdit]) -> None:
        if edits:
            put_cells_returning_skipped(self.editor.editable_part(self.entries[sheet].part), edits)

    def _rows_of_list(self, name: str, needed: Sequence[str], optional: Sequence[str]) -> Iterator[ListRow]:
        if name in self.entries:
            yield from read_list_rows(self.book, name, needed, Problems(), optional=optional, needed=False)

    def _empty_dates(self) -> None:
        """Empty the typed dates of last year; the cells are coloured until something is typed into them."""
        rows = list(self._rows_of_list(basics.PERIODS, (period_list.period_header_in(self.book),), DATES))
        cells = [
            row.cell_ref(header)
            for row in rows
            for header in DATES
            if (cell := row.raw_cell(header)) and not cell.formula and row.is_filled(header)
        ]
        self._write_edits(basics.PERIODS, [CellEdit(basics.PERIODS, cell, None) for cell in cells])
        if cells:
            colour_empty_cells(self.editor, self.entries[basics.PERIODS], cells)

    def _add_results(self, results: Sequence[FinalResult]) -> None:
        """Add rows with final results below those of 過去実績, which has no row for them yet."""
        rows = list(self._rows_of_list(basics.HISTORY, _PAST_HEADERS, (_SOURCE,)))
        known = {(row.text("指標"), row.year(_YEAR)) for row in rows}
        fresh = [one for one in results if (one.kpi, one.fiscal_year) not in known]
        if not fresh or basics.HISTORY not in self.entries:
            return
        sheet = self.book.sheets[basics.HISTORY]
        header_row, columns = sheet.header_row_and_columns((*_PAST_HEADERS, _SOURCE))
        first = max((row.row for row in rows), default=header_row) + 1
        edits: list[CellEdit] = []
        notes = []
        for at, one in enumerate(fresh, start=first):
            row = ListRow(sheet, at, columns, Problems())
            edits += self._result_cells(row, one, rows)
            if _SOURCE not in columns:
                notes.append((cell_position(row.cell_ref("値")), one.origin))
        self._write_edits(basics.HISTORY, edits)
        if notes:
            self._add_notes(self.entries[basics.HISTORY], notes)

    def _result_cells(self, row: ListRow, one: FinalResult, rows: Sequence[ListRow]) -> Iterator[CellEdit]:
        """The cells of a new row, in the look of the row above or that the sheet has for it."""
        above = rows[-1] if rows else None
        literal = number_format(self._format_of_past(one, rows)).has_literal_percent_sign
        values: dict[str, Decimal | str] = {
            "指標": one.kpi,
            _YEAR: Decimal(one.fiscal_year),
            "値": one.value * 100 if literal else one.value,
            _SOURCE: one.origin,
        }
        for header, value in values.items():
            if header in row.columns:
                look = row.raw_cell(header) or (above.raw_cell(header) if above else None)
                style = look.style if look else None
                if header == "値":
                    style = self._style_of_result(one, rows, style or 0)
                yield CellEdit(basics.HISTORY, row.cell_ref(header), value, style=style)

    def _format_of_past(self, one: FinalResult, rows: Sequence[ListRow]) -> str:
        """The number format of the KPI's newest row, else that of the KPI."""
        same = [row.raw_cell("値") for row in rows if row.text("指標") == one.kpi]
        return self.book.number_format_code(same[-1]) if same else one.format.code

    def _style_of_result(self, one: FinalResult, rows: Sequence[ListRow], style: int) -> int:
        code, codes = self._format_of_past(one, rows), self.book.styles.formats
        return style_with_format_of(self.editor, style, codes.index(code)) if code in codes else style

    def _add_notes(self, sheet: SheetEntry, notes: Sequence[tuple[tuple[int, int], str]]) -> None:
        grid = read_grid(self.editor.editable_part(sheet.part), ())
        comments = [CellComment(at, text, comment_size(text, at, grid)) for at, text in notes]
        add_comments(self.editor, sheet, comments)

    def _compute_dependents_on_opening(self) -> None:
        """Let Excel compute all formulas when it opens the book, if one reads a changed sheet."""
        changed = [
            name
            for name in (basics.BASICS, basics.PERIODS, basics.HISTORY)
            if name in self.entries and self.editor.editable_part(self.entries[name].part).log
        ]
        if changed and self._is_read_elsewhere(changed):
            compute_on_opening(self.editor)

    def _is_read_elsewhere(self, changed: Sequence[str]) -> bool:
        """Whether a formula of another sheet reads one of these."""
        reads = re.compile("|".join(rf"'?{name}'?!" for name in changed))
        formulas = (
            cell.formula
            for name, sheet in self.book.sheets.items()
            if name in self.entries and name not in changed and sheet.is_readable
            for cell in sheet.cells.values()
        )
        return any(formula and reads.search(formula) for formula in formulas)


def _year_written_as_before(year: int, cell: RawCell) -> Decimal | str:
    """A year in the way in which the cell has it: 2025, 2025年度, 令和7年度."""
    if not isinstance(cell.value, str):
        return Decimal(year)
    text = text_of_value(cell.value)
    if re.search(r"\d{4}", normalized(text)):
        return re.sub(r"\d+", str(year), text, count=1)
    era_year = fiscal_year_text(year, short=not re.match(r"[^A-Za-z]", text))
    return era_year if text.endswith("度") else era_year.removesuffix("年度" if text[-1:] != "年" else "度")


def _period_written_as_before(period: PeriodKey, cell: RawCell) -> Decimal | str:
    """A period in the way in which the cell has it: 4, 第4四半期, 下半期, 1月."""
    name = period.name
    number = re.search(r"\d+", name)
    if not isinstance(cell.value, str):
        return Decimal(number[0]) if number else Decimal(period.number)
    text = text_of_value(cell.value)
    return re.sub(r"\d+", number[0], text, count=1) if number and re.search(r"\d", text) else name or text
