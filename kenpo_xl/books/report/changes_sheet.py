"""The sheet 変更一覧: the differences from the last report, a row each."""

from __future__ import annotations

from kenpo_xl.books.common.gap_formats import difference_format_with_unit
from kenpo_xl.books.common.links import link_to_source
from kenpo_xl.books.report.list_sheet import PRINTING, Column, ListCell, ListSheet, Value
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.changes import Changes, ReportChange
from kenpo_xl.domain.outputs.report import Report

# The row, from 0, of the headers, below three sentences.
CHANGE_START = 3
CHANGE_COLUMNS = (
    Column("区分", 8, centred=True),
    Column("場所", 36, wraps=True),
    Column("期間", 17, wraps=True),
    Column("前の報告", 19),
    Column("前", 32, wraps=True),
    Column("今回", 32, wraps=True),
    Column("差", 16),
    Column("ファイル", 24, wraps=True),
    Column("シート", 9),
    Column("セル", 8),
)
_SINCE = "{since}の報告から変わったところです。"
_NO_SINCE = "今年度の前の報告がないため、前の年度までの報告と同じ月の数値が違うものだけを載せています。"
_KINDS = "「訂正」は、前に報告したものと同じ月の数値が違うもの、「数値」は、新しい月の数値です。"
NOTHING = "変わったところはありません。"


def write_change_rows(rows: ListSheet, changes: Changes, report: Report) -> None:
    """Write the changes in their order; one sentence where there is none."""
    since = _SINCE.format(since=changes.since) if changes.since else _NO_SINCE
    for row, sentence in enumerate((since, _KINDS, PRINTING)):
        rows.sheet.write_string(row, 0, sentence)
    for change in changes.found:
        _add_change_row(rows, change, report)
    if not changes.found:
        rows.add_row("", NOTHING, *[""] * (len(CHANGE_COLUMNS) - 2))
    rows.add_filter()


def _add_change_row(rows: ListSheet, change: ReportChange, report: Report) -> None:
    source, show = change.source, change.format
    rows.add_row(
        str(change.kind),
        change.place,
        change.months,
        change.report,
        _value_cell(change.before, show),
        _value_cell(change.now, show),
        ListCell(change.difference, format=difference_format_with_unit(show)) if show else "",
        source.workbook if source else "",
        source.sheet if source else "",
        ListCell(source.cell, link=link_to_source(source, report.books)) if source else "",
    )


def _value_cell(value: Value, number_format: NumberFormat | None) -> ListCell:
    return ListCell(value, format=number_format.code if number_format else "")
