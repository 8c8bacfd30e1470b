"""The sheet of the charts of KPI一覧: where their numbers go, their fonts and names."""

from __future__ import annotations

from typing import Any

from kenpo_xl.books.common.text_metrics import line_width, printable_text, wrapped_lines
from kenpo_xl.books.report.chart_data import ChartData
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

# The pixels of a row that holds one line. Not 20: XlsxWriter leaves out that height as the usual one, and
# applications then make rows, and the charts above them, as high as their font wants.
ROW = 21
_MOST_NAME_LINES = 3
DARK, GREY, PALE, MIDDLE = "#1F3864", "#7F7F7F", "#D9D9D9", "#A9B8D6"
# XlsxWriter ships no types.
Chart = Any


class ChartArea:
    """The sheet that is drawn on; `data` takes the numbers, `as_of` is the as-of date in words.

    `year` is the fiscal year of the report.
    """

    def __init__(self, book: Any, sheet: Any, data: ChartData, *, as_of: str, year: FiscalYear) -> None:
        self.book, self.sheet, self.data, self.as_of, self.year = book, sheet, data, as_of, year
        self.note = book.add_format({"font_size": 10})

    def font_options(self, size: float, *, bold: bool = False) -> dict[str, Any]:
        """XlsxWriter's options for a font of a chart, of the sheet's own name."""
        return {"name": self.book.formats[0].font_name, "size": size, "bold": bold, "color": "black"}


def wrapped_name(name: str, line_length: int, suffix: str = "") -> str:
    """A name in a few lines, cut where it is too long; the suffix is not broken."""
    lines = wrapped_lines(printable_text(name), line_length)
    if line_width(lines[-1] + suffix) > line_length:
        lines.append("")
    lines[-1] += suffix
    if len(lines) > _MOST_NAME_LINES:
        end = f"…{suffix}"
        cut = wrapped_lines(lines[_MOST_NAME_LINES - 1], line_length - line_width(end))[0] + end
        lines = [*lines[: _MOST_NAME_LINES - 1], cut]
    return "\n".join(lines)
