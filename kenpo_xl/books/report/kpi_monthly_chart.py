"""The chart of a KPI by month on the sheet KPI一覧: this year against last year and the target."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from kenpo_xl.books.report.chart_data import DataCell, DataNumber, cell_reference, range_reference
from kenpo_xl.books.report.kpi_chart_area import DARK, GREY, PALE, Chart, ChartArea, wrapped_name
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.results.assessments import KpiAssessment
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, fiscal_year_text

# The height of a chart in pixels, and the half-width characters of a line of its title.
_MONTHS, _TITLE_LENGTH = 430, 52


@frozen
class MonthlyChart:
    """A KPI month by month: this year's line, last year's and the target's, as far as they are known."""

    kpi: KpiAssessment
    charts_per_row = 2
    pixel_height = _MONTHS

    def write_chart(self, area: ChartArea) -> Chart:
        """The chart, over numbers on the sheet of the data."""
        lines = list(self._line_series(area.year))
        headers = [self._chart_title(area.as_of), *(header for header, _, _ in lines)]
        code = self.kpi.kpi.format.code
        rows: list[list[DataCell]] = [
            [f"{point.month.number}月", *(DataNumber(values[place], code) for _, values, _ in lines)]
            for place, point in enumerate(self.kpi.series)
        ]
        top = area.data.add_table(headers, rows)
        last = top + len(rows)
        chart = area.book.add_chart({"type": "line"})
        for column, (_, _, options) in enumerate(lines, start=1):
            cells = {
                "name": cell_reference(top, column),
                "categories": range_reference(top + 1, last, 0),
                "values": range_reference(top + 1, last, column),
            }
            chart.add_series({**cells, **options})
        _show_empty_cells_as_gaps(chart)
        chart.set_title({"name": cell_reference(top, 0), "name_font": area.font_options(13, bold=True)})
        chart.set_legend({"position": "bottom", "font": area.font_options(11)})
        chart.set_x_axis({"num_font": area.font_options(10.5), "line": {"color": "black", "width": 1}})
        chart.set_y_axis(self._value_axis_options(area))
        return chart

    def _line_series(self, year: FiscalYear) -> Iterator[tuple[str, list[Decimal | None], dict[str, Any]]]:
        """The header, the values by month and the options of each line."""
        series = self.kpi.series
        yield (
            fiscal_year_text(year),
            [point.value for point in series],
            _line_options(DARK, 2.5, "solid", "circle"),
        )
        before = [point.last_year for point in series]
        if any(value is not None for value in before):
            yield fiscal_year_text(year - 1), before, _line_options(GREY, 1.75, "dash", "square")
        for name, target in self._names_and_targets():
            aim: list[Decimal | None] = [target] * len(series)
            yield name, aim, _line_options("black", 1.25, "round_dot", "none")

    def _names_and_targets(self) -> Iterator[tuple[str, Decimal]]:
        """The target and its name; of a range both ends."""
        aim = self.kpi.aim
        if aim is None:
            return
        texts = aim.texts_of_ends(self.kpi.kpi.format, self.kpi.assessment.result)
        yield f"目標{'' if aim.upper is None else 'の下限'} {texts[0]}", aim.value
        if aim.upper is not None:
            yield f"目標の上限 {texts[-1]}", aim.upper

    def _chart_title(self, as_of: str) -> str:
        name = wrapped_name(self.kpi.kpi.name, _TITLE_LENGTH)
        low = self._axis_minimum()
        begins = f"、縦軸は {self.kpi.kpi.format.displayed_text(low)} から" if low else ""
        return f"{name}\n（月別、{as_of}時点{begins}）"

    def _value_axis_options(self, area: ChartArea) -> dict[str, Any]:
        show, low = self.kpi.kpi.format, self._axis_minimum()
        return {
            "min": float(low),
            "num_font": area.font_options(10.5),
            "num_format": "0%" if show.is_percent and low % Decimal("0.01") == 0 else show.code,
            "major_gridlines": {"visible": True, "line": {"color": PALE, "width": 0.75}},
            "line": {"color": "black", "width": 1},
        }

    def _axis_minimum(self) -> Decimal:
        """The start of the axis: 0 (or below), or a round number where 0 would flatten all lines."""
        points = (value for point in self.kpi.series for value in (point.value, point.last_year))
        known = [value for value in (*points, *self.kpi.ends_of_target) if value is not None]
        low, high = min(known), max(known)
        if low <= high / 2 or low == high:
            return min(low, Decimal(0))
        step = Decimal(1).scaleb((high - low).adjusted()) * 5
        return max((low / step).to_integral_value(ROUND_FLOOR) * step, Decimal(0))


def has_monthly_values(kpi: KpiAssessment) -> bool:
    """True where any month of this or last year has a value."""
    return any(point.value is not None or point.last_year is not None for point in kpi.series)


def _show_empty_cells_as_gaps(chart: Any) -> None:
    """Make an empty cell a gap in the lines of a chart.

    XlsxWriter writes nothing for "gap", Excel's own way; in the standard nothing means 0.
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
