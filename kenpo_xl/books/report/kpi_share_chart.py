"""The charts of KPI一覧 with a bar for each KPI: its result as a share of its target or limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil
from typing import Any

from kenpo_xl.books.report.chart_data import (
    DataCell,
    DataFormula,
    DataNumber,
    cell_reference,
    range_reference,
)
from kenpo_xl.books.report.kpi_chart_area import DARK, GREY, MIDDLE, PALE, Chart, ChartArea, wrapped_name
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import rounded
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.results.assessments import KpiAssessment

MARK = "（途中）"
# In pixels: a bar, space above and below all bars, a line of a name.
_BAR, _ABOVE, _BELOW, _LINE = 31, 70, 38, 14
# The bars that fit on a page, however long their names are.
_MOST_BARS = 10
# Half-width characters of a line of a name beside a bar, with its share.
_NAME_LENGTH = 54
# The axis: never so far that an outlier compresses the rest (its label gives the number), and a little less
# than 200 %, so that the line at 100 % stays the only one.
_LEAST, _MOST, _BEYOND = 1.25, 1.999, 1.12
_ENDS = "、棒は 200％ まで"
EXPECTED, LAST_YEAR = "経過した月の割合（太枠）", "前年同期（点線）"


@frozen
class KpiShare:
    """A KPI with its target; `expected` is the share of it that the months that are over let expect."""

    kpi: KpiAssessment
    expected: Decimal | None = None

    def share_of_target(self, value: Decimal | None) -> Decimal | None:
        """A value ÷ the target, as `Aim.share`; None where that cannot be computed."""
        return self.kpi.aim.share(value) if self.kpi.aim else None

    @property
    def share(self) -> Decimal:
        """The result ÷ the target; 0 where that cannot be computed."""
        return self.share_of_target(self.kpi.assessment.result) or Decimal(0)

    @property
    def is_met(self) -> bool:
        return self.kpi.is_met


@frozen
class _Measure:
    """What a chart compares: its title, and the words for a result that is good, one that is not, the aim."""

    title: str
    met: str
    missed: str
    aim: str


_RUNNING = _Measure("目標に対する割合　4月から積み上がる指標", "目標以上", "目標未満（斜線）", "目標")
_LEVEL = _Measure("目標に対する割合　率や時点の数などの指標", "目標以上", "目標未満（斜線）", "目標")
_LIMIT = _Measure("上限に対する割合　「以下」の指標（短いほど良い）", "上限以内", "上限超え（斜線）", "上限")
_RANGE = _Measure("目標の範囲に対する割合　範囲の中は 100％", "範囲の中", "範囲の外（斜線）", "範囲")


def share_charts(kpis: Sequence[KpiShare]) -> Iterator[ShareChart]:
    """One chart for each measure, each with its own axis; more only where the bars do not fit on a page."""
    drawn = [one for one in kpis if one.share_of_target(one.kpi.assessment.result) is not None]
    for measure in (_RUNNING, _LEVEL, _LIMIT, _RANGE):
        yield from _charts_of_measure(measure, [one for one in drawn if _measure_of(one) is measure])


def _measure_of(share: KpiShare) -> _Measure | None:
    """The measure that a KPI is drawn by, None for one that is to be reached by a day."""
    match share.kpi.kpi.direction:
        case Direction.AT_MOST:
            return _LIMIT
        case Direction.WITHIN:
            return _RANGE
        case Direction.AT_LEAST:
            return _LEVEL if share.expected is None else _RUNNING
    return None


def _charts_of_measure(measure: _Measure, kpis: Sequence[KpiShare]) -> Iterator[ShareChart]:
    """The KPIs of a measure in charts of about the same height, with one axis."""
    count = ceil(len(kpis) / _MOST_BARS)
    for number in range(count):
        bars = kpis[len(kpis) * number // count : len(kpis) * (number + 1) // count]
        name = f"（{number + 1}／{count}）" if count > 1 else ""
        yield ShareChart(measure, tuple(bars), max(float(one.share) for one in kpis), name)


@frozen
class ShareChart:
    """Shares as horizontal bars, the first KPI at the top; `most` is the highest of its measure."""

    measure: _Measure
    kpis: tuple[KpiShare, ...]
    most: float
    number: str
    charts_per_row = 1

    @property
    def _bar_names(self) -> list[str]:
        """The name and the share of each KPI, beside its bar: at its end, a frame could cross the number."""
        return [
            wrapped_name(
                one.kpi.kpi.name,
                _NAME_LENGTH,
                f"{MARK if one.kpi.under_way else ''}　{_share_in_percent(one)}",
            )
            for one in self.kpis
        ]

    @property
    def pixel_height(self) -> int:
        lines = max(name.count("\n") + 1 for name in self._bar_names)
        return max(_BAR, lines * _LINE + 6) * len(self.kpis) + _ABOVE + _BELOW

    def write_chart(self, area: ChartArea) -> Chart:
        """The chart, over numbers on the sheet of the data."""
        ends = _ENDS if self.most > _MOST else ""
        title = f"{self.measure.title}（{area.as_of}時点{ends}）{self.number}"
        marks = self._names_and_shares_of_marks()
        headers = [title, self.measure.met, self.measure.missed, *(name for name, _ in marks)]
        top = area.data.next_header_row
        area.data.add_table(headers, list(self._data_rows([values for _, values in marks], top + 1)))
        chart = area.book.add_chart({"type": "bar"})
        self._add_series(chart, top)
        self._set_axes(chart, area)
        chart.set_title({"name": cell_reference(top, 0), "name_font": area.font_options(14, bold=True)})
        chart.set_legend({"position": "bottom", "font": area.font_options(11)})
        inside = 1 - (_ABOVE + _BELOW) / self.pixel_height
        layout = {"x": 0.335, "y": _ABOVE / self.pixel_height, "width": 0.61, "height": inside}
        chart.set_plotarea({"layout": layout})
        return chart

    def _names_and_shares_of_marks(self) -> list[tuple[str, list[Decimal | None]]]:
        """The names and shares of what is drawn over the bars, as far as any KPI has it."""
        marks = [
            (EXPECTED, [one.expected for one in self.kpis]),
            (LAST_YEAR, [one.share_of_target(one.kpi.assessment.same_period) for one in self.kpis]),
        ]
        return [(name, values) for name, values in marks if any(value is not None for value in values)]

    def _data_rows(self, marks: Sequence[Sequence[Decimal | None]], first: int) -> Iterator[list[DataCell]]:
        for place, (one, name) in enumerate(zip(self.kpis, self._bar_names, strict=True)):
            share = max(one.share, Decimal(0))
            met, missed = (share, None) if one.is_met else (None, share)
            numbers = (met, missed, *(values[place] for values in marks))
            text = name if one.share < 0 else _following_name(name, _share_in_percent(one), first + place)
            yield [text, *(DataNumber(value, "0.0%") for value in numbers)]

    def _add_series(self, chart: Any, top: int) -> None:
        hatched = {"pattern": "wide_upward_diagonal", "fg_color": GREY, "bg_color": "white"}
        thin = {"color": DARK, "width": 0.75}
        looks: list[dict[str, Any]] = [
            {"fill": {"color": MIDDLE}, "border": thin},
            {"pattern": hatched, "border": thin},
        ]
        outlines = {
            EXPECTED: {"color": "black", "width": 2.25},
            LAST_YEAR: {"color": "black", "width": 1.5, "dash_type": "square_dot"},
        }
        looks += [
            {"fill": {"none": True}, "border": outlines[name]}
            for name, _ in self._names_and_shares_of_marks()
        ]
        last = top + len(self.kpis)
        for column, look in enumerate(looks, start=1):
            cells = {
                "name": cell_reference(top, column),
                "categories": range_reference(top + 1, last, 0),
                "values": range_reference(top + 1, last, column),
            }
            chart.add_series({**cells, "overlap": 100, "gap": 60, **look})

    def _set_axes(self, chart: Any, area: ChartArea) -> None:
        names = {"reverse": True, "num_font": area.font_options(10.5), "major_tick_mark": "none"}
        chart.set_y_axis({**names, "line": {"color": "black", "width": 1}})
        chart.set_x_axis(
            {
                "min": 0,
                "max": min(max(self.most * _BEYOND, _LEAST), _MOST),
                "major_unit": 1,
                "minor_unit": 0.25,
                "num_format": f'[=1]"{self.measure.aim} 100％";0%',
                "num_font": area.font_options(11, bold=True),
                "major_gridlines": {"visible": True, "line": {"color": "black", "width": 2.25}},
                "minor_gridlines": {"visible": True, "line": {"color": PALE, "width": 0.5}},
                "line": {"none": True},
            }
        )


def _share_in_percent(one: KpiShare) -> str:
    return f"{rounded(one.share * 100, 1)}%"


def _following_name(name: str, share: str, row: int) -> DataFormula:
    """The name of a bar whose share follows the numbers in its row, from 0."""
    lines = (line.replace('"', '""') for line in name.removesuffix(share).split("\n"))
    text = "&CHAR(10)&".join(f'"{line}"' for line in lines)
    return DataFormula(f'={text}&TEXT(MAX({a1(row + 1, 2)},{a1(row + 1, 3)}),"0.0%")', name)
