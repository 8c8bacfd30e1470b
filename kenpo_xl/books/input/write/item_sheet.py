"""Writes an item's sheet: plan text, progress lines, tables, KPI judgement."""

from __future__ import annotations

from xlsxwriter import Workbook

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import (
    AS_OF,
    BLOCK,
    KIND,
    MARK,
    RATING,
    REASON,
    REASON_END,
    TEXT,
    TEXT_END,
    WIDTHS,
    row_height,
    span_width,
)
from kenpo_xl.books.common.list_sheet import set_up_page
from kenpo_xl.books.common.styles import REFUSE_PLAN, Styles
from kenpo_xl.books.input.plan_text import TITLE, plan_text
from kenpo_xl.books.input.write.carried_lines import CarriedLineColumns
from kenpo_xl.books.input.write.carried_values import CarriedCells
from kenpo_xl.books.input.write.kpi_section import KpiSection
from kenpo_xl.books.input.write.tables import TableWriter
from kenpo_xl.books.input.write.uncertain_sheet import UncertainCells
from kenpo_xl.books.input.write.validations import AS_OF_HINT
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Block, Item, Plan
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.carried import CarriedBook
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.starting_lines import spare_lines, starting_lines
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, RatingEntry
from kenpo_xl.domain.submission.typed_texts import line_place, rating_place, rating_words
from kenpo_xl.domain.time.fiscal_calendar import date_text, fiscal_year_text
from kenpo_xl.domain.time.periods import period_name


class ItemSheet:
    """Writes the sheet from top to bottom; `row` is the next free row, counted from 0."""

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
    ) -> None:
        self.book, self.styles, self.plan, self.item, self.entry = book, styles, plan, item, entry
        self.figures, self.assessments = figures, assessments
        self.sheet = book.add_worksheet(item.id)
        self.row = 0
        self.uncertain_cells = UncertainCells(known.uncertain)
        self.carried_cells = CarriedCells(plan, known.values, self.uncertain_cells)
        has_carried_lines = any(line.carried for line in entry.lines)
        self.carried_lines = CarriedLineColumns(self.sheet, styles, item) if has_carried_lines else None

    def write_sheet(self) -> None:
        """Write the whole sheet."""
        self._write_header()
        self._write_plan_text()
        self._write_lines()
        tables = TableWriter(self.book, self.sheet, self.styles, self.item, self.figures, self.carried_cells)
        self.row = tables.write_from_row(self.row + 1)
        KpiSection(self.sheet, self.styles, self.plan, self.item, self.assessments, tables).write_from_row(
            self.row + 1
        )
        self._set_up_page()

    def add_marks_of_carried_content(self) -> None:
        """Tint carried values and let last quarter's lines be grey, below what findings highlight."""
        self.uncertain_cells.add_tints(self.sheet, self.styles)
        self.carried_cells.add_tints(self.sheet, self.styles)
        if self.carried_lines:
            self.carried_lines.add_rules()

    def _write_header(self) -> None:
        sheet, styles = self.sheet, self.styles
        for first, last, width in WIDTHS:
            sheet.set_column(first, last, width, styles("plain"), {"hidden": first == MARK})
        section = next(section for section in self.plan.sections if self.item in section.items)
        sheet.set_row(0, 24)
        sheet.write_string(0, BLOCK, self.item.title, styles("title"))
        parts = (
            f"{section.chapter} ＞ {section.title}",
            f"担当：{self.item.owner}",
            f"{fiscal_year_text(self.plan.fiscal_year)} {period_name(self.plan.period.quarter)}",
            f"基準日 {date_text(self.plan.period.as_of)}",
        )
        sheet.write_string(1, BLOCK, "　｜　".join(parts), styles("path"))
        typed, computed = names.LEGEND
        sheet.write_string(0, RATING, typed, styles("kind"))
        sheet.merge_range(0, RATING + 1, 0, RATING + 2, computed, styles("judged"))
        self._define_name(names.item_excel_name(self.item.key), 0, BLOCK, 0, BLOCK)
        self.row = 3

    def _define_name(self, name: str, top: int, left: int, bottom: int, right: int) -> None:
        self.book.define_name(
            name, f"='{self.item.id}'!{_absolute_reference(top, left)}:{_absolute_reference(bottom, right)}"
        )

    def _write_section_title(self, title: str) -> None:
        for column in range(BLOCK, AS_OF + 1):
            self.sheet.write_blank(self.row, column, None, self.styles("part"))
        self.sheet.write_string(self.row, BLOCK, title, self.styles("part"))
        self.row += 1

    def _write_plan_text(self) -> None:
        self._write_section_title(TITLE)
        first = self.row
        for block in self.item.blocks:
            text = plan_text(self.plan, self.item, block, self.figures)
            self.sheet.set_row(self.row, row_height(text, span_width(KIND, REASON_END)))
            self.sheet.write_string(self.row, BLOCK, block.name, self.styles("plan"))
            self.sheet.merge_range(self.row, KIND, self.row, REASON_END, "", self.styles("plan"))
            self.sheet.write_string(self.row, KIND, text, self.styles("plan"))
            self.row += 1
        self.sheet.data_validation(first, BLOCK, self.row - 1, REASON_END, REFUSE_PLAN)
        self.row += 1

    def _write_lines(self) -> None:
        self._write_section_title(
            f"{names.LINES_TITLE}（上から順に報告書へ載ります。表と KPI は、載せたい場所に行を置きます）"
        )
        top = self.row
        self._write_line_headers()
        for block in self.item.blocks:
            self._write_block(block)
        bottom = self.row
        self.sheet.write_string(bottom, TEXT, names.MORE_LINES, self.styles("more"))
        self._define_name(names.lines_excel_name(self.item.key), top, MARK, bottom, AS_OF)
        self._add_line_validations(top + 1, bottom)
        self.row += 1

    def _write_line_headers(self) -> None:
        header = self.styles("header")
        self.sheet.write_string(self.row, BLOCK, names.BLOCK_HEADER, header)
        self.sheet.write_string(self.row, KIND, names.KIND_HEADER, header)
        self.sheet.merge_range(self.row, TEXT, self.row, TEXT_END, names.TEXT_HEADER, header)
        self.sheet.write_string(self.row, RATING, names.RATING_HEADER, header)
        self.sheet.merge_range(self.row, REASON, self.row, REASON_END, names.REASON_HEADER, header)
        self.sheet.write_string(self.row, AS_OF, names.AS_OF_HEADER, header)
        if self.carried_lines:
            self.carried_lines.write_headers(self.row)
        self.row += 1

    def _write_block(self, block: Block) -> None:
        """Writes the submitted lines of a block, or those that the plan starts it with."""
        lines = [line for line in self.entry.lines if line.block == block.name]
        if not self.entry.lines:
            lines = [*starting_lines(self.plan, block), *spare_lines(block)]
        for place, line in enumerate(lines or [LineEntry(block.name, LineKind.TEXT, "")]):
            self._write_line(block, line, place)

    def _write_line(self, block: Block, line: LineEntry, place: int) -> None:
        sheet, styles = self.sheet, self.styles
        sheet.set_row(self.row, row_height(line.text, span_width(TEXT, TEXT_END)))
        sheet.write_string(self.row, MARK, line.mark or f"L{block.name}-{place + 1}")
        sheet.write_string(self.row, BLOCK, block.name, styles("block"))
        sheet.write_string(self.row, KIND, line.kind, styles("kind"))
        sheet.merge_range(self.row, TEXT, self.row, TEXT_END, "", styles("text"))
        if line.text:
            sheet.write_string(self.row, TEXT, line.text, styles("text"))
            self.uncertain_cells.add_cell(self.row, TEXT, line_place(self.item.id, line), line.text)
        rating = self._rating_of(block) if place == 0 else None
        if rating:
            identity = rating_place(self.item.id, rating)
            self.uncertain_cells.add_cell(self.row, RATING, identity, rating_words(rating))
        first = "rating" if block.rated and place == 0 else "unrated"
        sheet.write_string(self.row, RATING, rating.glyph if rating else "", styles(first))
        sheet.merge_range(self.row, REASON, self.row, REASON_END, "", styles("text"))
        sheet.write_string(self.row, REASON, rating.reason if rating else "", styles("text"))
        sheet.write_string(self.row, AS_OF, rating.as_of if rating else "", styles("text"))
        if self.carried_lines:
            self.carried_lines.write_line(self.row, line)
        self.row += 1

    def _rating_of(self, block: Block) -> RatingEntry | None:
        return next((rating for rating in self.entry.ratings if rating.block == block.name), None)

    def _add_line_validations(self, first: int, last: int) -> None:
        self.sheet.data_validation(
            first, KIND, last, KIND, {"validate": "list", "source": list(LineKind), "error_type": "warning",
             "error_title": "種類", "error_message": "文、表、KPI のどれかを選んでください。"}
        )  # fmt: skip
        glyphs = [step.glyph for step in self.plan.scale.steps]
        self.sheet.data_validation(
            first, RATING, last, RATING, {"validate": "list", "source": glyphs, "error_type": "warning",
             "input_title": "評価", "input_message": self.plan.scale.legend_text[:250],
             "error_title": "評価", "error_message": "一覧から選んでください。"}
        )  # fmt: skip

        self.sheet.data_validation(first, AS_OF, last, AS_OF, AS_OF_HINT)

    def _set_up_page(self) -> None:
        self.sheet.hide_gridlines(2)
        self.sheet.freeze_panes(2, 0)
        set_up_page(self.sheet, f"&L{self.item.id}　{self.item.title.replace('&', '&&')}&R&P / &N")


def _absolute_reference(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))
