"""Writes plan books (計画.xlsx) from data, for the sample and for tests. The same data gives the same bytes.

What is written is an ordinary workbook that a planner could have made in Excel: lists in list sheets, tables
drawn in layout sheets, formulas with ordinary references. `drawing_text` tells how a layout sheet is written
as text, `plan_look` tells what the sheets look like.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from scripts.drawing_text import (
    FIRST_COLUMN,
    Area,
    Cell,
    Kind,
    LayoutSheet,
    Place,
    parse_layout,
    split_format,
)
from scripts.plan_look import (
    BASICS,
    CELL_STYLES,
    COLOURS,
    CROSS_CHECKS,
    FONT,
    GUIDE,
    HISTORY,
    IN_DRAWING,
    INK,
    KEYED_MEASURES,
    KPIS,
    MARK_STYLES,
    MARKS,
    MEASURES,
    NAVY,
    PERIODS,
    PERIODS_OF_OTHER_KINDS,
    RULES,
    SCALE,
    STYLES,
    TERMS,
    ListColumn,
    ListSheet,
    Row,
)

CREATED = dt.datetime(2024, 4, 1)  # noqa: DTZ001 (a fixed date: the same bytes each run)
LAST_LIST_ROW = 400
"""Drop-downs and borders of a list reach down to this row: room for rows that a planner adds."""


@dataclass(frozen=True)
class PlanDrawing:
    """A plan book as data. The keys of a row are the column headers; a missing key is an empty cell.

    A text that ends in ⟪number format⟫ is a number (`"96.5% ⟪0.0%⟫"`), one that begins with = a formula.
    `layouts` maps the name of a layout sheet to its drawing as text. `further_columns` are headers that
    an office adds to 施策.
    """

    basics: list[tuple[str, object]]
    periods: list[dict[str, Any]]
    measures: list[dict[str, Any]]
    kpis: list[dict[str, Any]]
    scale: list[dict[str, Any]]
    history: list[dict[str, Any]] = field(default_factory=list)
    layouts: dict[str, str] = field(default_factory=dict)
    cross_checks: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    rule_settings: list[dict[str, Any]] = field(default_factory=list)
    further_columns: tuple[str, ...] = ()


def write_plan_book(path: Path, book: PlanDrawing) -> None:
    """Write the plan book to `path`."""
    options = {"default_format_properties": {"font_name": FONT, "font_size": 10, "font_color": INK}}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"title": "計画", "author": "", "created": CREATED})
        _Writer(workbook, book).write()


class _Writer:
    def __init__(self, workbook: Any, book: PlanDrawing) -> None:
        self.workbook = workbook
        self.book = book
        self.layouts = {name: parse_layout(text) for name, text in book.layouts.items()}
        self.formats: dict[tuple[str, str], Any] = {}

    def write(self) -> None:
        self._basics()
        lists = (
            (PERIODS_OF_OTHER_KINDS if _has_other_periods(self.book) else PERIODS, self.book.periods),
            (_measures_sheet(self.book), self.book.measures),
            (KPIS, self.book.kpis),
            (SCALE, self.book.scale),
            (HISTORY, self.book.history),
        )
        for sheet, rows in lists:
            self._list(sheet, rows)
        optional = (
            (CROSS_CHECKS, self.book.cross_checks),
            (TERMS, self.book.terms),
            (RULES, self.book.rule_settings),
        )
        for sheet, rows in optional:
            if rows:
                self._list(sheet, rows)
        for name, layout in self.layouts.items():
            self._layout(name, layout)

    def style(self, name: str, number_format: str = "") -> Any:
        if (name, number_format) not in self.formats:
            properties = STYLES[name] | ({"num_format": number_format} if number_format else {})
            self.formats[name, number_format] = self.workbook.add_format(properties)
        return self.formats[name, number_format]

    def _paper(self, sheet: Any, *, landscape: bool) -> None:
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&8&F　&A&R&8&P / &N")

    # 基本

    def _basics(self) -> None:
        sheet = self.workbook.add_worksheet("基本")
        self._paper(sheet, landscape=True)
        sheet.hide_gridlines(2)
        for column, width in enumerate((14, 26, 56, 3, 14, 72)):
            sheet.set_column(column, column, width, self.style("plain"))
        told = set()
        for row, (key, value) in enumerate(self.book.basics):
            sheet.set_row(row, 28)
            sheet.write_string(row, 0, key, self.style("key"))
            sheet.write(row, 1, value, self.style("value"))
            sheet.write_string(row, 2, "" if key in told else BASICS.get(key, ""), self.style("grey"))
            told.add(key)
            if key == "四半期":
                sheet.data_validation(row, 1, row, 1, _choice(["1", "2", "3", "4"], key, BASICS[key]))
        self._guide(sheet)
        sheet.set_first_sheet()
        sheet.activate()

    def _guide(self, sheet: Any) -> None:
        for row, line in enumerate(GUIDE):
            title = row in (0, len(GUIDE) - 1)
            sheet.write_string(row, 4, line, self.style("title" if title else "words"))
        for row, (style, sign, words) in enumerate(COLOURS, len(GUIDE)):
            sheet.set_row(row, 21)
            sheet.write_string(row, 4, sign, self.style(style))
            sheet.write_string(row, 5, words, self.style("grey"))

    # the other lists

    def _list(self, spec: ListSheet, rows: Iterable[Row]) -> None:
        sheet = self.workbook.add_worksheet(spec.name)
        self._paper(sheet, landscape=spec.landscape)
        sheet.hide_gridlines(2)
        sheet.set_tab_color(NAVY)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_row(0, 24)
        for column, header in enumerate(spec.columns):
            sheet.set_column(column, column, header.width, self.style("plain"))
            sheet.write_string(0, column, header.header, self.style("list_header"))
            self._column_rules(sheet, column, header)
        for row, values in enumerate(rows, 1):
            self._list_row(sheet, spec, row, values)

    def _list_row(self, sheet: Any, spec: ListSheet, row: int, values: Row) -> None:
        unknown = set(values) - {column.header for column in spec.columns}
        if unknown:
            raise ValueError(f"{spec.name} has no column {sorted(unknown)}")
        name = spec.row_style(values) if spec.row_style else ""
        sheet.set_row(row, 22 if name else _list_height(spec, values))
        for column, header in enumerate(spec.columns):
            self._list_cell(sheet, row, column, values.get(header.header), name or header.style)

    def _list_cell(self, sheet: Any, row: int, column: int, value: object, style: str) -> None:
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.style(style))
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, column, value, self.style(style))
        elif isinstance(value, str):
            self._list_text(sheet, row, column, value, style)
        else:
            sheet.write(row, column, value, self.style(style))

    def _list_text(self, sheet: Any, row: int, column: int, value: str, style: str) -> None:
        text, shown = split_format(value)
        if text.startswith("="):
            # The drawings are empty: their figures are 0, their rates divide by it.
            guarded = f"=IFERROR({self._formula(text[1:], '', row, column)},0)"
            sheet.write_formula(row, column, guarded, self.style(style, shown or IN_DRAWING), 0)
        elif shown and text:
            sheet.write_number(row, column, _number(text), self.style(style, shown))
        elif shown:
            sheet.write_blank(row, column, None, self.style(style, shown))
        else:
            sheet.write_string(row, column, text, self.style("text" if style == "number" else style))

    def _column_rules(self, sheet: Any, column: int, header: ListColumn) -> None:
        choices: object = list(header.choices)
        if header.choices == "groups":
            rows = [row + 1 for row, (key, _) in enumerate(self.book.basics) if key == "グループ"]
            choices = f"=基本!$B${rows[0]}:$B${rows[-1]}" if rows else []
        if choices:
            rule = _choice(choices, header.header, header.hint)
        else:
            rule = {"validate": "any", "input_title": header.header, "input_message": header.hint}
        sheet.data_validation(1, column, LAST_LIST_ROW, column, rule)

    # layout sheets

    def _layout(self, name: str, layout: LayoutSheet) -> None:
        sheet = self.workbook.add_worksheet(name)
        self._paper(sheet, landscape=layout.width > 9)
        sheet.hide_gridlines(2)
        sheet.set_tab_color("#70A35E")
        sheet.freeze_panes(0, FIRST_COLUMN)
        widths = _widths(layout)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self.style("plain"))
        for row in range(layout.height):
            sheet.set_row(row, _height(layout, row, widths))
        merged = {(area.top, area.left): area for area in layout.areas}
        for place, cell in layout.cells.items():
            self._layout_cell(sheet, name, layout, place, cell, merged.get(place))
        self._bands(sheet, layout)
        self._layout_rules(sheet, layout)

    def _bands(self, sheet: Any, layout: LayoutSheet) -> None:
        """Bands run over the whole width, so that the eye finds where a block or a table begins."""
        for (row, column), cell in layout.cells.items():
            if column == 0 and cell.text in ("ブロック", "表"):
                for place in range(1, max(layout.width, 6)):
                    text = layout.cells.get((row, place), cell).text if (row, place) in layout.cells else ""
                    write = sheet.write_string if text else sheet.write_blank
                    write(row, place, text or None, self.style(MARK_STYLES[cell.text]))

    def _layout_cell(
        self, sheet: Any, name: str, layout: LayoutSheet, place: Place, cell: Cell, area: Area | None
    ) -> None:
        style = self.style(_style_name(layout, place, cell), cell.number_format)
        write = self._cell_writer(sheet, name, place, cell, style)
        if area:
            sheet.merge_range(area.top, area.left, area.bottom, area.right, None, style)
            write()
        elif cell.kind is not Kind.EMPTY or not _inside_merged(layout, place):
            write()

    def _cell_writer(
        self, sheet: Any, name: str, place: Place, cell: Cell, style: Any
    ) -> Callable[[], object]:
        if cell.kind is Kind.COMPUTED:
            formula = self._formula(cell.text, name, *place)
            if "/" in formula:
                # An empty drawing divides by nothing.
                formula = f'=IFERROR({formula.removeprefix("=")},"")'
            return partial(sheet.write_formula, *place, formula, style, "")
        if cell.kind is Kind.GIVEN:
            return partial(sheet.write_number, *place, _number(cell.text), style)
        if cell.text:
            return partial(sheet.write_string, *place, cell.text, style)
        return partial(sheet.write_blank, *place, None, style)

    def _layout_rules(self, sheet: Any, layout: LayoutSheet) -> None:
        hint = "ブロック、文、KPI、表、注 などの印。空なら前の行の続きです。"
        sheet.data_validation(0, 0, LAST_LIST_ROW, 0, _choice(list(MARKS), "印", hint, strict=False))
        # What a planner adds divides by nothing as well, which need not be seen. Not so in the sheet KPI: its
        # formulas reach into other sheets, and such a rule over them brings LibreOffice down.
        pale = self.workbook.add_format({"font_color": "#D9D9D9"})
        rule = {"type": "errors", "format": pale}
        sheet.conditional_format(0, FIRST_COLUMN, layout.height, layout.width, rule)

    # formulas

    def _formula(self, text: str, sheet: str, row: int, column: int) -> str:
        """The formula with ordinary references in place of names and steps."""
        named = re.sub(r"@([^/@]+)/([^/@]+)/([^/@]+)/([^/\s+*(),]+)", partial(self._named, sheet), text)
        return re.sub(
            r"\[(-?\d+)(?:,(-?\d+))?\]",
            lambda step: xl_rowcol_to_cell(row + int(step[2] or 0), column + int(step[1])),
            named,
        )

    def _named(self, sheet: str, match: re.Match[str]) -> str:
        item, table, row, column = match.groups()
        try:
            drawing = self.layouts[item].drawings[table]
            rows = [drawing.rows[name] for name in row.split(":")]
            columns = [drawing.columns[name] for name in column.split(":")]
        except KeyError as missing:
            raise ValueError(f"no cell {match[0]}: {missing} is not there") from None
        first, last = (xl_rowcol_to_cell(rows[end], columns[end]) for end in (0, -1))
        return ("" if item == sheet else f"'{item}'!") + ":".join(dict.fromkeys((first, last)))


def _choice(source: object, title: str, message: str, *, strict: bool = True) -> dict[str, object]:
    return {
        "validate": "list",
        "source": source,
        "input_title": title,
        "input_message": message,
        "error_title": title,
        "error_message": "一覧から選んでください。",
        "error_type": "stop" if strict else "information",
    }


def _number(text: str) -> float:
    bare = text.replace(",", "")
    return float(bare[:-1]) / 100 if bare.endswith("%") else float(bare)


def _style_name(layout: LayoutSheet, place: Place, cell: Cell) -> str:
    if cell.kind is Kind.MARK:
        return MARK_STYLES.get(cell.text, "option")
    if cell.kind in (Kind.FRAME, Kind.WORDS) and (place[0], 0) in layout.cells:
        return "label" if layout.cells[place[0], 0].text == "名札" else "words"
    if cell.kind in (Kind.HEADER, Kind.EMPTY):
        return "row_header" if _is_row_header(layout, place) else "header"
    return CELL_STYLES[cell.kind]


def _is_row_header(layout: LayoutSheet, place: Place) -> bool:
    return any(
        place in drawing.cells
        and place[0] in drawing.rows.values()
        and place[1] < min(drawing.columns.values())
        for drawing in layout.drawings.values()
    )


def _inside_merged(layout: LayoutSheet, place: Place) -> bool:
    row, column = place
    return any(a.top <= row <= a.bottom and a.left <= column <= a.right for a in layout.areas)


def _has_other_periods(book: PlanDrawing) -> bool:
    """Whether an office reports at other times than each quarter."""
    return "期" in dict(book.basics)


def _has_keys(book: PlanDrawing) -> bool:
    return any("鍵" in row for row in book.measures)


def _measures_sheet(book: PlanDrawing) -> ListSheet:
    """The columns of 施策: with keys where there are any, and those that the office adds."""
    usual = KEYED_MEASURES if _has_keys(book) else MEASURES
    added = (ListColumn(header, 20, "この組織が加えた列。") for header in book.further_columns)
    return replace(usual, columns=(*usual.columns, *added))


def _list_height(spec: ListSheet, values: Row) -> float:
    """Room for the longest wrapped text of a row; some is left over where words break early."""
    wrapped = [column for column in spec.columns if column.style == "text" and values.get(column.header)]
    lines = (ceil(_text_width(values[column.header]) / (column.width - 2)) for column in wrapped)
    return max(18, 13.5 * max(lines, default=1) + 5)


def _text_width(text: str) -> int:
    """The width of the widest line in half-width characters."""
    lines = text.split("\n")
    return max(sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in line) for line in lines)


def _widths(layout: LayoutSheet) -> list[float]:
    """Column widths that show every header and figure; lines of text flow over the cells at their right."""
    widths = [10.0, 16.0, *[11.0] * max(0, layout.width - FIRST_COLUMN)]
    across = {(area.top, area.left) for area in layout.areas if area.left < area.right}
    for (row, column), cell in layout.cells.items():
        if cell.kind in (Kind.HEADER, Kind.FRAME) and (row, column) not in across:
            limit = 40 if _is_row_header(layout, (row, column)) else 24
            widths[column] = max(widths[column], min(limit, _text_width(cell.text) + 2.5))
    return widths


def _height(layout: LayoutSheet, row: int, widths: list[float]) -> float:
    """Room for the headers of a row; a merged header shares the rows that it spans."""
    spans = {(area.top, area.left): area for area in layout.areas}
    lines = [1]
    for place, cell in layout.cells.items():
        area = spans.get(place, Area(*place, *place))
        if place[0] == row == area.bottom and cell.kind is Kind.HEADER:
            room = sum(widths[area.left : area.right + 1]) - 2
            lines.append(sum(ceil(_text_width(line) / room) for line in cell.text.split("\n")))
    return max(18, 14 * max(lines) + 4)
