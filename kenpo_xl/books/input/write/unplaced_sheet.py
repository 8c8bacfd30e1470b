"""Writes the sheet 引き継げなかったもの: what was typed and has no place in the plan any more."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter import Workbook

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.list_sheet import FIRST_ROW, add_list_sheet
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.results.carried import UnplacedValue

_NOTE = (
    "計画が変わったため、このブックに入れる所がなかったものです。要るものは、入れる所へ写してください。"
    "前のブックは、フォルダー「入力」の「以前の版」にあります。"
)
_RESCUED_NOTE = "{}にあって、このブックに写せなかったものです。要るものは、入れる所へ写してください。"
_WIDTHS = (46, 56, 42, 44)


def add_unplaced_sheet(
    book: Workbook, styles: Styles, values: Sequence[UnplacedValue], rescued_from: str = ""
) -> None:
    """Add the sheet, if there is anything for it; `rescued_from` is the book that was carried, if one was."""
    if not values:
        return
    note = _RESCUED_NOTE.format(rescued_from) if rescued_from else _NOTE
    columns = zip(names.UNPLACED_HEADERS, _WIDTHS, strict=True)
    sheet = add_list_sheet(book, styles, names.UNPLACED, note, columns)
    for row, one in enumerate(values, start=FIRST_ROW):
        text = decimal_text(one.value) if isinstance(one.value, Decimal) else one.value
        cells = (one.identity, text, one.place_text, one.reason or "計画にありません")
        sheet.set_row(row, max(row_height(*pair) for pair in zip(cells, _WIDTHS, strict=True)))
        for column, words in enumerate(cells):
            sheet.write_string(row, column, words, styles("grid"))
