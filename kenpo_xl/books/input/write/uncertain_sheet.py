"""Writes the sheet 確かめるもの, and colours the cells that it lists until they are confirmed or changed."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.common.list_sheet import FIRST_ROW, add_list_sheet, write_confirmations, write_list_rows
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.domain.submission.uncertain import UncertainValue

_NOTE = (
    "前のブックから写しましたが、場所を決めきれなかったものです（色の付いたセル）。正しければ「確認」で「このまま」を"
    "選んでください。違うときは、そのセルを直して「このまま」を選んでください。確かめるまで、報告書は案になります。"
)
_WIDTHS = (44, 44, 40, 50, 14)


class UncertainCells:
    """The cells of one item's sheet that hold an uncertain value."""

    def __init__(self, values: Sequence[UncertainValue]) -> None:
        self._index = {(one.identity, one.value): at for at, one in enumerate(values, start=1)}
        self._cells: list[tuple[int, int, int]] = []

    def add_cell(self, row: int, column: int, identity: str, text: str) -> None:
        """Remember a cell (from 0) if what it holds is uncertain."""
        index = self._index.get((identity, text))
        if index:
            self._cells.append((row, column, index))

    def add_tints(self, sheet: Worksheet, styles: Styles) -> None:
        """Colour each cell until its row of the list is confirmed."""
        for row, column, index in self._cells:
            cell = xl_rowcol_to_cell(row, column)
            open_row = f'INDEX({names.UNCERTAIN_ANSWERS},{index})<>"{names.CONFIRMED}"'
            rule = {
                "type": "formula",
                "criteria": f'=AND({cell}<>"",{open_row})',
                "format": styles("uncertain"),
            }
            sheet.conditional_format(row, column, row, column, rule)


def add_uncertain_sheet(book: Workbook, styles: Styles, values: Sequence[UncertainValue]) -> None:
    """Add the sheet, if there is anything for it."""
    if not values:
        return
    columns = zip(names.UNCERTAIN_HEADERS, _WIDTHS, strict=True)
    sheet = add_list_sheet(book, styles, names.UNCERTAIN, _NOTE, columns)
    answer = len(_WIDTHS) - 1
    write_list_rows(
        sheet, styles, ((one.identity, one.value, one.place, one.reason) for one in values), _WIDTHS
    )
    last = write_confirmations(sheet, styles, answer, [one.is_confirmed for one in values])
    first, final = (xl_rowcol_to_cell(row, answer, row_abs=True, col_abs=True) for row in (FIRST_ROW, last))
    book.define_name(names.UNCERTAIN_ANSWERS, f"='{names.UNCERTAIN}'!{first}:{final}")
