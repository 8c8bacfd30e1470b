"""The distribution of ratings: how many branches have each rating, by KPI, with bars."""

from __future__ import annotations

from collections import Counter

from xlsxwriter import Workbook

from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.comparison.pages import COUNT, TITLE_HEIGHT, Looks, set_up_a3
from kenpo_xl.domain.outputs.comparison import BranchComparison, ComparedKpi

NAME = "評価の分布"
_FIRST_ROW, _NAME_WIDTH, _CHART_WIDTH, _ROW_PIXELS = 4, 44, 900, 34
_NONE = "なし"
_COLOURS = ("#2E75B6", "#9DC3E6", "#FFD966", "#C55A11", "#A5A5A5", "#7F7F7F", "#D9D9D9")


def write_ratings_sheet(book: Workbook, look: Styles, comparison: BranchComparison) -> None:
    """Add the sheet."""
    sheet, looks = book.add_worksheet(NAME), Looks(book)
    set_up_a3(sheet, pages_high=1)
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.write(0, 0, f"{NAME}　{comparison.quarter.label}", look("title"))
    sheet.write(1, 0, "指標ごとの、計算した評価の支部の数です。", look("path"))
    sheet.set_column(0, 0, _NAME_WIDTH)
    glyphs = _glyphs_best_first(comparison)
    for column, header in enumerate(("指標", *glyphs)):
        sheet.write(_FIRST_ROW - 1, column, header, looks.header(wide=True))
    sheet.set_column(1, max(len(glyphs), 1), 7)
    for row, kpi in enumerate(comparison.kpis, start=_FIRST_ROW):
        counts = _count_by_glyph(kpi)
        sheet.write(row, 0, kpi.name, look("grid"))
        for column, glyph in enumerate(glyphs, start=1):
            sheet.write_number(row, column, counts[glyph], looks(COUNT))
    if not comparison.kpis:
        return
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    last = _FIRST_ROW + len(comparison.kpis) - 1
    for column, glyph in enumerate(glyphs, start=1):
        chart.add_series(
            {
                "name": glyph,
                "categories": [NAME, _FIRST_ROW, 0, last, 0],
                "values": [NAME, _FIRST_ROW, column, last, column],
                "fill": {"color": _COLOURS[(column - 1) % len(_COLOURS)]},
                "gap": 40,
            }
        )
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_legend({"position": "top"})
    chart.set_size({"width": _CHART_WIDTH, "height": 120 + _ROW_PIXELS * len(comparison.kpis)})
    sheet.insert_chart(_FIRST_ROW - 1, len(glyphs) + 2, chart)


def _glyphs_best_first(comparison: BranchComparison) -> tuple[str, ...]:
    """The ratings that occur, best first, and none at the end."""
    steps = {one.glyph: one.step or 0 for kpi in comparison.kpis for one in kpi.values if one.glyph}
    without = any(not one.glyph for kpi in comparison.kpis for one in kpi.values)
    return (*sorted(steps, key=lambda glyph: (steps[glyph], glyph)), *([_NONE] if without else []))


def _count_by_glyph(kpi: ComparedKpi) -> Counter[str]:
    return Counter(one.glyph or _NONE for one in kpi.values)
