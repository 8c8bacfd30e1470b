"""Sheets of the report that are not printed with it."""

from __future__ import annotations

from typing import Any

from kenpo_xl.domain.cell_reference import LAST_ROW


def leave_out_of_print(sheet: Any) -> None:
    """Give a worksheet an empty cell as its print area: Excel and LibreOffice leave out empty pages.

    LibreOffice prints hidden sheets too.
    """
    sheet.print_area(LAST_ROW - 1, 0, LAST_ROW - 1, 0)
