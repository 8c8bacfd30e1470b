"""The sheet KPI一覧: every KPI with its assessment, one a row, and charts below the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kenpo_xl.books.common.gap_formats import difference_format_with_unit
from kenpo_xl.books.common.text_metrics import line_width, printable_text, wrapped_lines
from kenpo_xl.books.report.chart_data import ChartData
from kenpo_xl.books.report.kpi_chart_area import ChartArea
from kenpo_xl.books.report.kpi_charts import write_charts
from kenpo_xl.books.report.kpi_share_chart import KpiShare
from kenpo_xl.books.report.layout.paragraph import line_capacities
from kenpo_xl.books.report.layout.tables.table_padding import number_format_with_space
from kenpo_xl.books.report.list_heading import TITLE_HEIGHT, write_list_heading
from kenpo_xl.books.report.list_sheet import (
    INDENT,
    Column,
    ListCell,
    ListSheet,
    LooseText,
    Value,
    page_breaks,
)
from kenpo_xl.books.report.template.page_setup import LIST_MARGINS, POINT, PageSetup
from kenpo_xl.books.report.template.screen_widths import Width, xlsxwriter_pixels
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lengths import HalfWidths
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.results.assessments import Assessments, BlockRating, KpiAssessment

# The rows above the headers: a title and two notes.
KPI_START = 3
_UNKNOWN = "－"
_NOTES = (
    "{as_of}時点。実績がいつまでのものかは「実績の時点」に示します。率の差はポイントで表します。",
    "達成率は、方向が「以上」なら 実績÷目標、「以下」なら 2－実績÷目標 です。数値のない欄は空けてあります。",
)
_NOTE_ON_RANGES = "目標が範囲の指標は、範囲の中なら達成率 100％、外なら近いほうの端との割合です。"
_NARROWEST, _WIDEST = 8, 18
# Pixels of a line and of the air around all lines.
_LINE, _AIR = 17, 10
KPI_FONT = 9.5
"""The points of the letters, whose explanations would take more lines in larger ones."""
# Points of an item's number: from 9 to 9.5 a screen without smoothing draws nothing of the hyphens in 1-2-2.
_ITEM_SIZE = 10
# Points of a name, as large as it has one line; half-width characters of its column.
_NAME_SIZES, _NAME_WIDTH = (9.5, 9, 8.5, 8), 33
# Excel allows 409 points to a row.
_HIGHEST = 545
_HEADER_HEIGHT = 46
# A little of the page, for applications that draw columns wider.
_SLACK = 0.97

PagePixels = int
PageCount = int
HeadingPixels = int
_ValueOf = Callable[[KpiAssessment, BlockRating | None], Value | ListCell]


@frozen
class _Field:
    """A column of the sheet and its value for a KPI; width 0 is as wide as the longest number.

    One that `is_internal` is not printed, comes after all others, and is left out of a public report.
    """

    column: Column
    value_of: _ValueOf
    is_internal: bool = False


def _glyph_field(header: str, value_of: _ValueOf, *, is_internal: bool = False) -> _Field:
    return _Field(Column(header, _NARROWEST, centred=True), value_of, is_internal)


def _number_field(
    header: str, value_of: Callable[[KpiAssessment], Decimal | None], missing: str = ""
) -> _Field:
    """A number in the KPI's own number format."""

    def number_cell(kpi: KpiAssessment, _: BlockRating | None) -> ListCell:
        return _number_cell(value_of(kpi), kpi.kpi.format.code, missing)

    return _Field(Column(header, 0), number_cell)


def _number_cell(value: Decimal | None, code: str, missing: str = "") -> ListCell:
    """A number that keeps off the line at its right, or the word for none."""
    return ListCell(missing if value is None else value, format=number_format_with_space(code))


def _name_cell(name: str) -> ListCell:
    """A name in the largest letters in which it has one line."""
    width = line_width(printable_text(name))
    sizes = (size for size in _NAME_SIZES if width <= _line_capacity(_NAME_WIDTH, size))
    return ListCell(name, size=next(sizes, _NAME_SIZES[-1]))


def _line_capacity(width: float, size: float = KPI_FONT) -> HalfWidths:
    """The half-width characters of a line in a column of this width."""
    return line_capacities(Width.fixed(xlsxwriter_pixels(width)), size, INDENT)[0]


def _target_cell(kpi: KpiAssessment) -> ListCell:
    return _number_cell(kpi.assessment.target, kpi.target_format.code, kpi.target_text)


def _result_cell(kpi: KpiAssessment) -> ListCell:
    return _number_cell(kpi.assessment.result, kpi.result_format.code, kpi.result_text)


def _adjustment_reason(_: KpiAssessment, block: BlockRating | None) -> str:
    return block.adjustment.reason if block and block.adjustment else ""


_FIELDS = (
    _Field(Column("項", 6.5, centred=True), lambda kpi, _: ListCell(kpi.item, size=_ITEM_SIZE)),
    _Field(Column("指標", _NAME_WIDTH, wraps=True), lambda kpi, _: _name_cell(kpi.kpi.name)),
    _Field(Column("方向", 5.5, centred=True), lambda kpi, _: kpi.kpi.direction),
    _Field(Column("目標", 0), lambda kpi, _: _target_cell(kpi)),
    _Field(Column("実績", 0), lambda kpi, _: _result_cell(kpi)),
    _Field(Column("実績の時点", 12, centred=True), lambda kpi, _: str(kpi.base) if kpi.has_result else ""),
    _Field(Column("達成率", 8.5), lambda kpi, _: _number_cell(kpi.attainment, "0.0%")),
    _number_field("前年同期", lambda kpi: kpi.assessment.same_period),
    _Field(
        Column("前年同期との差", 0),
        lambda kpi, _: _number_cell(
            kpi.difference_to_same_period, difference_format_with_unit(kpi.kpi.format)
        ),
    ),
    _number_field("前年度実績", lambda kpi: kpi.last_year),
    _glyph_field("最終評価", lambda _, block: block.printed_glyph if block else ""),
    _Field(Column("判定の説明", 62, wraps=True), lambda kpi, _: kpi.judgement.explanation),
    _glyph_field("計算した評価", lambda kpi, _: kpi.judgement.glyph, is_internal=True),
    _glyph_field("グループの評価", lambda _, block: block.submitted_glyph if block else "", is_internal=True),
    _glyph_field("調整後の評価", lambda _, block: block.final if block else "", is_internal=True),
    _Field(Column("調整の理由", 15, wraps=True), _adjustment_reason, is_internal=True),
)


def _fields_of_report(report: Report) -> list[_Field]:
    return [field for field in _FIELDS if not (report.is_public and field.is_internal)]


def kpi_columns(report: Report) -> tuple[Column, ...]:
    """The columns of the sheet; one of numbers, and one of short words, is as wide as the longest of them."""
    assessments = report.assessments or Assessments((), {})
    return tuple(_fitted_column(field, assessments) for field in _fields_of_report(report))


def _fitted_column(field: _Field, assessments: Assessments) -> Column:
    column = field.column
    if column.width and not column.centred:
        return replace(column, indented=True)
    shown = [
        _displayed_text(field.value_of(kpi, assessments.blocks.get((kpi.item, kpi.block))))
        for kpi in assessments.kpis
    ]
    header = [] if column.width else [column.header]
    needed = max(map(line_width, [*shown, *header]), default=0) + 1.5
    width = max(min(needed, _WIDEST), column.width or _NARROWEST)
    return replace(column, width=width, wraps=needed > _WIDEST, indented=not column.centred)


def _displayed_text(value: Value | ListCell) -> str:
    cell = value if isinstance(value, ListCell) else ListCell(value)
    if isinstance(cell.value, Decimal):
        return NumberFormat(cell.format).displayed_text(cell.value)
    return printable_text(str(cell.value or ""))


def write_kpi_sheet(rows: ListSheet, book: Any, report: Report, data: ChartData) -> PageCount:
    """Write title, rows and charts on a list that begins at KPI_START; returns the number of printed pages.

    `book` is the XlsxWriter workbook; `data` takes the numbers of the charts.
    """
    sheet, words = rows.sheet, report.words
    fields, assessments = _fields_of_report(report), report.assessments or Assessments((), {})
    printed = [column for column, field in zip(rows.columns, fields, strict=True) if not field.is_internal]
    page = _set_up_page(sheet, rows.setup.with_margins(LIST_MARGINS), rows.printed_pixels(len(printed) - 1))
    above = _write_heading(sheet, book, words, _lines_below_title(assessments))
    heights = []
    for kpi in assessments.kpis:
        values = [field.value_of(kpi, assessments.blocks.get((kpi.item, kpi.block))) for field in fields]
        heights.append(_row_pixel_height(rows.columns, values))
        rows.add_row(*map(_value_with_lines_set_apart, rows.columns, values))
        sheet.set_row_pixels(rows.row - 1, heights[-1])
    # Of a list on one page only the title is repeated: headers would appear above the charts.
    breaks = page_breaks(heights, page - above, first=KPI_START + 1)
    sheet.repeat_rows(0, KPI_START if breaks else 0)
    charts = write_charts(
        ChartArea(book, sheet, data, as_of=words.get("基準日", ""), year=report.fiscal_year),
        _kpi_shares(report, assessments),
        row=rows.row,
        page_width=_total_pixel_width(printed),
        page_height=page - (above if breaks else TITLE_HEIGHT),
    )
    breaks += charts.first_rows
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, charts.end_row - 1, len(printed) - 1)
    return 1 + len(breaks)


def _kpi_shares(report: Report, assessments: Assessments) -> list[KpiShare]:
    """The KPIs with the share of the target that is expected at the as-of date, where the summary has it."""
    lines = report.summary.kpis if report.summary else ()
    expected = {line.name: line.share_of_target(line.expected) for line in lines}
    return [KpiShare(kpi, expected.get(kpi.kpi.name)) for kpi in assessments.kpis]


def _set_up_page(sheet: Any, setup: PageSetup, width: float) -> PagePixels:
    """Set the sheet up for pages in which `width` pixels fit; returns the pixels of the rows of a page.

    The scale is given, not "fit to width": Excel would then not keep to the page breaks before the charts.
    """
    scale = int(setup.printable_width_points / POINT * _SLACK / width * 100)
    scale = min(max(scale, 10), 100)
    sheet.set_margins(**LIST_MARGINS)
    sheet.set_print_scale(scale)
    sheet.freeze_panes(KPI_START + 1, 2)
    return int(setup.printable_height_points / POINT * _SLACK * 100 / scale)


def _lines_below_title(assessments: Assessments) -> tuple[str, str]:
    """The lines below the title; the one on ranges only where there are any."""
    as_of, attainment = _NOTES
    has_ranges = any(one.kpi.direction is Direction.WITHIN for one in assessments.kpis)
    return as_of, f"{attainment}{_NOTE_ON_RANGES if has_ranges else ''}"


def _write_heading(sheet: Any, book: Any, words: Mapping[str, str], notes: Sequence[str]) -> HeadingPixels:
    """Write title and notes; returns their height in pixels with the headers."""
    filled = [note.format(as_of=words.get("基準日", "")) for note in notes]
    height = write_list_heading(sheet, book, words, title="ＫＰＩ一覧", notes=filled)
    sheet.set_row_pixels(KPI_START, _HEADER_HEIGHT)
    return height + _HEADER_HEIGHT


def _total_pixel_width(columns: Sequence[Column]) -> int:
    return sum(xlsxwriter_pixels(column.width) for column in columns)


def _value_with_lines_set_apart(column: Column, value: Value | ListCell) -> Value | ListCell:
    """The value of a cell; a text of several lines with its lines set apart."""
    is_broken = isinstance(value, str) and column.wraps and _line_count(column, value) > 1
    return LooseText(str(value)) if is_broken else value


def _row_pixel_height(columns: Sequence[Column], values: Sequence[Value | ListCell]) -> int:
    """The height in pixels that the text of a row needs."""
    counts = (
        _line_count(column, value) if column.wraps else 1
        for column, value in zip(columns, values, strict=True)
    )
    return min(max(counts) * _LINE + _AIR, _HIGHEST)


def _line_count(column: Column, value: Value | ListCell) -> int:
    size = value.size if isinstance(value, ListCell) and value.size else KPI_FONT
    return len(wrapped_lines(_displayed_text(value), _line_capacity(column.width, size)))
