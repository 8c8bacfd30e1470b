"""A sheet for each KPI: every branch with result, target, rank and changes; ranking and trend drawn."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.comparison.pages import (
    BAD,
    COUNT,
    GOOD,
    GRID,
    MARK,
    NEUTRAL,
    TITLE_HEIGHT,
    Looks,
    kpi_number_format,
    kpi_sheet_name,
    set_up_a3,
)
from kenpo_xl.books.comparison.trend_sheet import DATA, MEAN, TrendRows, marker_options, time_axis_options
from kenpo_xl.domain.outputs.comparison import BranchComparison, BranchValue, ComparedKpi

_REASON_WIDTH = 60
_HEADERS = (
    *(("順位", 6), ("支部", 14), ("実績", 11), ("目標", 11), ("評価", 6), ("ブロックの評価", 9)),
    *(("全国平均との差", 11), ("前の期から", 11), ("前年同期から", 11), ("外れ値の理由", _REASON_WIDTH)),
)
_FIRST_ROW, _HEADER_HEIGHT = 6, 28
_RESULT, _BRANCH = 2, 1
_CHART_COLUMN = len(_HEADERS) + 1
_WIDTH, _ROW_PIXELS, _TREND_HEIGHT, _SPACE = 640, 16, 380, 20


def write_kpi_sheets(
    book: Workbook, look: Styles, comparison: BranchComparison, trends: Sequence[TrendRows]
) -> None:
    """Add the sheets, in the order of the overview."""
    looks = Looks(book)
    for number, (kpi, trend) in enumerate(zip(comparison.kpis, trends, strict=True), start=1):
        _KpiSheet(book, look, looks, kpi, kpi_sheet_name(number)).write(comparison, trend)


class _KpiSheet:
    """The sheet of one KPI; its rows are in the order of ranks."""

    def __init__(self, book: Workbook, look: Styles, looks: Looks, kpi: ComparedKpi, name: str) -> None:
        self.book, self.look, self.looks, self.kpi, self.name = book, look, looks, kpi, name
        self.sheet: Worksheet = book.add_worksheet(name)
        self.values = sorted(kpi.values, key=lambda one: (one.rank is None, one.rank))

    def write(self, comparison: BranchComparison, trend: TrendRows) -> None:
        """Write title, table and charts."""
        set_up_a3(self.sheet, pages_high=1 if len(self.values) <= _MOST_ROWS else 0)
        self.sheet.set_row(0, TITLE_HEIGHT)
        self.sheet.write(0, 0, f"{self.kpi.name}　{comparison.quarter.label}", self.look("title"))
        for row, text in enumerate(self._sentences_above_table(), start=1):
            self.sheet.write(row, 0, text, self.look("path"))
        self.sheet.set_row(_FIRST_ROW - 1, _HEADER_HEIGHT)
        for column, (header, width) in enumerate(_HEADERS):
            self.sheet.set_column(column, column, width)
            self.sheet.write(_FIRST_ROW - 1, column, header, self.looks.header())
        for row, one in enumerate(self.values, start=_FIRST_ROW):
            self._write_branch(row, one)
        self.sheet.freeze_panes(_FIRST_ROW, 2)
        self.sheet.repeat_rows(_FIRST_ROW - 1)
        self.sheet.insert_chart(1, _CHART_COLUMN, self._trend_chart(trend))
        if self.values:
            below = {"y_offset": _TREND_HEIGHT + _SPACE}
            self.sheet.insert_chart(1, _CHART_COLUMN, self._ranking_chart(), below)

    def _sentences_above_table(self) -> list[str]:
        """The sentences above the table."""
        kpi = self.kpi
        key = f"　共通の鍵 {kpi.common_key}" if kpi.common_key else ""
        unit = kpi.unit_of_difference
        months = "、".join(map(str, kpi.months_by_result))
        months = f"基準月は{months}{'が混じっています' if len(kpi.months_by_result) > 1 else 'です'}。"
        return [
            f"全国平均 {kpi.value_with_unit(kpi.mean)}（{kpi.mean_in_words}）　"
            f"中央値 {kpi.value_with_unit(kpi.median)}",
            f"目標は「{kpi.direction}」で判定します。差の単位は{unit or '実績と同じ'}です。{months}{key}",
            "4月から積み上がる指標は、年度が変わると、前の期から減ります。前年同期と比べてください。",
        ]

    def _write_branch(self, row: int, one: BranchValue) -> None:
        fill = MARK if one.outlier else ""
        rank = float(one.rank) if one.rank is not None else None
        self.sheet.set_row(row, row_height(one.outlier, _REASON_WIDTH))
        self._write_number(row, 0, rank, COUNT, fill)
        self.sheet.write(row, _BRANCH, one.branch, self.looks(fill=fill))
        plain, signed = kpi_number_format(self.kpi), kpi_number_format(self.kpi, is_difference=True)
        self._write_number(row, _RESULT, one.result, plain, fill)
        self._write_number(row, 3, one.target, plain, fill)
        self.sheet.write(row, 4, one.glyph, self.looks(fill=fill))
        self.sheet.write(row, 5, one.printed, self.looks(fill=fill))
        for column, value in enumerate((one.to_mean, one.to_last_quarter, one.to_last_year), start=6):
            shown = None if value is None else self.kpi.shown_number(value)
            self._write_number(row, column, shown, signed, fill)
        self.sheet.write(row, len(_HEADERS) - 1, one.outlier, self.look("grid"))

    def _write_number(
        self, row: int, column: int, value: Decimal | float | None, code: str, fill: str
    ) -> None:
        if value is None:
            self.sheet.write(row, column, "－", self.looks(fill=fill))
        else:
            self.sheet.write_number(row, column, float(value), self.looks(code, fill=fill))

    def _ranking_chart(self) -> object:
        """The results as bars, the best on top."""
        chart = self.book.add_chart({"type": "bar"})
        last = _FIRST_ROW + len(self.values) - 1
        points = [{"fill": {"color": BAD}} if one.outlier else None for one in self.values]
        chart.add_series(
            {
                "name": "実績",
                "categories": [self.name, _FIRST_ROW, _BRANCH, last, _BRANCH],
                "values": [self.name, _FIRST_ROW, _RESULT, last, _RESULT],
                "fill": {"color": GOOD},
                "points": points,
                "gap": 30,
            }
        )
        chart.set_title({"name": "支部の順位（橙は外れ値）", "name_font": {"size": 11, "bold": True}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "interval_unit": 1})
        chart.set_x_axis(
            {
                "num_format": kpi_number_format(self.kpi),
                "num_font": {"size": 8},
                "major_gridlines": GRID,
                "min": 0 if all(one.result is None or one.result >= 0 for one in self.values) else None,
            }
        )
        chart.set_size({"width": _WIDTH, "height": 120 + _ROW_PIXELS * len(self.values)})
        return chart

    def _trend_chart(self, trend: TrendRows) -> object:
        """All branches as pale lines with the national mean over them."""
        chart = self.book.add_chart({"type": "line"})
        categories = [DATA, trend.header, 1, trend.header, trend.last_column]
        for row in (*range(trend.first_branch, trend.last + 1), trend.row_of_statistic(MEAN)):
            is_nation = row == trend.row_of_statistic(MEAN)
            chart.add_series(
                {
                    "name": [DATA, row, 0],
                    "categories": categories,
                    "values": [DATA, row, 1, row, trend.last_column],
                    "line": {"color": GOOD, "width": 2.5} if is_nation else _PALE_LINE,
                    "marker": {"type": "circle", "size": 5}
                    if is_nation
                    else marker_options(self.kpi, NEUTRAL, 3),
                }
            )
        chart.set_title(
            {"name": "推移（太い線は全国平均、細い線は支部）", "name_font": {"size": 11, "bold": True}}
        )
        chart.set_legend({"none": True})
        chart.set_x_axis(time_axis_options(self.kpi, 8))
        chart.set_y_axis({"num_format": kpi_number_format(self.kpi), "major_gridlines": GRID})
        chart.show_blanks_as("gap")
        chart.set_size({"width": _WIDTH, "height": _TREND_HEIGHT})
        return chart


_MOST_ROWS = 60
_PALE_LINE = {"color": NEUTRAL, "width": 0.5, "transparency": 60}
