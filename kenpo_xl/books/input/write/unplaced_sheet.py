"""Writes the sheet 引き継げなかったもの: what was typed and has no place in the plan any more."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook

from kenpo_xl.books.common import names
from kenpo_xl.books.common.list_sheet import add_list_sheet, write_list_rows
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.domain.results.carried import UnplacedValue
from kenpo_xl.domain.submission.typed_texts import value_text

_NOTE = (
    "計画が変わったため、このブックに入れる所がなかったものと、前のブックのメモ、シートです。要るものは、写してください。"
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
    rows = (
        (one.identity, value_text(one.value), one.place_text, one.reason or "計画にありません")
        for one in values
    )
    write_list_rows(sheet, styles, rows, _WIDTHS)
