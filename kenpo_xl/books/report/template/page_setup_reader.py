"""Reads how a sheet of the template is printed: paper, margins, headers and footers, print area."""

from __future__ import annotations

import re
from typing import Any

from kenpo_xl.books.report.template.losses import PICTURE_IN_MARGIN, is_fit_to_pages
from kenpo_xl.books.report.template.page_setup import PageSetup, paper_number_or_a4


def read_page_setup(sheet: Any) -> PageSetup:
    """The page setup of an openpyxl worksheet, with headers and footers in Excel's notation."""
    margins, page = sheet.page_margins, sheet.page_setup
    return PageSetup(
        paper=paper_number_or_a4(page.paperSize and int(page.paperSize)),
        landscape=page.orientation == "landscape",
        margins={
            side: getattr(margins, side) for side in ("left", "right", "top", "bottom", "header", "footer")
        },
        header=_header_footer_code(sheet.oddHeader),
        footer=_header_footer_code(sheet.oddFooter),
        centred_across=bool(sheet.print_options.horizontalCentered),
        centred_down=bool(sheet.print_options.verticalCentered),
        # Excel ignores the scale where pages are to fit.
        scale=100 if is_fit_to_pages(sheet) else int(page.scale or 100),
    )


def _header_footer_code(part: Any) -> str:
    """A header or footer in Excel's own notation (&L, &C, &R …)."""
    texts = []
    for letter, side in (("L", part.left), ("C", part.center), ("R", part.right)):
        text = PICTURE_IN_MARGIN.sub(r"\1", _without_line_end_codes(side.text or ""))
        if text:
            size = f"&{int(side.size)} " if side.size else ""
            font = f'&"{side.font}"' if side.font else ""
            colour = f"&K{side.color}" if side.color else ""
            texts.append(f"&{letter}{font}{size}{colour}{text}")
    return "".join(texts)


def _without_line_end_codes(text: str) -> str:
    return re.sub(r"_x000D_", "", text)


def print_area_of(sheet: Any) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of an openpyxl worksheet's print area, from 0."""
    if sheet.print_area:
        area = sheet.print_area.split("!")[-1].replace("$", "").split(",")[0]
        cells = sheet[area]
        return cells[0][0].row - 1, cells[0][0].column - 1, cells[-1][-1].row - 1, cells[-1][-1].column - 1
    return 0, 0, sheet.max_row - 1, sheet.max_column - 1
