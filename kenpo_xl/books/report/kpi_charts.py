"""The charts of the sheet KPI一覧: attainment against the target, and months against those of last year.

Native charts over cells of the same sheet, so that a number changed in Excel moves them. Dark and solid
against light, hatched or dashed: they are read without colours too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil
from typing import Any, NamedTuple, Protocol

from kenpo_xl.books.report.kpi_chart_area import (
    DARK,
    GREY,
    NAMES,
    PALE,
    ROW,
    VALUES,
    Chart,
    ChartArea,
    NextRow,
    wrapped_name,
)
from kenpo_xl.books.report.kpi_monthly_chart import MonthlyChart, has_monthly_values
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import rounded
from kenpo_xl.domain.results.assessments import KpiAssessment

HEADING = "グラフの元データ（ここの数を変えるとグラフも変わります）"
_MARK = "（途中）"
UNDER_WAY = (
    f"{_MARK}は、年度末に目標と比べる指標です。いまは年度の途中の値のため、"
    "100％に届いていなくても遅れているとは限りません。"
)
# In pixels: a bar, space above and below all bars, a line of a name, the space between.
_BAR, _ABOVE, _BELOW, _LINE, _SPACE = 38, 80, 42, 15, 14
# The bars that fit on a page, however long their names are.
_MOST_BARS = 12
# Half-width characters of a line of a name beside a bar.
_NAME_LENGTH = 40
# The axis of attainment: never so far that an outlier squashes the rest (its label gives the number), and
# a little less than 200 %, so that the line at 100 % stays the only one.
_LEAST, _MOST, _BEYOND = 1.25, 1.999, 1.12
_ENDS = "、棒は 200％ まで"


class _KpiChart(Protocol):
    """A chart with its data."""

    @property
    def pixel_height(self) -> int:
        """The height of the chart in pixels."""

    @property
    def charts_per_row(self) -> int:
        """The number of its kind side by side."""

    def write_chart(self, area: ChartArea, row: int) -> tuple[Chart, NextRow]:
        """Write the data from a row on; returns the chart of it and the next free row."""


def write_charts(
    area: ChartArea, kpis: Sequence[KpiAssessment], *, row: int, page_width: int, page_height: int
) -> None:
    """Write charts and their data from `row` on, none across a page break.

    Page width and height are pixels. KPIs without attainment and months are left out; without any chart
    nothing is written.
    """
    figures: list[_KpiChart] = [
        *_attainment_charts(kpis),
        *(MonthlyChart(kpi) for kpi in kpis if has_monthly_values(kpi)),
    ]
    if not figures:
        return
    row += 1
    if any(kpi.under_way for kpi in kpis):
        area.sheet.write_string(row, 0, UNDER_WAY, area.note)
    places, breaks, data = _chart_positions(figures, row, page_height)
    area.sheet.set_h_pagebreaks([row, *breaks, data])
    area.sheet.write_string(data, 0, HEADING, area.title)
    for at in range(row, data):
        area.sheet.set_row_pixels(at, ROW)
    data += 2
    for figure, (at, beside) in zip(figures, places, strict=True):
        chart, data = figure.write_chart(area, data)
        share = page_width // figure.charts_per_row
        chart.set_size({"width": share - _SPACE, "height": figure.pixel_height})
        # Away from the edge of its row, which may be that of a page.
        offsets = {"x_offset": beside * share, "y_offset": _SPACE // 2, "object_position": 2}
        area.sheet.insert_chart(at, 0, chart, offsets)


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


def _attainment_charts(kpis: Sequence[KpiAssessment]) -> Iterator[_AttainmentChart]:
    """The KPIs with an attainment, in charts of about the same length and with one axis."""
    drawn = [kpi for kpi in kpis if kpi.attainment is not None]
    count = ceil(len(drawn) / _MOST_BARS)
    most = max((float(kpi.attainment or 0) for kpi in drawn), default=0)
    for number in range(count):
        part = drawn[len(drawn) * number // count : len(drawn) * (number + 1) // count]
        yield _AttainmentChart(tuple(part), most, f"（{number + 1}／{count}）" if count > 1 else "")


@frozen
class _AttainmentChart:
    """Attainment as horizontal bars, the first KPI at the top; `most` is the highest of all charts."""

    kpis: tuple[KpiAssessment, ...]
    most: float
    number: str
    charts_per_row = 1

    @property
    def _bar_names(self) -> list[str]:
        return [wrapped_name(kpi.kpi.name, _NAME_LENGTH, _MARK if kpi.under_way else "") for kpi in self.kpis]

    @property
    def pixel_height(self) -> int:
        lines = max(name.count("\n") + 1 for name in self._bar_names)
        return max(_BAR, lines * _LINE + 6) * len(self.kpis) + _ABOVE + _BELOW

    def write_chart(self, area: ChartArea, row: int) -> tuple[Chart, NextRow]:
        title = f"目標の達成率（{area.as_of}時点{_ENDS if self.most > _MOST else ''}）{self.number}"
        area.write_headers(row, title, "目標以上", "目標未満")
        for place, (kpi, name) in enumerate(zip(self.kpis, self._bar_names, strict=True), start=row + 1):
            assert kpi.attainment is not None
            area.write_row_name(place, name)
            area.write_number(place, VALUES + (kpi.attainment < 1), max(kpi.attainment, Decimal(0)), "0.0%")
        last = row + len(self.kpis)
        chart = area.book.add_chart({"type": "bar"})
        self._add_series(chart, area, row, last)
        self._set_axes(chart, area)
        chart.set_title(
            {"name": area.cell_reference(row, NAMES), "name_font": area.font_options(14, bold=True)}
        )
        chart.set_legend({"position": "bottom", "font": area.font_options(11)})
        inside = 1 - (_ABOVE + _BELOW) / self.pixel_height
        layout = {"x": 0.28, "y": _ABOVE / self.pixel_height, "width": 0.64, "height": inside}
        chart.set_plotarea({"layout": layout})
        return chart, last + 2

    def _add_series(self, chart: Any, area: ChartArea, row: int, last: int) -> None:
        hatched = {"pattern": "wide_upward_diagonal", "fg_color": GREY, "bg_color": "white"}
        fills: tuple[dict[str, Any], ...] = ({"fill": {"color": DARK}}, {"pattern": hatched})
        for column, fill in enumerate(fills, start=VALUES):
            chart.add_series(
                {
                    "name": area.cell_reference(row, column),
                    "categories": area.range_reference(row + 1, last, NAMES),
                    "values": area.range_reference(row + 1, last, column),
                    "border": {"color": DARK, "width": 0.75},
                    "overlap": 100,
                    "gap": 60,
                    "data_labels": {
                        "value": True,
                        "custom": [_negative_label_options(kpi, area) for kpi in self.kpis]
                        if column > VALUES
                        else [],
                        "num_format": "0.0%",
                        "position": "outside_end",
                        "font": area.font_options(11, bold=True),
                        "fill": {"color": "white"},
                    },
                    **fill,
                }
            )

    def _set_axes(self, chart: Any, area: ChartArea) -> None:
        names = {"reverse": True, "num_font": area.font_options(10.5), "major_tick_mark": "none"}
        chart.set_y_axis({**names, "line": {"color": "black", "width": 1}})
        chart.set_x_axis(
            {
                "min": 0,
                "max": min(max(self.most * _BEYOND, _LEAST), _MOST),
                "major_unit": 1,
                "minor_unit": 0.25,
                "num_format": '[=1]"目標 100％";0%',
                "num_font": area.font_options(11, bold=True),
                "major_gridlines": {"visible": True, "line": {"color": "black", "width": 2.25}},
                "minor_gridlines": {"visible": True, "line": {"color": PALE, "width": 0.5}},
                "line": {"none": True},
            }
        )


def _negative_label_options(kpi: KpiAssessment, area: ChartArea) -> dict[str, Any] | None:
    """The label of a bar without length: of an attainment below 0; None for any other."""
    share = kpi.attainment
    if share is None or share >= 0:
        return None
    return {"value": f"{rounded(share * 100, 1)}%", "font": area.font_options(11, bold=True)}
