"""The status report (事業実施状況) as a workbook: a cover and the sheets of the body, ready to be printed."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kenpo_xl.books.common.links import FIGURES
from kenpo_xl.books.common.text_metrics import printable_text
from kenpo_xl.books.report.changes_sheet import CHANGE_COLUMNS, CHANGE_START, write_change_rows
from kenpo_xl.books.report.chart_data import CHART_DATA, ChartData
from kenpo_xl.books.report.drawn_sheet_writer import write_cover, write_further_sheet, write_pictures
from kenpo_xl.books.report.even_texts import with_even_texts
from kenpo_xl.books.report.figures_sheet import columns_fitting_rows, fact_rows, write_fact_rows
from kenpo_xl.books.report.headers_footers import header_footer_code, margin_with_room
from kenpo_xl.books.report.kpi_sheet import KPI_FONT, KPI_START, kpi_columns, write_kpi_sheet
from kenpo_xl.books.report.layout.body import BodySheet, report_body
from kenpo_xl.books.report.layout.formats import Formats
from kenpo_xl.books.report.layout.sheet_writer import SheetWriter
from kenpo_xl.books.report.list_sheet import (
    CHANGES,
    FONT,
    KPIS,
    LIST_SHEETS,
    REVIEW,
    TREND,
    Column,
    ListSheet,
)
from kenpo_xl.books.report.remarks_sheet import REMARK_COLUMNS, REMARK_START, write_remark_rows
from kenpo_xl.books.report.summary.sheet import SUMMARY, write_summary_sheet
from kenpo_xl.books.report.template.options import Digits
from kenpo_xl.books.report.template.page_setup import PageSetup
from kenpo_xl.books.report.template.printed_pages import printed_page_count
from kenpo_xl.books.report.template.screen_widths import printed_pixels, xlsxwriter_pixels
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import COVER, PAGE_TOTAL, Template
from kenpo_xl.books.report.trend_sheet import TREND_COLUMNS, write_trend_rows
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.errors import KenpoError

# The same input gives the same bytes: no clock.
_CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_LONGEST_NAME = 31
# The height in points of rows below the last page.
_DEFAULT_ROW = 14.25
_NOT_IN_NAMES = LazyPattern(r"[\[\]:*?/\\]")


PageCount = int


def write_report(report: Report, template: Template, path: Path) -> PageCount:
    """Write the sealed report to `path` in the styles of the template; returns the number of pages.

    The same report and template give the same bytes. KenpoError where a slot of the template is missing.
    """
    from kenpo_xl.books.common.new_workbook import new_workbook_in_memory

    workbook = new_workbook_in_memory(path, _workbook_options(template.default), is_sealed=True)
    return _write_sheets(report, template, workbook)


def _write_sheets(report: Report, template: Template, workbook: Any) -> PageCount:
    with workbook as book:
        book.set_properties({"title": report.words.get("表題", ""), "created": _CREATED})
        writer = _ReportWriter(book, template, report)
        writer.write_cover_sheet()
        data = ChartData()
        if writer.has_summary:
            writer.write_summary(data)
        writer.write_body()
        writer.write_further_sheets()
        if report.assessments and report.assessments.kpis:
            rows = writer.add_list_sheet(KPIS, kpi_columns(report), start=KPI_START, font=KPI_FONT)
            writer.pages += write_kpi_sheet(rows, book, report, data)
        if not report.is_public:
            write_remark_rows(writer.add_list_sheet(REVIEW, REMARK_COLUMNS, start=REMARK_START), report)
        if report.changes is not None:
            rows = writer.add_list_sheet(CHANGES, CHANGE_COLUMNS, start=CHANGE_START)
            writer.pages += write_change_rows(rows, book, report.changes, report)
        if report.trends:
            write_trend_rows(writer.add_list_sheet(TREND, TREND_COLUMNS), report)
        if data:
            writer.write_data_sheet(data)
        if not report.is_public:
            figures = fact_rows(report)
            write_fact_rows(writer.add_list_sheet(FIGURES, columns_fitting_rows(figures)), figures, report)
    return writer.pages


def _workbook_options(default: Style) -> dict[str, Any]:
    font = {
        key: value for key, value in default.properties_by_name.items() if key in {"font_name", "font_size"}
    }
    return {"default_format_properties": font}


class _ReportWriter:
    """Writes the sheets of one workbook and counts their pages."""

    def __init__(self, book: Any, template: Template, report: Report) -> None:
        self.book = book
        self.template = template
        self.report = report
        self.formats = Formats(book)
        is_even = template.options.digits is Digits.EVEN
        self.body = report_body(with_even_texts(report) if is_even else report, template)
        self.has_summary = report.summary is not None and not report.summary.is_empty
        self.pages = 0
        further = (sheet.name for sheet in template.further_sheets)
        self._refuse_names_of_own_sheets()
        self.names = {name.casefold() for name in (COVER, SUMMARY, CHART_DATA, *LIST_SHEETS, *further)}

    def _refuse_names_of_own_sheets(self) -> None:
        """KenpoError where the template has a sheet with the name of one that the report has."""
        own = {name.casefold() for name in (SUMMARY, CHART_DATA, *LIST_SHEETS)}
        taken = [sheet.name for sheet in self.template.further_sheets if sheet.name.casefold() in own]
        if taken:
            raise KenpoError(
                f"ひな形のシート{''.join(f'「{name}」' for name in taken)}は、報告書のシートと同じ名前です。"
                "別の名前に変えてください。"
            )

    def write_cover_sheet(self) -> None:
        """Write the cover."""
        cover = self.template.cover
        sheet = self._add_sheet(COVER, cover.characters, cover.setup)
        write_cover(sheet, cover, self.report.words, self.formats)
        self.pages += 1

    def write_summary(self, data: ChartData) -> None:
        """Write the summary, which is page 1; `data` takes the numbers of what is drawn."""
        sheet = self._add_sheet(SUMMARY, (), self.template.setup, is_numbered=True)
        write_summary_sheet(sheet, self.book, self.report, data, self.template.setup.for_lists)
        self.pages += 1

    def write_body(self) -> None:
        """Write the sheets of the body; the cover is not counted in page numbers."""
        for sheet in self.body.sheets:
            self._write_body_sheet(sheet, self.body.template)

    def _write_body_sheet(self, body: BodySheet, template: Template) -> None:
        name = _unique_sheet_name(body.name, self.names)
        sheet = self._add_sheet(name, template.characters, template.setup, is_numbered=True)
        # Not XlsxWriter's default: it omits that height, and Excel would choose another.
        sheet.set_default_row(_DEFAULT_ROW)
        writer = SheetWriter(sheet, template, self.formats, self.report.facts)
        writer.write_headers(body.headers)
        pictures = [replace(one, top=max(one.top - body.raised, 0)) for one in template.header_pictures]
        write_pictures(sheet, pictures)
        for page in body.pages:
            writer.write_page(page)
        writer.conditions.write(sheet, self.formats)
        sheet.set_h_pagebreaks(writer.breaks)
        sheet.print_area(0, 0, writer.row - 1, len(template.column_pixels) - 1)
        self.pages += len(body.pages)

    def write_further_sheets(self) -> None:
        """Write the sheets that the template has besides its own."""
        for drawn in self.template.further_sheets:
            sheet = self._add_sheet(drawn.name, drawn.characters, drawn.setup)
            write_further_sheet(sheet, drawn, self.report.words, self.formats)
            self.pages += printed_page_count(drawn)

    def write_data_sheet(self, data: ChartData) -> None:
        """Write the numbers of what is drawn, behind the printed pages."""
        data.write_sheet(self.book, self._add_sheet(CHART_DATA, (), self.template.setup))

    def add_list_sheet(
        self, name: str, columns: Sequence[Column], *, start: int = 0, font: float = FONT
    ) -> ListSheet:
        """A list behind the printed pages, its headers in row `start` (from 0)."""
        sheet = self._add_sheet(name, [column.width for column in columns], self.template.setup)
        return ListSheet(sheet, columns, self.template, self.formats, start=start, font=font)

    def _add_sheet(
        self, name: str, widths: Sequence[float], setup: PageSetup, *, is_numbered: bool = False
    ) -> Any:
        """A new sheet; one whose pages are numbered states how many pages have a number."""
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column_pixels(column, column, xlsxwriter_pixels(width))
        words = self.report.words
        if is_numbered:
            sheet.set_start_page(self.pages)
            words = {**words, PAGE_TOTAL: str(self.numbered_pages)}
        is_body = is_numbered and bool(widths)
        pixels = printed_pixels(widths, self.template.default.font_size) if is_body else math.inf
        body_width = setup.printed_points(pixels)
        _set_up_printing(sheet, setup, words, body_width)
        return sheet

    @property
    def numbered_pages(self) -> int:
        """The number of pages with a number: the summary and the body."""
        return self.has_summary + self.body.page_count


def _set_up_printing(sheet: Any, setup: PageSetup, words: Mapping[str, str], body_width: float) -> None:
    setup.set_page(sheet)
    sheet.set_print_scale(setup.scale)
    margins = setup.margins
    sheet.set_margins(margins["left"], margins["right"], margins["top"], margins["bottom"])
    header, footer = (
        header_footer_code(code, words, setup, body_width) for code in (setup.header, setup.footer)
    )
    sheet.set_header(header, {"margin": margin_with_room(header, margins["header"], margins["top"])})
    sheet.set_footer(footer, {"margin": margin_with_room(footer, margins["footer"], margins["bottom"])})
    if setup.centred_across:
        sheet.center_horizontally()
    if setup.centred_down:
        sheet.center_vertically()
    sheet.hide_gridlines(2)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _unique_sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel allows and that no other sheet has."""
    plain = (
        _NOT_IN_NAMES.sub("／", printable_text(wanted)).replace("\n", " ").strip("' ")[:_LONGEST_NAME] or "節"
    )
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        end = f"({number})"
        name = plain[: _LONGEST_NAME - len(end)] + end
    taken.add(name.casefold())
    return name
