"""The sheet 要確認: the remarks to check before printing, a row each."""

from __future__ import annotations

from kenpo_xl.books.common.links import link_to_source
from kenpo_xl.books.report.list_sheet import PRINTING, Column, ListCell, ListSheet
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.outputs.report import Report

# The row, from 0, of the headers, below a sentence on printing.
REMARK_START = 1
REMARK_COLUMNS = (
    Column("対応", 12, centred=True),
    Column("区分", 13, wraps=True),
    Column("場所", 32, wraps=True),
    Column("内容", 46, wraps=True),
    Column("入力", 12, wraps=True),
    Column("計算", 12, wraps=True),
    Column("ファイル", 24, wraps=True),
    Column("シート", 9),
    Column("セル", 8),
)
# Whether a remark keeps the report a draft.
TO_CORRECT, TO_CONFIRM = "直すもの", "確認するもの"
NOTHING = "確認が必要なところはありません。"


def write_remark_rows(rows: ListSheet, report: Report) -> None:
    """Write the remarks in their order; one sentence where there is none."""
    rows.sheet.write_string(0, 0, PRINTING)
    for remark in report.remarks:
        _add_remark_row(rows, remark, report)
    if not report.remarks:
        rows.add_row("", "", "", NOTHING, "", "", "", "", "")
    rows.add_filter()


def _add_remark_row(rows: ListSheet, remark: Remark, report: Report) -> None:
    source = remark.source
    rows.add_row(
        TO_CORRECT if remark.is_error else TO_CONFIRM,
        str(remark.concern),
        remark.place,
        remark.message,
        remark.typed,
        remark.computed,
        source.workbook if source else "",
        source.sheet if source else "",
        ListCell(source.cell, link=link_to_source(source, report.books)) if source else "",
    )
