"""Writes plan books (計画.xlsx) from data. The same data gives the same bytes.

What is written is an ordinary workbook that a planner could have made in Excel: lists in list sheets, tables
drawn in layout sheets, formulas with ordinary references. `look` says what the sheets look like.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter

from kenpo_xl.books.common.styles import CREATED, FONT
from kenpo_xl.books.plan.write.drawn_sheet import (
    FIRST_COLUMN,
    DrawnKind,
    DrawnLayout,
    LayoutCell,
    Place,
)
from kenpo_xl.books.plan.write.look import (
    BASICS,
    COLOURS,
    CROSS_CHECKS,
    GUIDE,
    HISTORY,
    IN_DRAWING,
    INK,
    KPIS,
    MARK_STYLES,
    MARKS,
    NAVY,
    PERIODS,
    PERIODS_OF_OTHER_KINDS,
    RULES,
    SCALE,
    STYLES,
    TERMS,
    ListColumn,
    Row,
    SheetOfList,
    measures_sheet,
    with_used_columns,
)
from kenpo_xl.books.plan.write.plan_book import WrittenPlan
from kenpo_xl.books.plan.write.sizes import (
    column_widths,
    layout_row_heights,
    list_row_height,
    merged_places,
    style_name,
)

LAST_LIST_ROW = 400
"""Drop-downs and borders of a list reach down to this row: room for rows that a planner adds."""


def write_plan(path: Path, book: WrittenPlan, *, add_first: Callable[[Any], Any] | None = None) -> None:
    """Write the plan book to `path`; `add_first` adds a sheet before the others, which opens."""
    fonts = {"font_name": FONT, "font_size": 10, "font_color": INK}
    options = {"default_format_properties": fonts, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"title": "計画", "author": "", "created": CREATED})
        first = add_first(workbook) if add_first else None
        _PlanBookWriter(workbook, book).write()
        # The only one that is selected: what is typed into one of several goes into all of them.
        opening = first or workbook.worksheets()[0]
        opening.set_first_sheet()
        opening.activate()


class _PlanBookWriter:
    def __init__(self, workbook: Any, book: WrittenPlan) -> None:
        self.workbook = workbook
        self.book = book
        self.formats: dict[tuple[str, str], Any] = {}

    def write(self) -> None:
        self._write_basics()
        lists = (
            (PERIODS_OF_OTHER_KINDS if self.book.has_other_periods else PERIODS, self.book.periods),
            (
                measures_sheet(self.book.measures, self.book.further_columns, has_keys=self.book.has_keys),
                self.book.measures,
            ),
            (with_used_columns(KPIS, self.book.kpis), self.book.kpis),
            (with_used_columns(SCALE, self.book.scale), self.book.scale),
            (HISTORY, self.book.history),
        )
        for sheet, rows in lists:
            self._write_list(sheet, rows)
        optional = (
            (CROSS_CHECKS, self.book.cross_checks),
            (TERMS, self.book.terms),
            (RULES, self.book.rule_settings),
        )
        for sheet, rows in optional:
            if rows:
                self._write_list(sheet, rows)
        for name, layout in self.book.layouts.items():
            self._write_layout(name, layout)

    def style(self, name: str, number_format: str = "") -> Any:
        if (name, number_format) not in self.formats:
            properties = STYLES[name] | ({"num_format": number_format} if number_format else {})
            self.formats[name, number_format] = self.workbook.add_format(properties)
        return self.formats[name, number_format]

    def _set_paper(self, sheet: Any, *, landscape: bool) -> None:
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&8&F　&A&R&8&P / &N")

    # 基本

    def _write_basics(self) -> None:
        sheet = self.workbook.add_worksheet("基本")
        self._set_paper(sheet, landscape=True)
        sheet.hide_gridlines(2)
        for column, width in enumerate((14, 26, 56, 3, 14, 72)):
            sheet.set_column(column, column, width, self.style("plain"))
        explained = set()
        for row, (key, value) in enumerate(self.book.basics):
            sheet.set_row(row, 28)
            sheet.write_string(row, 0, key, self.style("key"))
            self._write_basics_value(sheet, row, value)
            sheet.write_string(row, 2, "" if key in explained else BASICS.get(key, ""), self.style("grey"))
            explained.add(key)
            if key == "四半期":
                sheet.data_validation(
                    row, 1, row, 1, _drop_down_validation(["1", "2", "3", "4"], key, BASICS[key])
                )
        self._write_guide(sheet)

    def _write_basics_value(self, sheet: Any, row: int, value: object) -> None:
        if isinstance(value, str) and value:
            sheet.write_string(row, 1, value, self.style("value"))
        else:
            sheet.write(row, 1, value, self.style("value"))

    def _write_guide(self, sheet: Any) -> None:
        for row, line in enumerate(GUIDE):
            title = row in (0, len(GUIDE) - 1)
            sheet.write_string(row, 4, line, self.style("title" if title else "words"))
        for row, (style, sign, words) in enumerate(COLOURS, len(GUIDE)):
            sheet.set_row(row, 21)
            sheet.write_string(row, 4, sign, self.style(style))
            sheet.write_string(row, 5, words, self.style("grey"))

    # the other lists

    def _write_list(self, spec: SheetOfList, rows: Iterable[Row]) -> None:
        sheet = self.workbook.add_worksheet(spec.name)
        self._set_paper(sheet, landscape=spec.landscape)
        sheet.hide_gridlines(2)
        sheet.set_tab_color(NAVY)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_row(0, 24)
        for column, header in enumerate(spec.columns):
            sheet.set_column(column, column, header.width, self.style("plain"))
            sheet.write_string(0, column, header.header, self.style("list_header"))
            self._set_column_rules(sheet, column, header)
        for row, values in enumerate(rows, 1):
            self._write_list_row(sheet, spec, row, values)

    def _write_list_row(self, sheet: Any, spec: SheetOfList, row: int, values: Row) -> None:
        unknown = set(values) - {column.header for column in spec.columns}
        if unknown:
            raise ValueError(f"{spec.name} has no column {sorted(unknown)}")
        name = spec.row_style(values) if spec.row_style else ""
        sheet.set_row(row, 22 if name else list_row_height(spec, values))
        for column, header in enumerate(spec.columns):
            self._write_list_cell(sheet, row, column, values.get(header.header), name or header.style)

    def _write_list_cell(self, sheet: Any, row: int, column: int, value: object, style: str) -> None:
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.style(style))
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, column, value, self.style(style))
        elif isinstance(value, str):
            sheet.write_string(row, column, value, self.style("text" if style == "number" else style))
        elif isinstance(value, LayoutCell):
            self._write_drawn_list_cell(sheet, row, column, value, style)
        else:
            sheet.write(row, column, value, self.style(style))

    def _write_drawn_list_cell(self, sheet: Any, row: int, column: int, cell: LayoutCell, style: str) -> None:
        if cell.kind is DrawnKind.COMPUTED:
            # The drawings are empty: their figures are 0, their rates divide by it.
            guarded = f"=IFERROR({cell.text.removeprefix('=')},0)"
            sheet.write_formula(row, column, guarded, self.style(style, cell.number_format or IN_DRAWING), 0)
        elif cell.kind is DrawnKind.GIVEN:
            sheet.write_number(
                row, column, number_from_text(cell.text), self.style(style, cell.number_format)
            )
        else:
            sheet.write_blank(row, column, None, self.style(style, cell.number_format))

    def _set_column_rules(self, sheet: Any, column: int, header: ListColumn) -> None:
        choices: object = list(header.choices)
        if header.choices == "groups":
            rows = [row + 1 for row, (key, _) in enumerate(self.book.basics) if key == "グループ"]
            choices = f"=基本!$B${rows[0]}:$B${rows[-1]}" if rows else []
        if choices:
            # An item may have several groups in one cell: the list offers, it does not refuse.
            rule = _drop_down_validation(
                choices, header.header, header.hint, strict=header.choices != "groups"
            )
        else:
            rule = {"validate": "any", "input_title": header.header, "input_message": header.hint}
        sheet.data_validation(1, column, LAST_LIST_ROW, column, rule)

    # layout sheets

    def _write_layout(self, name: str, layout: DrawnLayout) -> None:
        sheet = self.workbook.add_worksheet(name)
        self._set_paper(sheet, landscape=layout.width > 9)
        sheet.hide_gridlines(2)
        sheet.set_tab_color("#70A35E")
        sheet.freeze_panes(0, FIRST_COLUMN)
        widths = column_widths(layout)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self.style("plain"))
        for row, height in enumerate(layout_row_heights(layout, widths)):
            sheet.set_row(row, height)
        areas = {(area.top, area.left): area for area in layout.areas}
        merged = merged_places(layout)
        for place, cell in layout.cells.items():
            style = self.style(style_name(layout, place, cell), cell.number_format)
            write = self._cell_writer(sheet, place, cell, style)
            if place in areas:
                area = areas[place]
                sheet.merge_range(area.top, area.left, area.bottom, area.right, None, style)
                write()
            elif cell.kind is not DrawnKind.EMPTY or place not in merged:
                write()
        self._write_bands(sheet, layout)
        self._set_layout_rules(sheet, layout)

    def _write_bands(self, sheet: Any, layout: DrawnLayout) -> None:
        """Bands run over the whole width, so that a reader sees where a block or a table begins."""
        for (row, column), cell in layout.cells.items():
            if column == 0 and cell.text in ("ブロック", "表"):
                for place in range(1, max(layout.width, 6)):
                    text = layout.cells.get((row, place), cell).text if (row, place) in layout.cells else ""
                    write = sheet.write_string if text else sheet.write_blank
                    write(row, place, text or None, self.style(MARK_STYLES[cell.text]))

    def _cell_writer(self, sheet: Any, place: Place, cell: LayoutCell, style: Any) -> Callable[[], object]:
        if cell.kind is DrawnKind.COMPUTED:
            formula = cell.text
            if "/" in formula:
                # An empty drawing divides by nothing.
                formula = f'=IFERROR({formula.removeprefix("=")},"")'
            return partial(sheet.write_formula, *place, formula, style, "")
        if cell.kind is DrawnKind.GIVEN:
            return partial(sheet.write_number, *place, number_from_text(cell.text), style)
        if cell.text:
            return partial(sheet.write_string, *place, cell.text, style)
        return partial(sheet.write_blank, *place, None, style)

    def _set_layout_rules(self, sheet: Any, layout: DrawnLayout) -> None:
        hint = "ブロック、文、KPI、表、注 などの印。空なら前の行の続きです。"
        sheet.data_validation(
            0, 0, LAST_LIST_ROW, 0, _drop_down_validation(list(MARKS), "印", hint, strict=False)
        )
        # What a planner adds divides by nothing as well, which need not be seen. Not so in the sheet KPI: its
        # formulas reach into other sheets, and such a rule over them brings LibreOffice down.
        pale = self.workbook.add_format({"font_color": "#D9D9D9"})
        rule = {"type": "errors", "format": pale}
        sheet.conditional_format(0, FIRST_COLUMN, layout.height, layout.width, rule)


def _drop_down_validation(
    source: object, title: str, message: str, *, strict: bool = True
) -> dict[str, object]:
    return {
        "validate": "list",
        "source": source,
        "input_title": title,
        "input_message": message,
        "error_title": title,
        "error_message": "一覧から選んでください。",
        "error_type": "stop" if strict else "information",
    }


def number_from_text(text: str) -> float:
    """The number that a text writes: 1,200 or 96.5%."""
    bare = text.replace(",", "")
    return float(bare[:-1]) / 100 if bare.endswith("%") else float(bare)
