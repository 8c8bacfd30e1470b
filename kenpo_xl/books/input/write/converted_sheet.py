"""Writes the sheet 単位の変更: the numbers that were put into another scale, for staff to confirm."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook

from kenpo_xl.books.common import names
from kenpo_xl.books.common.list_sheet import add_list_sheet, write_confirmations, write_list_rows
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
    write_list_rows(sheet, styles, ((one.identity, one.before, one.now) for one in values), _WIDTHS)
    write_confirmations(sheet, styles, len(_WIDTHS) - 1, [one.is_confirmed for one in values])
