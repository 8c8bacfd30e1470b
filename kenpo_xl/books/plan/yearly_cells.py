"""Reads the cells of a plan book whose content belongs to one year, for the turn of the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kenpo_xl.books.plan.kpis import kpi_list, targets
from kenpo_xl.books.plan.kpis.reference_targets import REFERENCE
from kenpo_xl.books.plan.kpis.target_words import parse_target_range
from kenpo_xl.books.plan.lists import basics, cross_checks, measures, period_list
from kenpo_xl.books.plan.support.list_sheets import ListRow, number_and_unit, read_list_rows
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.domain.cell_reference import a1, cell_position
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import decimal_from_excel
from kenpo_xl.domain.plan.named_years import each_year_named_in, years_and_months_in_header
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.domain.plan.yearly_cells import CellContent, YearlyCell, YearlyKind
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.ooxml.workbook import RawCell, Sheet, Workbook, text_of_value

DATES = ("基準日", "開催日", "提出期限")
_MEETING = ("会議", "資料番号")
_LAST_YEAR = "前年度実績"
# List → its columns with texts that are printed or compared.
_TEXTS = {
    measures.SHEET: (("節", "担当", "計画内容"), ("章", "項")),
    kpi_list.SHEET: (("指標", targets.TARGET), ("印字",)),
    period_list.SHEET: (period_list.HEADERS[:1], _MEETING),
    cross_checks.SHEETS[0]: (("種類",), ("語", "指摘の文")),
}


def read_yearly_cells(book: Workbook, plan: Plan) -> tuple[YearlyCell, ...]:
    """Typed targets, plan values, the list 期, and texts that name a year or a date, in this order."""
    reader = _Reader(book, plan)
    return (*reader.targets(), *reader.plan_values(), *reader.period_cells(), *reader.texts())


class _Reader:
    """Reads one plan book, whose plan has been read before."""

    def __init__(self, book: Workbook, plan: Plan) -> None:
        self.book, self.plan = book, plan

    def targets(self) -> Iterator[YearlyCell]:
        """Targets, what they are compared with and last year's results, typed as numbers or as a range."""
        others = (_LAST_YEAR, REFERENCE)
        for row in self._rows_of_list(kpi_list.SHEET, ("指標", targets.TARGET), others):
            for header in (targets.TARGET, *others):
                cell = row.raw_cell(header)
                if cell and not cell.formula and _has_numbers(cell):
                    key = (row.text("指標"), header)
                    yield self._yearly_cell(
                        YearlyKind.TARGET, key, f"{key[0]}の{header}", row.sheet, row.cell_ref(header)
                    )

    def plan_values(self) -> Iterator[YearlyCell]:
        for table in self.plan.tables.values():
            for identity, (row, column) in table.positions.items():
                cell = table.cells[row][column]
                if cell.kind is CellKind.FIXED and cell.source and not isinstance(cell.value, str):
                    sheet = self.book.sheets[cell.source.sheet]
                    yield self._yearly_cell(
                        YearlyKind.PLAN_VALUE, identity, str(identity), sheet, cell.source.cell
                    )

    def period_cells(self) -> Iterator[YearlyCell]:
        """The cells for dates, meeting and document of each period, filled or not."""
        period, own = period_list.period_header_in(self.book), self.plan.period.cycle
        for row in self._rows_of_list(period_list.SHEET, (period,), (*DATES, *_MEETING)):
            number = row.period_number(period, own, self.plan.fiscal_year)
            for header in (*DATES, *_MEETING):
                if number and header in row.columns:
                    kind = YearlyKind.DATE if header in DATES else YearlyKind.PERIOD
                    name = f"{own.name_of(self.plan.fiscal_year, number)}の{header}"
                    yield self._yearly_cell(
                        kind, (str(number), header), name, row.sheet, row.cell_ref(header)
                    )

    def texts(self) -> Iterator[YearlyCell]:
        """The texts that name a year or a day, each text of a sheet once."""
        found: dict[tuple[str, str], YearlyCell] = {}
        for sheet, cell, header in self._text_cells():
            text = sheet.text(*cell_position(cell))
            if _names_a_time(text, self.plan.fiscal_year, is_header=header == ""):
                name = f"{sheet.name} {header}".strip()
                key = (sheet.name, text)
                one = self._yearly_cell(YearlyKind.TEXT, key, name, sheet, cell)
                first = found.setdefault(key, one)
                if first is not one:
                    found[key] = replace(first, others=(*first.others, one.source))
        yield from found.values()

    def _text_cells(self) -> Iterator[tuple[Sheet, str, str]]:
        """Sheet, cell and header of the texts that the plan reads; '' for one of a layout sheet."""
        yield from self._title_cell_of_basics()
        for name, (needed, others) in _TEXTS.items():
            for row in self._rows_of_list(name, needed, others):
                for header in (*needed, *others):
                    if header in row.columns and row.is_filled(header):
                        yield row.sheet, row.cell_ref(header), header
        drawn = (source.sheet for table in self.plan.tables.values() for _, source in table.texts)
        for name in dict.fromkeys((*(item.id for item in self.plan.items), *drawn)):
            yield from self._layout_texts(name)

    def _title_cell_of_basics(self) -> Iterator[tuple[Sheet, str, str]]:
        sheet = self.book.sheets[basics.BASICS]
        for row in sheet.non_empty_rows():
            if sheet.text(row, 1) == "表題":
                yield sheet, a1(row, 2), "表題"

    def _layout_texts(self, name: str) -> Iterator[tuple[Sheet, str, str]]:
        sheet = self.book.sheets.get(name)
        for row, column in sheet.cells_with_content if sheet else ():
            assert sheet is not None
            if column > 1 and isinstance(sheet.cells[row, column].value, str):
                yield sheet, a1(row, column), ""

    def _rows_of_list(self, name: str, needed: Sequence[str], optional: Sequence[str]) -> Iterator[ListRow]:
        if name in self.book.sheets:
            yield from read_list_rows(self.book, name, needed, Problems(), optional=optional, needed=False)

    def _yearly_cell(
        self, kind: YearlyKind, key: tuple[str, ...], name: str, sheet: Sheet, cell: str
    ) -> YearlyCell:
        raw = sheet.cells.get(cell_position(cell))
        source = Source(self.book.path.name, sheet.name, cell)
        return YearlyCell(
            kind, tuple(key), name, _content_of_cell(raw), source, self.book.number_format_code(raw)
        )


def _content_of_cell(cell: RawCell | None) -> CellContent:
    """The content as stored; None for an empty cell."""
    if cell is None or cell.value in (None, ""):
        return None
    if isinstance(cell.value, float):
        return decimal_from_excel(cell.value)
    return cell.value if isinstance(cell.value, date) else text_of_value(cell.value)


def _has_numbers(cell: RawCell) -> bool:
    """Whether a cell is a number or a date, or a text that is a number or a range."""
    if not isinstance(cell.value, str):
        return isinstance(cell.value, float | date)
    return number_and_unit(cell.value) is not None or parse_target_range(normalized(cell.value)) is not None


def _names_a_time(text: str, fiscal_year: FiscalYear, *, is_header: bool) -> bool:
    """Whether a text names a year by number, or a day; placeholders and bare months name none."""
    plain = PLACEHOLDER.sub("", text)
    if any(each_year_named_in(plain)) or any(one.day or one.year for one in dates_in(plain)):
        return True
    has_digit = any(letter.isdigit() for letter in plain)
    return is_header and has_digit and years_and_months_in_header(plain, fiscal_year) is not None
