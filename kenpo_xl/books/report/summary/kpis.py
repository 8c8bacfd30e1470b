"""The KPIs of 概要, a line each: numbers, bars, trend, the year's end as estimated, and the rating."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kenpo_xl.books.common.links import fact_tooltip, link_to_fact
from kenpo_xl.books.common.text_metrics import (
    WIDEST,
    printable_text,
    with_breaks_between_words,
    wrapped_lines,
)
from kenpo_xl.books.report.chart_data import CHART_DATA, ChartData, DataCell, DataNumber
from kenpo_xl.books.report.summary import columns as fields
from kenpo_xl.books.report.summary.bars import draw_bullet, draw_last_year_mark, draw_trend
from kenpo_xl.books.report.summary.cells import SummaryCells
from kenpo_xl.books.report.summary.columns import ColumnSpan
from kenpo_xl.books.report.summary.drawn_bars import BAND, DARK, WHITE, Box, DrawnBars, Place
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.outputs.summary import SummaryKpi
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.plan.targets.milestones import DONE, NOT_DONE
from kenpo_xl.domain.results.assessments import KpiAssessment
from kenpo_xl.domain.results.outlooks import Outlook
from kenpo_xl.domain.time.fiscal_calendar import date_text

_HEADING, _HEADER, _ROW, _TALL, _LEGEND = 30, 26, 29, 38, 24
_UNKNOWN = "－"
# Points of a KPI's name.
_SIZES = (10, 9, 8)
# The most lines of a name in the smallest of them.
_MOST_LINES = 3
# Points of a rating: of a sign, and of words.
_RATING_SIZES = (12, 10, 8)
_RIGHT = {"align": "right"}
_LINE = {"bottom": 4, "bottom_color": "#7F7F7F"}
_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": DARK}
_DATA_HEADERS = ("指標", "目標", "実績", "目標比", "経過月", "月割の目標", "前年同期")
_OUTLOOK_HEADERS = ("年度末見込み", "出し方", "見通し", "計算")
DISTANCE, OUTLOOK_AND_DISTANCE = "目標から遠い順", "見通しごとに、目標から遠い順"
HOW = (
    "年度末見込みと見通しは参考です。月割＝実績÷経過した月×12、前年の動き＝実績＋（前年度－前年同期）、"
    "現状＝いまの値が続くとき。"
)
REPLACED = "※は取りまとめで判断したものです。"
_LOW = "実績（「以下」の指標は白抜きで、短いほど良い）"
COMPUTED = "（ ）の評価は、指標だけから計算したものです。"


def share_format(share: Decimal | None) -> str:
    """The number format of 目標比: 99.5 % of a target that was missed does not show as 100 %."""
    return "0.0%" if share is not None and share != 1 and round(share, 2) == 1 else "0%"


class KpiRows:
    """Writes heading, headers, a row for each KPI and what the signs mean."""

    def __init__(self, cells: SummaryCells, report: Report, data: ChartData) -> None:
        assert report.summary is not None
        self.cells, self.report, self.summary = cells, report, report.summary
        self.spans = cells.columns.spans
        self.bars = DrawnBars(cells.sheet)
        self.data_row = data.add_table(
            list(self._data_headers()), list(map(self._data_row, self.summary.kpis))
        )

    def write_returning_next_row(self, row: int) -> int:
        """Write from a row on; returns the row below."""
        whole = ColumnSpan(0, self.cells.columns.count - 1)
        order = OUTLOOK_AND_DISTANCE if self.summary.shows_outlooks else DISTANCE
        heading = f"KPI（{len(self.summary.kpis)} 指標）　{order}"
        self.cells.write_heading(row, whole, heading, _HEADING)
        self._write_headers(row + 1)
        row += 2
        for number, line in enumerate(self.summary.kpis, start=1):
            self._write_line(row, line, self.data_row + number)
            row += 1
        self._write_legend(row)
        return self._write_footnotes(row + 1, whole)

    def _write_headers(self, row: int) -> None:
        self.cells.sheet.set_row_pixels(row, _HEADER)
        for field, span in self.spans.items():
            align = "left" if field in (fields.NAME, fields.BAR, fields.BASIS) else "center"
            self.cells.write(row, span, field, {"align": align, **_HEAD})

    def _write_line(self, row: int, line: SummaryKpi, data_row: int) -> None:
        height = self._write_name(row, line.name)
        self._write_numbers(row, line, data_row)
        bar = self.spans[fields.BAR]
        milestone = line.assessment.assessment.milestone
        words, look = (milestone.explanation, {"font_size": 9}) if milestone else (None, {})
        self._write(row, fields.BAR, words, look)
        draw_bullet(self.bars, Place(row, bar.first), line, (self.cells.columns.pixel_width(bar), height))
        if fields.TREND in self.spans:
            trend = self.spans[fields.TREND]
            self._write(row, fields.TREND, None, {})
            size = (self.cells.columns.pixel_width(trend), height)
            draw_trend(self.bars, Place(row, trend.first), line, size)
        if fields.OUTLOOK in self.spans:
            self._write_outlook(row, line, data_row)
        self._write_rating(row, line.rating_in_brackets)

    def _write_name(self, row: int, name: str) -> int:
        """Write the name in the largest font in which it has one line, else two; returns the row's height."""
        size = self.cells.fitting_size(self.spans[fields.NAME], fields.width_of_widest_text([name]), _SIZES)
        height = _TALL if size is None else _ROW
        self.cells.sheet.set_row_pixels(row, height)
        if size is None:
            name = _name_fitting_row(name, self.cells.line_length(self.spans[fields.NAME], min(_SIZES)))
        self._write(row, fields.NAME, name, {"text_wrap": size is None, "font_size": size or min(_SIZES)})
        return height

    def _write_rating(self, row: int, rating: str) -> None:
        """Write the rating in the largest font in which it has one line, else two."""
        size = self.cells.fitting_size(
            self.spans[fields.RATING], fields.width_of_widest_text([rating]), _RATING_SIZES
        )
        look = {"align": "center", "text_wrap": size is None, "font_size": size or min(_RATING_SIZES)}
        self._write(row, fields.RATING, rating, look)

    def _write_numbers(self, row: int, line: SummaryKpi, data_row: int) -> None:
        kpi = line.assessment
        target, result = kpi.assessment.target, kpi.assessment.result
        aim = {"num_format": _code_of_target(kpi), **_RIGHT}
        wanted, given = _words_of_milestone(kpi) or (kpi.target_text, kpi.result_text)
        self._write_fact(row, fields.TARGET, target, line.target_fact, (wanted, aim))
        now = {"num_format": kpi.result_format.code, "bold": True, **_RIGHT}
        self._write_fact(row, fields.RESULT, result, line.result_fact, (given, now))
        month = f"{kpi.base.number}月" if kpi.has_result else ""
        self._write(row, fields.MONTH, month, {"align": "center", "font_size": 9})
        share = line.share_of_target(result)
        link = "" if share is None else _link_to_data(data_row)
        look = {"num_format": share_format(share), "font_size": 9, **_RIGHT}
        self._write(row, fields.SHARE, share, look, link=link)

    def _write_fact(
        self, row: int, field: str, value: Decimal | None, fact: int | None, shown: tuple[str, dict[str, Any]]
    ) -> None:
        """Write a number with the link to its row of 数値; `shown` is the word for none and the look."""
        missing, look = shown
        link, tip = "", ""
        if fact is not None and value is not None:  # a linked text would be blue in some applications
            link, tip = link_to_fact(fact), fact_tooltip(self.report.facts[fact])
        text = missing if value is None else NumberFormat(look["num_format"]).displayed_text(value)
        look = {**look, **self.cells.number_look(self.spans[field], text)}
        self._write(row, field, missing if value is None else value, look, link=link, tip=tip)

    def _write_outlook(self, row: int, line: SummaryKpi, data_row: int) -> None:
        """Write the estimate, linked to how it was computed, and the outlook in sign and word."""
        outlook, estimate = line.outlook.printed_outlook, line.outlook.printed_estimate
        look, link, tip = _RIGHT, "", ""
        if estimate is not None:
            style = line.assessment.format_beside_target(estimate)
            fitting = self.cells.number_look(self.spans[fields.ESTIMATE], style.displayed_text(estimate))
            look = {"num_format": style.code, **_RIGHT, **fitting}
            link, tip = _link_to_data(data_row), line.outlook.explanation
        self._write(
            row, fields.ESTIMATE, _UNKNOWN if estimate is None else estimate, look, link=link, tip=tip
        )
        basis = "" if estimate is None else str(line.outlook.basis or "")
        self._write(row, fields.BASIS, basis, {"font_size": 8, "indent": 1})
        mark = "※" if line.outlook.adjustment and outlook else ""
        text = f"{outlook.glyph} {outlook}{mark}" if outlook else _UNKNOWN
        self._write(row, fields.OUTLOOK, text, {"align": "center", "bold": outlook is Outlook.BEHIND})

    def _write(
        self,
        row: int,
        field: str,
        value: Decimal | str | None,
        look: dict[str, Any],
        *,
        link: str = "",
        tip: str = "",
    ) -> None:
        """Write a cell of a KPI's row."""
        self.cells.write(row, self.spans[field], value, {**look, **_LINE}, link=link, tip=tip)

    def _write_legend(self, row: int) -> None:
        """What the parts of a bar mean, each drawn beside its words."""
        self.cells.sheet.set_row_pixels(row, _LEGEND)
        column = 0
        for text, units, shape in self._legend_parts():
            _draw_sign(self.bars, Place(row, column), shape)
            self.cells.write(row, ColumnSpan(column + 2, column + units - 1), text, {"font_size": 9})
            column += units

    def _legend_parts(self) -> Iterator[tuple[str, int, str]]:
        """The words, the width in columns and the sign of what is drawn at all."""
        kpis = self.summary.kpis
        has_low = any(one.assessment.kpi.direction is Direction.AT_MOST for one in kpis)
        yield (_LOW, 18, "low") if has_low else ("実績", 6, "result")
        is_range = [one.assessment.kpi.direction is Direction.WITHIN for one in kpis]
        if not all(is_range):
            yield "目標", 5, "target"
        if any(is_range):
            yield "目標の範囲", 8, "range"
        if any(one.expected is not None for one in kpis):
            yield "経過した月の割合の目標", 12, "expected"
        if any(one.assessment.assessment.same_period is not None for one in kpis):
            yield "前年同期", 7, "last year"
        if fields.TREND in self.spans:
            yield "推移は今年度の四半期ごとの実績", 16, ""

    def _write_footnotes(self, row: int, span: ColumnSpan) -> int:
        notes = [COMPUTED] if any(one.is_computed_rating for one in self.summary.kpis) else []
        if self.summary.shows_outlooks:
            notes.append(HOW)
            replaced = any(
                one.outlook.adjustment and one.outlook.printed_outlook for one in self.summary.kpis
            )
            notes += [REPLACED] if replaced else []
        notes.insert(0, self.report.legend)
        length = self.cells.line_length(span)
        text = with_breaks_between_words(printable_text("　".join(filter(None, notes))), length)
        for line in wrapped_lines(text, length):
            self.cells.sheet.set_row_pixels(row, _LEGEND - 3)
            self.cells.write(row, span, line, {"font_size": 9})
            row += 1
        return row

    def _data_headers(self) -> Iterator[str]:
        yield from _DATA_HEADERS
        yield from self.summary.periods
        if self.summary.shows_outlooks:
            yield from _OUTLOOK_HEADERS

    def _data_row(self, line: SummaryKpi) -> list[DataCell]:
        kpi = line.assessment
        code, numbers = kpi.kpi.format.code, kpi.assessment
        elapsed = Decimal(kpi.assessment.elapsed)
        row: list[DataCell] = [line.name]
        row += [
            DataNumber(numbers.target, kpi.target_format.code),
            DataNumber(numbers.result, kpi.result_format.code),
        ]
        row += [DataNumber(line.share_of_target(numbers.result), "0.0%"), DataNumber(elapsed, "0")]
        row += [DataNumber(value, code) for value in (line.expected, numbers.same_period)]
        row += [DataNumber(value, code) for value in line.trend]
        if self.summary.shows_outlooks:
            estimate, outlook = line.outlook.printed_estimate, line.outlook
            row += [DataNumber(estimate, code), str(outlook.basis or "") if estimate is not None else ""]
            row += [str(outlook.printed_outlook or ""), outlook.explanation if estimate is not None else ""]
        return row


def _draw_sign(bars: DrawnBars, place: Place, shape: str) -> None:
    """Draw a part of a bar for its explanation."""
    match shape:
        case "result":
            bars.draw(place, Box(3, 8, 30, 8), DARK)
        case "low":
            bars.draw(place, Box(3, 4, 30, 7), DARK)
            bars.draw(place, Box(3, 13, 30, 7), WHITE, outlined=True)
        case "target":
            bars.draw(place, Box(26, 3, 4, 18), "#000000")
        case "range":
            bars.draw(place, Box(8, 4, 22, 16), WHITE, outlined=True)
            for left in (6, 28):
                bars.draw(place, Box(left, 3, 4, 18), "#000000")
        case "expected":
            bars.draw(place, Box(6, 5, 28, 14), BAND)
        case "last year":
            draw_last_year_mark(bars, place, 28, _LEGEND)


def _name_fitting_row(name: str, line_length: int) -> str:
    """The name, cut where it has more lines than its row."""
    lines = wrapped_lines(printable_text(name), line_length)
    if len(lines) <= _MOST_LINES:
        return name
    last = wrapped_lines(lines[_MOST_LINES - 1], line_length - WIDEST)[0]
    return "".join((*lines[: _MOST_LINES - 1], last)) + "…"


def _link_to_data(row: int) -> str:
    """The link to a row of グラフの元データ, counted from 0."""
    return f"internal:'{CHART_DATA}'!A{row + 1}"


def _words_of_milestone(kpi: KpiAssessment) -> tuple[str, str] | None:
    """The day, and 済 or 未, of what is to be done by a day; the words beside the bars say more."""
    state = kpi.assessment.milestone
    if state is None:
        return None
    done = DONE if state.is_done else NOT_DONE
    return f"{date_text(state.milestone.due)}まで", done if state.completion else _UNKNOWN


def _code_of_target(kpi: KpiAssessment) -> str:
    """The number format of a target: with 以上 or 以下 behind the number, or with the end of a range."""
    code = kpi.target_format.code
    side = kpi.aim.side_text if kpi.aim else str(kpi.kpi.direction)
    return code if ";" in code or not side else f'{code}"{side}"'
