"""Writes the sheet 単位の変更: the numbers that were put into another scale, for staff to confirm."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.list_sheet import FIRST_ROW, add_list_sheet
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.domain.submission.converted import ConvertedValue

_NOTE = (
    "計画で単位が変わったため、入力した数を新しい単位に直しました。正しければ「確認」で「このまま」を選んでください。"
    "確かめるまで、報告書は案になります。"
)
_WIDTHS = (50, 20, 20, 14)


def add_converted_sheet(book: Workbook, styles: Styles, values: Sequence[ConvertedValue]) -> None:
    """Add the sheet, if there is anything for it."""
    if not values:
        return
    columns = zip(names.CONVERTED_HEADERS, _WIDTHS, strict=True)
    sheet = add_list_sheet(book, styles, names.CONVERTED, _NOTE, columns)
    for row, one in enumerate(values, start=FIRST_ROW):
        sheet.set_row(row, row_height(one.identity, _WIDTHS[0]))
        for column, words in enumerate((one.identity, one.before, one.now)):
            sheet.write_string(row, column, words, styles("grid"))
        sheet.write_string(row, len(_WIDTHS) - 1, names.CONFIRMED if one.is_confirmed else "", styles("kind"))
    last = FIRST_ROW + len(values) - 1
    choice = {"validate": "list", "source": [names.CONFIRMED], "error_type": "warning"}
    sheet.data_validation(FIRST_ROW, len(_WIDTHS) - 1, last, len(_WIDTHS) - 1, choice)
