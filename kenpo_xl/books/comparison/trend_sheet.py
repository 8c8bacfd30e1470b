"""The trends of a comparison: a small chart for each KPI on one page, and the numbers that charts draw."""

from __future__ import annotations

from decimal import Decimal
from math import ceil
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.comparison.pages import (
    GOOD,
    GRID,
    NEUTRAL,
    TITLE_HEIGHT,
    Looks,
    kpi_number_format,
    set_up_a3,
)
from kenpo_xl.domain.outputs.comparison import BranchComparison, ComparedKpi, TrendPoint

NAME, DATA = "推移", "推移の数"
MEAN, MEDIAN, HIGHEST, LOWEST = SUMMARIES = ("全国平均", "中央値", "最高", "最低")
_WIDTH, _NAME_WIDTH, _NAME_HEIGHT = 12, 26, 28
# Charts side by side, and the pixels of one with those between two.
_ACROSS, _CHART_WIDTH, _CHART_HEIGHT, _SPACE = 4, 380, 240, 12
_ROW_PIXELS, _FIRST_ROW = 20, 3
_MOST_SLANTING, _MOST_UPRIGHT = 10, 24
_LINES = {
    MEAN: {"color": GOOD, "width": 2.25},
    HIGHEST: {"color": NEUTRAL, "width": 0.75},
    LOWEST: {"color": NEUTRAL, "width": 0.75},
}


class TrendRows(NamedTuple):
    """Where the numbers of a KPI are: the row of its header, of its first branch, the last row and column."""

    header: int
    first_branch: int
    last: int
    last_column: int

    def row_of_statistic(self, summary: str) -> int:
        """The row of one of the numbers of the nation."""
        return self.header + 1 + SUMMARIES.index(summary)


def write_trend_sheets(book: Workbook, look: Styles, comparison: BranchComparison) -> tuple[TrendRows, ...]:
    """Add the sheet of charts and that of the numbers; the places of the latter, by KPI."""
    sheet, data, looks = book.add_worksheet(NAME), book.add_worksheet(DATA), Looks(book)
    places = _write_all_numbers(data, looks, comparison)
    set_up_a3(sheet, pages_high=1)
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.write(0, 0, f"指標の推移　{comparison.quarter.label}", look("title"))
    first, *others = comparison.quarters
    since = f"{first.label.removesuffix('まで')}から" if others else ""
    span = f"{since}{comparison.quarter.label}、{len(comparison.quarters)} 期"
    note = "太い線は全国平均、細い線は支部の最高と最低です。数はシート「推移の数」にあります。"
    sheet.write(1, 0, f"{span}。{note}", look("path"))
    rows_of_chart = ceil((_CHART_HEIGHT + _SPACE) / _ROW_PIXELS)
    for number, (kpi, place) in enumerate(zip(comparison.kpis, places, strict=True)):
        across, down = number % _ACROSS, number // _ACROSS
        offset = {"x_offset": across * (_CHART_WIDTH + _SPACE), "object_position": 3}
        chart = _small_chart(book, kpi, place)
        sheet.insert_chart(_FIRST_ROW + down * rows_of_chart, 0, chart, offset)
    return places


def _small_chart(book: Workbook, kpi: ComparedKpi, place: TrendRows) -> object:
    chart = book.add_chart({"type": "line"})
    for name, line in _LINES.items():
        row = place.row_of_statistic(name)
        chart.add_series(
            {
                "name": name,
                "categories": [DATA, place.header, 1, place.header, place.last_column],
                "values": [DATA, row, 1, row, place.last_column],
                "line": line,
                "marker": marker_options(kpi, line["color"], 4),
            }
        )
    chart.set_title({"name": kpi.name, "name_font": {"size": 9, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis(time_axis_options(kpi, 7))
    axis = {"num_format": kpi_number_format(kpi), "num_font": {"size": 7}, "major_gridlines": GRID}
    chart.set_y_axis(axis)
    chart.show_blanks_as("gap")
    chart.set_size({"width": _CHART_WIDTH, "height": _CHART_HEIGHT})
    return chart


def marker_options(kpi: ComparedKpi, colour: object, size: int) -> dict[str, object]:
    """The marks on a line: one quarter alone has no line to be seen by."""
    if len(kpi.trend) > 1:
        return {"type": "none"}
    return {"type": "circle", "size": size, "fill": {"color": colour}, "border": {"color": colour}}


def time_axis_options(kpi: ComparedKpi, size: int) -> dict[str, object]:
    """The axis of the quarters: many labels are vertical, and more leave some out."""
    count = len(kpi.trend)
    rotation = -45 if count <= _MOST_SLANTING else -90
    return {
        "num_font": {"size": size, "rotation": rotation},
        "interval_unit": ceil(count / _MOST_UPRIGHT),
    }


def _write_all_numbers(sheet: Worksheet, looks: Looks, comparison: BranchComparison) -> tuple[TrendRows, ...]:
    """Write the numbers of every KPI, one below another; their places."""
    set_up_a3(sheet)
    sheet.set_column(0, 0, _NAME_WIDTH)
    sheet.set_column(1, max(len(comparison.quarters), 1), _WIDTH)
    places, row = [], 0
    for kpi in comparison.kpis:
        place = _write_numbers(sheet, looks, kpi, comparison.branches, row)
        places.append(place)
        row = place.last + 2
    return tuple(places)


def _write_numbers(
    sheet: Worksheet, looks: Looks, kpi: ComparedKpi, branches: tuple[str, ...], row: int
) -> TrendRows:
    """Write the numbers of a KPI: rows for the nation, then one a branch."""
    names = (*SUMMARIES, *branches)
    plain, nation = looks(kpi_number_format(kpi)), looks(kpi_number_format(kpi), fill=looks.summary_fill)
    sheet.set_row(row, _NAME_HEIGHT)
    sheet.write(row, 0, kpi.name, looks.header())
    for index, name in enumerate(names, start=row + 1):
        sheet.write(index, 0, name, looks(fill=looks.summary_fill if name in SUMMARIES else ""))
    for column, point in enumerate(kpi.trend, start=1):
        sheet.write(row, column, point.quarter.short_label, looks.header())
        values = {**_values_by_statistic(point), **point.results}
        for index, name in enumerate(names, start=row + 1):
            _write_value(sheet, index, column, values.get(name), nation if name in SUMMARIES else plain)
    first_branch = row + 1 + len(SUMMARIES)
    return TrendRows(row, first_branch, first_branch + len(branches) - 1, len(kpi.trend))


def _values_by_statistic(point: TrendPoint) -> dict[str, Decimal | None]:
    return dict(zip(SUMMARIES, (point.mean, point.median, point.highest, point.lowest), strict=True))


def _write_value(sheet: Worksheet, row: int, column: int, value: Decimal | None, style: Format) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_number(row, column, float(value), style)
