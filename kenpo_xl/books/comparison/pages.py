"""What the sheets of a comparison share: pages of A3, styles of numbers, names of sheets."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.list_sheet import FOOTER
from kenpo_xl.books.common.styles import FONT, HEADER, LINE, PALE
from kenpo_xl.domain.outputs.comparison import ComparedKpi

_A3 = 8
TITLE_HEIGHT = 26
GOOD, BAD, MARK, NEUTRAL = "#2E75B6", "#C55A11", "#FFF2CC", "#7F7F7F"
COUNT = "0"
"""The number format of ranks and counts, which are in the middle of their cells."""
GRID = {"visible": True, "line": {"color": "#E3E3E3"}}


def set_up_a3(sheet: Worksheet, *, pages_high: int = 0) -> None:
    """Set the pages of a sheet to A3 landscape, fitted to one page width."""
    sheet.hide_gridlines(2)
    sheet.set_paper(_A3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, pages_high)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(FOOTER)


def kpi_sheet_name(number: int) -> str:
    """The name of the sheet of a KPI: its place in the overview."""
    return f"指標{number}"


def kpi_number_format(kpi: ComparedKpi, *, is_difference: bool = False) -> str:
    """The number format of a KPI's values, or of their differences with a sign; both end before the frame."""
    digits = "#,##0" + (f".{'0' * kpi.places}" if kpi.places else "")
    code = f"{digits}%" if kpi.is_rate and not is_difference else digits
    code += "_ "
    return f"+{code};-{code};±{code}" if is_difference else code


class Looks:
    """The styles of numbers and texts of a comparison, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Format] = {}

    def __call__(self, code: str = "", *, fill: str = "", bold: bool = False, size: float = 9) -> Format:
        """The style of a framed cell: of a number with `code`, else of a text in the middle."""
        key = code, fill, bold, size
        if key not in self._made:
            style = {
                "font_name": FONT,
                "font_size": size,
                "border": 1,
                "border_color": LINE,
                "valign": "vcenter",
                "align": "right" if code not in ("", COUNT) else "center",
                "bold": bold,
                "shrink": True,
            }
            style |= {"num_format": code} if code else {}
            style |= {"bg_color": fill} if fill else {}
            self._made[key] = self._book.add_format(style)
        return self._made[key]

    def header(self, *, wide: bool = False) -> Format:
        """The style of a header."""
        key = "header", wide
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {
                    "font_name": FONT,
                    "font_size": 9 if wide else 8,
                    "bold": True,
                    "bg_color": HEADER,
                    "border": 1,
                    "border_color": LINE,
                    "align": "center",
                    "valign": "vcenter",
                    "text_wrap": True,
                }
            )
        return self._made[key]

    @property
    def summary_fill(self) -> str:
        """The colour of the rows of the nation."""
        return PALE
