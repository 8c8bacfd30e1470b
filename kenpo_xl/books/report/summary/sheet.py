"""The sheet 概要: the whole report on one printed page, after the cover."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kenpo_xl.books.common.text_metrics import printable_text, wrapped_lines
from kenpo_xl.books.report.chart_data import ChartData
from kenpo_xl.books.report.summary.bars import draw_rating_bar
from kenpo_xl.books.report.summary.cells import SummaryCells
from kenpo_xl.books.report.summary.columns import (
    UNIT,
    ColumnSpan,
    SummaryColumns,
    fitting_column_count,
    width_of_widest_text,
)
from kenpo_xl.books.report.summary.drawn_bars import DARK, DrawnBars, Place
from kenpo_xl.books.report.summary.kpis import KpiRows
from kenpo_xl.books.report.summary.notes import NoteRows
from kenpo_xl.books.report.template.page_setup import LIST_MARGINS, PageSetup
from kenpo_xl.domain.lengths import Pixels
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.outputs.summary import RatingCounts, Summary

SUMMARY = "概要"
_LARGEST_SCALE = 400
_TITLE, _ROW, _HEADING, _AIR = 44, 24, 30, 10
# Narrow columns of the ratings at the left: those of a chapter, of all steps, of the bar, and of the gap.
_CHAPTER, _STEPS, _BAR, _GAP = 12, 15, 8, 2
_FEWEST, _LEAST_BAR = 2, 4
# Points of the name of a step, and pixels of a row with names of two lines.
_SIZES, _TALL = (11, 10, 9), 36


def write_summary_sheet(sheet: Any, book: Any, report: Report, data: ChartData, setup: PageSetup) -> None:
    """Write the page on a worksheet with header and footer; `data` takes the numbers of what is drawn."""
    summary = report.summary
    assert summary is not None
    columns = SummaryColumns.of(summary)
    sheet.set_column_pixels(0, columns.count - 1, UNIT)
    cells = SummaryCells(sheet, book, columns)
    _write_title(cells, report)
    left = _RatingRows(cells, summary).write_returning_next_row(1)
    start = _CHAPTER + _STEPS + _BAR + _GAP
    right = NoteRows(cells, report, ColumnSpan(start, columns.count - 1)).write_returning_next_row(1)
    row = max(left, right)
    sheet.set_row_pixels(row, _AIR)
    row = KpiRows(cells, report, data).write_returning_next_row(row + 1) if summary.kpis else row
    sheet.print_area(0, 0, row - 1, columns.count - 1)
    _set_up_page(sheet, setup.with_margins(LIST_MARGINS), (columns.count * UNIT, _total_height(sheet, row)))


def _set_up_page(sheet: Any, setup: PageSetup, size: tuple[int, int]) -> None:
    """Set the sheet up for one page; "fit to page" alone would not make it larger on large paper."""
    setup.set_page(sheet)
    sheet.set_margins(**LIST_MARGINS)
    sheet.center_horizontally()
    scale = replace(setup, scale=_LARGEST_SCALE).scaled_to_fit(*size).scale
    if scale > 100:
        sheet.set_print_scale(scale)
    else:
        sheet.fit_to_pages(1, 1)


def _write_title(cells: SummaryCells, report: Report) -> None:
    """Title, and the period to its right, above a line."""
    words = report.words
    period = "　".join(filter(None, (words.get(word, "") for word in ("支部", "和暦年度", "四半期"))))
    as_of = words.get("基準日", "")
    last = cells.columns.count - 1
    line = {"bottom": 2, "bottom_color": DARK, "valign": "vcenter"}
    cells.sheet.set_row_pixels(0, _TITLE)
    cells.write(0, ColumnSpan(0, 4), SUMMARY, {**line, "bold": True, "font_size": 20, "font_color": DARK})
    text = f"{period}（{as_of}）" if as_of else period
    cells.write(0, ColumnSpan(5, last), text, {**line, "font_size": 13})


def _total_height(sheet: Any, rows: int) -> Pixels:
    """The height of the first rows of an XlsxWriter worksheet."""
    return sum(sheet.row_sizes[row][0] for row in range(rows))


class _RatingRows:
    """The ratings by chapter and step of the scale, with those of the last report beside them."""

    def __init__(self, cells: SummaryCells, summary: Summary) -> None:
        self.cells, self.summary = cells, summary
        self.bars = DrawnBars(cells.sheet)
        self.step_units = self._units_of_a_step()
        self.bar = ColumnSpan(_CHAPTER + self.step_units * len(summary.steps), _CHAPTER + _STEPS + _BAR - 1)

    def write_returning_next_row(self, row: int) -> int:
        """Write from a row on; returns the row below."""
        chapters = self.summary.chapters
        total = sum(one.total for one in chapters)
        unrated = sum(one.unrated for one in chapters)
        heading = f"評価の内訳（{total} 件{f'、未評価 {unrated} 件' if unrated else ''}）"
        self.cells.write_heading(row, ColumnSpan(0, _CHAPTER + _STEPS + _BAR - 1), heading, _HEADING)
        self._write_steps(row + 1)
        rows = [*chapters, _summed_counts(chapters)] if len(chapters) > 1 else list(chapters)
        for place, counts in enumerate(rows, start=row + 2):
            self._write_counts(place, counts)
        return row + 2 + len(rows)

    def _units_of_a_step(self) -> int:
        """The narrow columns of a step: more where its name is a word, as long as the bar keeps some."""
        count = max(len(self.summary.steps), 1)
        most = (_STEPS + _BAR - _LEAST_BAR) // count
        return fitting_column_count(
            width_of_widest_text(self.summary.steps), max(_STEPS // count, _FEWEST), most, size=min(_SIZES)
        )

    def _write_steps(self, row: int) -> None:
        """Write the names of the steps in the largest font in which each has one line, else two."""
        size = self.cells.fitting_size(
            self._columns_of_step(0), width_of_widest_text(self.summary.steps), _SIZES
        )
        self.cells.sheet.set_row_pixels(row, _TALL if size is None else _ROW)
        look = {"align": "center", "text_wrap": size is None, "font_size": size or min(_SIZES)}
        for step, glyph in enumerate(self.summary.steps):
            self.cells.write(row, self._columns_of_step(step), glyph, look)
        if self.summary.since:
            self.cells.write(row, ColumnSpan(0, _CHAPTER - 1), "（ ）は前回", {"font_size": 9})

    def _columns_of_step(self, step: int) -> ColumnSpan:
        first = _CHAPTER + step * self.step_units
        return ColumnSpan(first, first + self.step_units - 1)

    def _write_counts(self, row: int, counts: RatingCounts) -> None:
        self.cells.sheet.set_row_pixels(row, _ROW)
        name = wrapped_lines(printable_text(counts.chapter), _CHAPTER * UNIT // 7)
        text = name[0] if len(name) == 1 else f"{name[0][:-1]}…"
        self.cells.write(row, ColumnSpan(0, _CHAPTER - 1), text)
        for step, count in enumerate(counts.counts):
            shown = str(count) if count else "・"
            if counts.before:
                shown += f" ({counts.before[step]})"
            self.cells.write(row, self._columns_of_step(step), shown, {"align": "center"})
        width = self.cells.columns.pixel_width(self.bar)
        if width > UNIT:
            draw_rating_bar(self.bars, Place(row, self.bar.first), counts, (width, _ROW))


def _summed_counts(chapters: tuple[RatingCounts, ...]) -> RatingCounts:
    return RatingCounts(
        "計",
        tuple(map(sum, zip(*(one.counts for one in chapters), strict=True))),
        tuple(map(sum, zip(*(one.before for one in chapters), strict=True))),
        sum(one.unrated for one in chapters),
    )
