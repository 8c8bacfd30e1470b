"""The charts of the sheet KPI一覧 on their pages: shares of the targets, and months against last year's.

Native charts over cells of グラフの元データ, so that a number changed there in Excel moves them. Solid
against light, hatched or dashed: they are read without colours too.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple, Protocol

from kenpo_xl.books.report.kpi_chart_area import ROW, Chart, ChartArea
from kenpo_xl.books.report.kpi_monthly_chart import MonthlyChart, has_monthly_values
from kenpo_xl.books.report.kpi_share_chart import MARK, KpiShare, share_charts

UNDER_WAY = (
    f"{MARK}は、年度末に目標と比べる指標です。いまは年度の途中の値のため、"
    "100％に届いていなくても遅れているとは限りません。"
)
# Pixels between charts.
_SPACE = 14


class _KpiChart(Protocol):
    """A chart with its data."""

    @property
    def pixel_height(self) -> int:
        """The height of the chart in pixels."""

    @property
    def charts_per_row(self) -> int:
        """The number of its kind side by side."""

    def write_chart(self, area: ChartArea) -> Chart:
        """The chart, over numbers on the sheet of the data."""


class ChartPages(NamedTuple):
    """The row below the charts, and the rows with which their pages begin; rows are counted from 0."""

    end_row: int
    first_rows: tuple[int, ...]


def write_charts(
    area: ChartArea, kpis: Sequence[KpiShare], *, row: int, page_width: int, page_height: int
) -> ChartPages:
    """Write the charts from `row` on, none across a page break; their first page begins there.

    Page width and height are pixels. KPIs without share and months are left out; without any chart nothing
    is written.
    """
    figures: list[_KpiChart] = [
        *share_charts(kpis),
        *(MonthlyChart(one.kpi) for one in kpis if has_monthly_values(one.kpi)),
    ]
    if not figures:
        return ChartPages(row, ())
    if any(one.kpi.under_way for one in kpis):
        area.sheet.write_string(row, 0, UNDER_WAY, area.note)
    places, breaks, end = _chart_positions(figures, row, page_height)
    for at in range(row, end):
        area.sheet.set_row_pixels(at, ROW)
    for figure, (at, beside) in zip(figures, places, strict=True):
        chart = figure.write_chart(area)
        share = page_width // figure.charts_per_row
        chart.set_size({"width": share - _SPACE, "height": figure.pixel_height})
        # Away from the edge of its row, which may be that of a page.
        offsets = {"x_offset": beside * share, "y_offset": _SPACE // 2, "object_position": 2}
        area.sheet.insert_chart(at, 0, chart, offsets)
    return ChartPages(end, (row, *breaks))


class _ChartPositions(NamedTuple):
    """Row and index in it of each chart, the rows that begin another page, and the first row below all."""

    positions: list[tuple[int, int]]
    page_breaks: list[int]
    end_row: int


def _chart_positions(charts: Sequence[_KpiChart], row: int, page_height: int) -> _ChartPositions:
    """The positions of charts from a row on, none across a page break; heights in pixels."""
    places: list[tuple[int, int]] = []
    breaks: list[int] = []
    top, row, end, per_row = row, row + 1, row + 1, 0
    for chart in charts:
        beside = places[-1][1] + 1 if places and chart.charts_per_row == per_row else 0
        if beside in (0, per_row):
            beside, row, per_row = 0, end, chart.charts_per_row
            end = row + ceil((chart.pixel_height + _SPACE) / ROW)
            if (end - top) * ROW > page_height and row > top + 1:
                breaks.append(row)
                top = row
        places.append((row, beside))
    return _ChartPositions(places, breaks, end)
