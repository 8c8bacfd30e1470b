"""Writes an item's sheet: plan texts with their progress lines, tables, KPI judgement."""

from __future__ import annotations

from xlsxwriter import Workbook

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import BLOCK, KIND, LAST, MARK, TEXT, WIDTHS, row_height, width_of_columns
from kenpo_xl.books.common.list_sheet import set_up_page
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.input.plan_text import plan_text
from kenpo_xl.books.input.write.carried_lines import CarriedLineColumns
from kenpo_xl.books.input.write.carried_values import CarriedCells
from kenpo_xl.books.input.write.gathering_cells import GatheringCells
from kenpo_xl.books.input.write.kpi_section import KpiSection
from kenpo_xl.books.input.write.lines_section import LinesSection
from kenpo_xl.books.input.write.navigation import FROZEN_ROW
from kenpo_xl.books.input.write.navigation import HEIGHT as NAVIGATION_HEIGHT
from kenpo_xl.books.input.write.page_breaks import set_pages
from kenpo_xl.books.input.write.row_heights import RowHeights
from kenpo_xl.books.input.write.tables import TableWriter
from kenpo_xl.books.input.write.uncertain_sheet import UncertainCells
from kenpo_xl.domain.language.text_size import display_width
from kenpo_xl.domain.plan.gathered_figures import FiguresInBook
from kenpo_xl.domain.plan.items import owners_text
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Block, Item, Plan
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.carried import CarriedBook
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.submission import ItemEntry
from kenpo_xl.domain.time.fiscal_calendar import date_text

_WIDEST_KIND = 14.0
_TITLE_ROW = 3
_LINES_TOP = _TITLE_ROW + 1 + len(names.LINES_NOTES)
"""The rows, from 0, of the bar above the progress lines, and of their headers below the notes."""


class ItemSheet:
    """Writes the sheet from top to bottom."""

    def __init__(
        self,
        book: Workbook,
        styles: Styles,
        plan: Plan,
        item: Item,
        entry: ItemEntry,
        figures: Figures,
        assessments: Assessments,
        known: CarriedBook,
        in_book: FiguresInBook,
    ) -> None:
        self.book, self.styles, self.plan, self.item, self.entry = book, styles, plan, item, entry
        self.in_book = in_book
        self.tables: TableWriter | None = None
        self.figures, self.assessments = figures, assessments
        self.sheet = book.add_worksheet(item.id)
        self.uncertain_cells = UncertainCells(known.uncertain)
        self.carried_cells = CarriedCells(plan, known.values, self.uncertain_cells)
        self.heights = RowHeights(self.sheet)
        self.lines = LinesSection(
            self.sheet, styles, plan, item, entry, self.heights, self.uncertain_cells, top=_LINES_TOP
        )

    @property
    def carried_lines(self) -> CarriedLineColumns | None:
        """The columns of lines of last quarter, None without such lines."""
        return self.lines.carried_lines

    @property
    def is_wide(self) -> bool:
        """True where a table is wider than the screen, so that the sheet is scrolled sideways."""
        return self.tables is not None and self.tables.places.right > LAST

    def write_sheet(self) -> None:
        """Write the whole sheet."""
        self._write_header()
        self._write_lines()
        tables = TableWriter(
            self.book,
            self.sheet,
            self.styles,
            self.item,
            self.figures,
            self.carried_cells,
            self.heights,
            GatheringCells(self.sheet, self.styles, self.in_book),
        )
        self.tables = tables
        row = tables.write_from_row(self.lines.last_row + 2)
        if self.is_wide:
            self.heights.raise_height(FROZEN_ROW, NAVIGATION_HEIGHT, fixed=True)
        self.lines.write_quoted_figures(self.figures, tables.places)
        kpis = KpiSection(self.sheet, self.styles, self.plan, self.item, self.assessments, tables)
        row = kpis.write_from_row(row + 1)
        self.heights.apply()
        self._set_up_page(tables, bottom=max(row - 1, self.lines.last_row))

    def add_marks_of_carried_content(self) -> None:
        """Tint carried values, plan texts and last quarter's lines, below what findings highlight."""
        self.uncertain_cells.add_tints(self.sheet, self.styles)
        self.carried_cells.add_tints(self.sheet, self.styles)
        self.lines.add_rules()

    def _write_header(self) -> None:
        sheet, styles = self.sheet, self.styles
        for first, last, width in WIDTHS:
            needed = self._width_of_text_fields() if first == KIND else 0
            sheet.set_column(first, last, max(width, needed), styles("plain"), {"hidden": first == MARK})
        section = next(
            section for section in self.plan.sections if self.item.id in {item.id for item in section.items}
        )
        self._write_beside_buttons(0, self.item.title, "title", least=24)
        is_section = section.title == self.item.title
        above = [self.item.heading.title] if self.item.heading else []
        parts = (
            " ＞ ".join((section.chapter, *([] if is_section else [section.title]), *above)),
            f"担当：{owners_text(self.plan.item(self.item.id) or self.item)}",
            PeriodKey.of(self.plan).spaced_label,
            f"基準日 {date_text(self.plan.period.as_of)}",
        )
        self._write_beside_buttons(1, "　｜　".join(parts), "path", least=NAVIGATION_HEIGHT)
        typed, computed = names.LEGEND
        sheet.write_string(0, LAST - 1, typed, styles("kind"))
        sheet.write_string(0, LAST, computed, styles("judged"))
        self._define_name(names.item_excel_name(self.item.key), 0, BLOCK, 0, BLOCK)

    def _width_of_text_fields(self) -> float:
        """The width of the column with the kinds of lines that the names of text fields need."""
        names_width = max((display_width(field.name) for field in self.plan.text_fields), default=0)
        return min(names_width + 1.5, _WIDEST_KIND)

    def _write_beside_buttons(self, row: int, text: str, style: str, *, least: float) -> None:
        """Write a line of the header in a merged cell left of the legend and the buttons."""
        cell_format = self.styles(style, tone="wrapped")
        self.sheet.merge_range(row, BLOCK, row, LAST - 2, text, cell_format)
        needed = row_height(text, width_of_columns(BLOCK, LAST - 2), padding=0, points=cell_format.font_size)
        self.heights.raise_height(row, max(least, needed), fixed=True)

    def _write_lines(self) -> None:
        for column in range(BLOCK, LAST + 1):
            self.sheet.write_blank(_TITLE_ROW, column, None, self.styles("part"))
        self.sheet.write_string(_TITLE_ROW, BLOCK, names.LINES_TITLE, self.styles("part"))
        for row, note in enumerate(names.LINES_NOTES, start=_TITLE_ROW + 1):
            self.sheet.write_string(row, BLOCK, note, self.styles("note"))
        self.lines.write_section(self._plan_text_of)
        name = names.lines_excel_name(self.item.key)
        self._define_name(name, self.lines.top, MARK, self.lines.last_row, LAST)

    def _plan_text_of(self, block: Block) -> str:
        return plan_text(self.plan, self.item, block, self.figures)

    def _define_name(self, name: str, top: int, left: int, bottom: int, right: int) -> None:
        self.book.define_name(
            name, f"='{self.item.id}'!{_absolute_reference(top, left)}:{_absolute_reference(bottom, right)}"
        )

    def _set_up_page(self, tables: TableWriter, *, bottom: int) -> None:
        self.sheet.hide_gridlines(2)
        # Only a table wider than the screen is scrolled sideways, and then beside its labels.
        if self.is_wide:
            self.sheet.freeze_panes(FROZEN_ROW + 1, TEXT + tables.places.most_header_columns)
        else:
            self.sheet.freeze_panes(2, 0)
        set_up_page(self.sheet, f"&L{self.item.id}　{self.item.title.replace('&', '&&')}&R&P / &N")
        parts = [*self.lines.printed_parts(), *tables.printed_parts]
        set_pages(self.sheet, parts, self.heights, bottom=bottom, right=tables.places.right)


def _absolute_reference(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))
