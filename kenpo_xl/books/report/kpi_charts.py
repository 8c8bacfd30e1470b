"""The charts of the sheet KPI一覧: attainment against the target, and months against those of last year.

Native charts over cells of the same sheet, so that a number changed in Excel moves them. Dark and solid
against light, hatched or dashed: they are read without colours too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal
from math import ceil
from typing import Any, Protocol

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
# In pixels: a bar, the room above and below all bars, a line of a name, a chart of months, the space between.
_BAR, _ABOVE, _BELOW, _LINE, _MONTHS, _SPACE = 38, 80, 42, 15, 430, 14
# So many bars fit on a page, however long their names are.
_MOST_BARS = 12
# Half-width characters of a line: of a name beside a bar, of a title above the months.
_NAME_ROOM, _TITLE_ROOM, _MOST_LINES = 40, 52, 3
# The axis of attainment: never so far that an outlier squashes the rest (its label tells), and a little less
# than 200 %, so that the line at 100 % stays the only one.
_LEAST, _MOST, _BEYOND = 1.25, 1.999, 1.12
_ENDS = "、棒は 200％ まで"
_DARK, _GREY, _PALE = "#1F3864", "#7F7F7F", "#D9D9D9"


class _Figure(Protocol):
    """A chart with its data."""

    @property
    def height(self) -> int:
        """The height of the chart in pixels."""

    @property
    def abreast(self) -> int:
        """How many of its kind stand side by side."""

    def write(self, desk: ChartArea, row: int) -> tuple[Any, int]:
        """Write the data from a row on: the chart over it, and the next free row."""


def write_charts(desk: ChartArea, kpis: Sequence[KpiAssessment], *, row: int, width: int, room: int) -> None:
    """Write charts and their data from `row` on, on pages of so many pixels; none is cut by a page break.

    KPIs without attainment and months are left out; without any chart nothing is written.
    """
    figures: list[_Figure] = [*_bars(kpis), *(_Months(kpi) for kpi in kpis if _has_months(kpi))]
    if not figures:
        return
    row += 1
    if any(kpi.under_way for kpi in kpis):
        desk.sheet.write_string(row, 0, UNDER_WAY, desk.note)
    places, breaks, data = _placed(figures, row, room)
    desk.sheet.set_h_pagebreaks([row, *breaks, data])
    desk.sheet.write_string(data, 0, HEADING, desk.title)
    for at in range(row, data):
        desk.sheet.set_row_pixels(at, ROW)
    data += 2
    for figure, (at, beside) in zip(figures, places, strict=True):
        chart, data = figure.write(desk, data)
        share = width // figure.abreast
        chart.set_size({"width": share - _SPACE, "height": figure.height})
        # Away from the edge of its row, which may be that of a page.
        offsets = {"x_offset": beside * share, "y_offset": _SPACE // 2, "object_position": 2}
        desk.sheet.insert_chart(at, 0, chart, offsets)


def _placed(figures: Sequence[_Figure], row: int, room: int) -> tuple[list[tuple[int, int]], list[int], int]:
    """Row and place in it of each chart, the rows that begin another page, and the first row below all."""
    places: list[tuple[int, int]] = []
    breaks: list[int] = []
    top, row, end, abreast = row, row + 1, row + 1, 0
    for figure in figures:
        beside = places[-1][1] + 1 if places and figure.abreast == abreast else 0
        if beside in (0, abreast):
            beside, row, abreast = 0, end, figure.abreast
            end = row + ceil((figure.height + _SPACE) / ROW)
            if (end - top) * ROW > room and row > top + 1:
                breaks.append(row)
                top = row
        places.append((row, beside))
    return places, breaks, end


def _bars(kpis: Sequence[KpiAssessment]) -> Iterator[_Bars]:
    """The KPIs with an attainment, in charts of about the same length and with one axis."""
    drawn = [kpi for kpi in kpis if kpi.attainment is not None]
    count = ceil(len(drawn) / _MOST_BARS)
    most = max((float(kpi.attainment or 0) for kpi in drawn), default=0)
    for number in range(count):
        part = drawn[len(drawn) * number // count : len(drawn) * (number + 1) // count]
        yield _Bars(tuple(part), most, f"（{number + 1}／{count}）" if count > 1 else "")


@frozen
class _Bars:
    """Attainment as horizontal bars, the first KPI at the top; `most` is the highest of all charts."""

    kpis: tuple[KpiAssessment, ...]
    most: float
    number: str
    abreast = 1

    @property
    def _names(self) -> list[str]:
        return [_in_lines(kpi.kpi.name, _NAME_ROOM, _MARK if kpi.under_way else "") for kpi in self.kpis]

    @property
    def height(self) -> int:
        lines = max(name.count("\n") + 1 for name in self._names)
        return max(_BAR, lines * _LINE + 6) * len(self.kpis) + _ABOVE + _BELOW

    def write(self, desk: ChartArea, row: int) -> tuple[Any, int]:
        title = f"目標の達成率（{desk.as_of}時点{_ENDS if self.most > _MOST else ''}）{self.number}"
        desk.headers(row, title, "目標以上", "目標未満")
        for place, (kpi, name) in enumerate(zip(self.kpis, self._names, strict=True), start=row + 1):
            assert kpi.attainment is not None
            desk.name(place, name)
            desk.number(place, VALUES + (kpi.attainment < 1), max(kpi.attainment, Decimal(0)), "0.0%")
        last = row + len(self.kpis)
        chart = desk.book.add_chart({"type": "bar"})
        self._series(chart, desk, row, last)
        self._axes(chart, desk)
        chart.set_title({"name": desk.cell(row, NAMES), "name_font": desk.font(14, bold=True)})
        chart.set_legend({"position": "bottom", "font": desk.font(11)})
        inside = 1 - (_ABOVE + _BELOW) / self.height
        layout = {"x": 0.28, "y": _ABOVE / self.height, "width": 0.64, "height": inside}
        chart.set_plotarea({"layout": layout})
        return chart, last + 2

    def _series(self, chart: Any, desk: ChartArea, row: int, last: int) -> None:
        hatched = {"pattern": "wide_upward_diagonal", "fg_color": _GREY, "bg_color": "white"}
        fills: tuple[dict[str, Any], ...] = ({"fill": {"color": _DARK}}, {"pattern": hatched})
        for column, fill in enumerate(fills, start=VALUES):
            chart.add_series(
                {
                    "name": desk.cell(row, column),
                    "categories": desk.cells(row + 1, last, NAMES),
                    "values": desk.cells(row + 1, last, column),
                    "border": {"color": _DARK, "width": 0.75},
                    "overlap": 100,
                    "gap": 60,
                    "data_labels": {
                        "value": True,
                        "custom": [_label(kpi, desk) for kpi in self.kpis] if column > VALUES else [],
                        "num_format": "0.0%",
                        "position": "outside_end",
                        "font": desk.font(11, bold=True),
                        "fill": {"color": "white"},
                    },
                    **fill,
                }
            )

    def _axes(self, chart: Any, desk: ChartArea) -> None:
        names = {"reverse": True, "num_font": desk.font(10.5), "major_tick_mark": "none"}
        chart.set_y_axis({**names, "line": {"color": "black", "width": 1}})
        chart.set_x_axis(
            {
                "min": 0,
                "max": min(max(self.most * _BEYOND, _LEAST), _MOST),
                "major_unit": 1,
                "minor_unit": 0.25,
                "num_format": '[=1]"目標 100％";0%',
                "num_font": desk.font(11, bold=True),
                "major_gridlines": {"visible": True, "line": {"color": "black", "width": 2.25}},
                "minor_gridlines": {"visible": True, "line": {"color": _PALE, "width": 0.5}},
                "line": {"none": True},
            }
        )


def _label(kpi: KpiAssessment, desk: ChartArea) -> dict[str, Any] | None:
    """What stands at a bar in the place of its length: an attainment below 0 has none."""
    share = kpi.attainment
    if share is None or share >= 0:
        return None
    return {"value": f"{rounded(share * 100, 1)}%", "font": desk.font(11, bold=True)}


def _in_lines(name: str, room: int, mark: str = "") -> str:
    """A name in a few lines, cut where it is too long; the mark behind it is not broken."""
    lines = wrapped_lines(printable_text(name), room)
    if line_width(lines[-1] + mark) > room:
        lines.append("")
    lines[-1] += mark
    if len(lines) > _MOST_LINES:
        end = f"…{mark}"
        cut = wrapped_lines(lines[_MOST_LINES - 1], room - line_width(end))[0] + end
        lines = [*lines[: _MOST_LINES - 1], cut]
    return "\n".join(lines)


def _has_months(kpi: KpiAssessment) -> bool:
    return any(point.value is not None or point.last_year is not None for point in kpi.series)


@frozen
class _Months:
    """A KPI month by month: this year's line, last year's and the target's, as far as they are known."""

    kpi: KpiAssessment
    abreast = 2
    height = _MONTHS

    def write(self, desk: ChartArea, row: int) -> tuple[Any, int]:
        lines = list(self._lines())
        desk.headers(row, self._title(desk.as_of), *(header for header, _, _ in lines))
        months = [point.month for point in self.kpi.series]
        for place, month in enumerate(months):
            desk.name(row + 1 + place, f"{month.number}月")
            for column, (_, values, _) in enumerate(lines, start=VALUES):
                desk.number(row + 1 + place, column, values[place], self.kpi.kpi.format.code)
        last = row + len(months)
        chart = desk.book.add_chart({"type": "line"})
        for column, (_, _, look) in enumerate(lines, start=VALUES):
            cells = {
                "name": desk.cell(row, column),
                "categories": desk.cells(row + 1, last, NAMES),
                "values": desk.cells(row + 1, last, column),
            }
            chart.add_series({**cells, **look})
        _leave_gaps(chart)
        chart.set_title({"name": desk.cell(row, NAMES), "name_font": desk.font(13, bold=True)})
        chart.set_legend({"position": "bottom", "font": desk.font(11)})
        chart.set_x_axis({"num_font": desk.font(10.5), "line": {"color": "black", "width": 1}})
        chart.set_y_axis(self._axis(desk))
        return chart, last + 2

    def _lines(self) -> Iterator[tuple[str, list[Decimal | None], dict[str, Any]]]:
        """The header, the months and the look of each line."""
        series, target = self.kpi.series, self.kpi.assessment.target
        year = series[0].month.fiscal_year
        yield fiscal_year_text(year), [point.value for point in series], _line(_DARK, 2.5, "solid", "circle")
        before = [point.last_year for point in series]
        if any(value is not None for value in before):
            yield fiscal_year_text(year - 1), before, _line(_GREY, 1.75, "dash", "square")
        if target is not None:
            aim: list[Decimal | None] = [target] * len(series)
            yield f"目標 {self.kpi.target}", aim, _line("black", 1.25, "round_dot", "none")

    def _title(self, as_of: str) -> str:
        name = _in_lines(self.kpi.kpi.name, _TITLE_ROOM)
        low = self._low()
        begins = f"、縦軸は {self.kpi.kpi.format.show(low)} から" if low else ""
        return f"{name}\n（月別、{as_of}時点{begins}）"

    def _axis(self, desk: ChartArea) -> dict[str, Any]:
        show, low = self.kpi.kpi.format, self._low()
        return {
            "min": float(low),
            "num_font": desk.font(10.5),
            "num_format": "0%" if show.percent and low % Decimal("0.01") == 0 else show.code,
            "major_gridlines": {"visible": True, "line": {"color": _PALE, "width": 0.75}},
            "line": {"color": "black", "width": 1},
        }

    def _low(self) -> Decimal:
        """Where the axis begins: at 0 (or below), or where that would flatten all lines at a round number."""
        points = (value for point in self.kpi.series for value in (point.value, point.last_year))
        known = [value for value in (*points, self.kpi.assessment.target) if value is not None]
        low, high = min(known), max(known)
        if low <= high / 2 or low == high:
            return min(low, Decimal(0))
        step = Decimal(1).scaleb((high - low).adjusted()) * 5
        return max((low / step).to_integral_value(ROUND_FLOOR) * step, Decimal(0))


def _leave_gaps(chart: Any) -> None:
    """Make an empty cell a gap in the lines of a chart.

    XlsxWriter writes nothing for "gap", Excel's own way; the standard says that nothing means 0.
    """

    def write() -> None:
        chart._xml_empty_tag("c:dispBlanksAs", [("val", "gap")])

    chart._write_disp_blanks_as = write


def _line(colour: str, width: float, dash: str, marker: str) -> dict[str, Any]:
    """The look of a line; the markers of a broken one are hollow."""
    fill = colour if dash == "solid" else "white"
    return {
        "line": {"color": colour, "width": width, "dash_type": dash},
        "marker": {"type": marker, "size": 7, "fill": {"color": fill}, "border": {"color": colour}},
    }
