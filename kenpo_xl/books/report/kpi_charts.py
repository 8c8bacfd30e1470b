"""The charts of the sheet KPI一覧: attainment against the target, and months against those of last year.

Native charts over cells of the same sheet, so that a number changed in Excel moves them. Dark and solid
against light, hatched or dashed: they are read without colours too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal
from math import ceil
from typing import Any, NamedTuple, Protocol

from kenpo_xl.books.common.text_metrics import line_width, printable_text, wrapped_lines
from kenpo_xl.books.report.kpi_chart_area import NAMES, ROW, VALUES, ChartArea
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import rounded
from kenpo_xl.domain.results.assessments import KpiAssessment
from kenpo_xl.domain.time.fiscal_calendar import fiscal_year_text

HEADING = "グラフの元データ（ここの数を変えるとグラフも変わります）"
_MARK = "（途中）"
UNDER_WAY = (
    f"{_MARK}は、年度末に目標と比べる指標です。いまは年度の途中の値のため、"
    "100％に届いていなくても遅れているとは限りません。"
)
# In pixels: a bar, space above and below all bars, a line of a name, a chart of months, the space between.
_BAR, _ABOVE, _BELOW, _LINE, _MONTHS, _SPACE = 38, 80, 42, 15, 430, 14
# The bars that fit on a page, however long their names are.
_MOST_BARS = 12
# Half-width characters of a line: of a name beside a bar, of a title above the months.
_NAME_LENGTH, _TITLE_LENGTH, _MOST_LINES = 40, 52, 3
# The axis of attainment: never so far that an outlier squashes the rest (its label gives the number), and
# a little less than 200 %, so that the line at 100 % stays the only one.
_LEAST, _MOST, _BEYOND = 1.25, 1.999, 1.12
_ENDS = "、棒は 200％ まで"
_DARK, _GREY, _PALE = "#1F3864", "#7F7F7F", "#D9D9D9"


# XlsxWriter ships no types.
Chart = Any
NextRow = int


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
        *(_MonthlyChart(kpi) for kpi in kpis if _has_months(kpi)),
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
        return [
            _wrapped_name(kpi.kpi.name, _NAME_LENGTH, _MARK if kpi.under_way else "") for kpi in self.kpis
        ]

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
        hatched = {"pattern": "wide_upward_diagonal", "fg_color": _GREY, "bg_color": "white"}
        fills: tuple[dict[str, Any], ...] = ({"fill": {"color": _DARK}}, {"pattern": hatched})
        for column, fill in enumerate(fills, start=VALUES):
            chart.add_series(
                {
                    "name": area.cell_reference(row, column),
                    "categories": area.range_reference(row + 1, last, NAMES),
                    "values": area.range_reference(row + 1, last, column),
                    "border": {"color": _DARK, "width": 0.75},
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
                "minor_gridlines": {"visible": True, "line": {"color": _PALE, "width": 0.5}},
                "line": {"none": True},
            }
        )


def _negative_label_options(kpi: KpiAssessment, area: ChartArea) -> dict[str, Any] | None:
    """The label of a bar without length: of an attainment below 0; None for any other."""
    share = kpi.attainment
    if share is None or share >= 0:
        return None
    return {"value": f"{rounded(share * 100, 1)}%", "font": area.font_options(11, bold=True)}


def _wrapped_name(name: str, line_length: int, suffix: str = "") -> str:
    """A name in a few lines, cut where it is too long; the suffix is not broken."""
    lines = wrapped_lines(printable_text(name), line_length)
    if line_width(lines[-1] + suffix) > line_length:
        lines.append("")
    lines[-1] += suffix
    if len(lines) > _MOST_LINES:
        end = f"…{suffix}"
        cut = wrapped_lines(lines[_MOST_LINES - 1], line_length - line_width(end))[0] + end
        lines = [*lines[: _MOST_LINES - 1], cut]
    return "\n".join(lines)


def _has_months(kpi: KpiAssessment) -> bool:
    return any(point.value is not None or point.last_year is not None for point in kpi.series)


@frozen
class _MonthlyChart:
    """A KPI month by month: this year's line, last year's and the target's, as far as they are known."""

    kpi: KpiAssessment
    charts_per_row = 2
    pixel_height = _MONTHS

    def write_chart(self, area: ChartArea, row: int) -> tuple[Chart, NextRow]:
        lines = list(self._line_series())
        area.write_headers(row, self._chart_title(area.as_of), *(header for header, _, _ in lines))
        months = [point.month for point in self.kpi.series]
        for place, month in enumerate(months):
            area.write_row_name(row + 1 + place, f"{month.number}月")
            for column, (_, values, _) in enumerate(lines, start=VALUES):
                area.write_number(row + 1 + place, column, values[place], self.kpi.kpi.format.code)
        last = row + len(months)
        chart = area.book.add_chart({"type": "line"})
        for column, (_, _, options) in enumerate(lines, start=VALUES):
            cells = {
                "name": area.cell_reference(row, column),
                "categories": area.range_reference(row + 1, last, NAMES),
                "values": area.range_reference(row + 1, last, column),
            }
            chart.add_series({**cells, **options})
        _show_empty_cells_as_gaps(chart)
        chart.set_title(
            {"name": area.cell_reference(row, NAMES), "name_font": area.font_options(13, bold=True)}
        )
        chart.set_legend({"position": "bottom", "font": area.font_options(11)})
        chart.set_x_axis({"num_font": area.font_options(10.5), "line": {"color": "black", "width": 1}})
        chart.set_y_axis(self._value_axis_options(area))
        return chart, last + 2

    def _line_series(self) -> Iterator[tuple[str, list[Decimal | None], dict[str, Any]]]:
        """The header, the values by month and the options of each line."""
        series, target = self.kpi.series, self.kpi.assessment.target
        year = series[0].month.fiscal_year
        yield (
            fiscal_year_text(year),
            [point.value for point in series],
            _line_options(_DARK, 2.5, "solid", "circle"),
        )
        before = [point.last_year for point in series]
        if any(value is not None for value in before):
            yield fiscal_year_text(year - 1), before, _line_options(_GREY, 1.75, "dash", "square")
        if target is not None:
            aim: list[Decimal | None] = [target] * len(series)
            yield f"目標 {self.kpi.target}", aim, _line_options("black", 1.25, "round_dot", "none")

    def _chart_title(self, as_of: str) -> str:
        name = _wrapped_name(self.kpi.kpi.name, _TITLE_LENGTH)
        low = self._axis_minimum()
        begins = f"、縦軸は {self.kpi.kpi.format.show(low)} から" if low else ""
        return f"{name}\n（月別、{as_of}時点{begins}）"

    def _value_axis_options(self, area: ChartArea) -> dict[str, Any]:
        show, low = self.kpi.kpi.format, self._axis_minimum()
        return {
            "min": float(low),
            "num_font": area.font_options(10.5),
            "num_format": "0%" if show.percent and low % Decimal("0.01") == 0 else show.code,
            "major_gridlines": {"visible": True, "line": {"color": _PALE, "width": 0.75}},
            "line": {"color": "black", "width": 1},
        }

    def _axis_minimum(self) -> Decimal:
        """The start of the axis: 0 (or below), or a round number where 0 would flatten all lines."""
        points = (value for point in self.kpi.series for value in (point.value, point.last_year))
        known = [value for value in (*points, self.kpi.assessment.target) if value is not None]
        low, high = min(known), max(known)
        if low <= high / 2 or low == high:
            return min(low, Decimal(0))
        step = Decimal(1).scaleb((high - low).adjusted()) * 5
        return max((low / step).to_integral_value(ROUND_FLOOR) * step, Decimal(0))


def _show_empty_cells_as_gaps(chart: Any) -> None:
    """Make an empty cell a gap in the lines of a chart.

    XlsxWriter writes nothing for "gap", Excel's own way; the standard says that nothing means 0.
    """

    def write_gap_tag() -> None:
        chart._xml_empty_tag("c:dispBlanksAs", [("val", "gap")])

    chart._write_disp_blanks_as = write_gap_tag


def _line_options(colour: str, width: float, dash: str, marker: str) -> dict[str, Any]:
    """The XlsxWriter options of a line; the markers of a broken one are hollow."""
    fill = colour if dash == "solid" else "white"
    return {
        "line": {"color": colour, "width": width, "dash_type": dash},
        "marker": {"type": marker, "size": 7, "fill": {"color": fill}, "border": {"color": colour}},
    }
