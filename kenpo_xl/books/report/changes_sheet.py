"""The sheet 変更一覧: the differences from the last report, a row each; the council's part is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kenpo_xl.books.common.gap_formats import difference_format_with_unit
from kenpo_xl.books.common.links import link_to_source
from kenpo_xl.books.report.layout.tables.table_padding import number_format_with_space
from kenpo_xl.books.report.list_heading import write_list_heading
from kenpo_xl.books.report.list_sheet import CHANGES, Column, ListCell, ListSheet, MarkedText, Value
from kenpo_xl.domain.language.text_difference import compared_texts
from kenpo_xl.domain.lengths import Pixels
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.changes import COUNCIL_KINDS, ChangeKind, Changes, ReportChange
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.results.facts import Origin

# The row, from 0, of the headers, below a title and two sentences.
CHANGE_START = 3
CHANGE_COLUMNS = (
    Column("区分", 7, centred=True),
    Column("場所", 46, wraps=True, indented=True),
    Column("期間", 20, wraps=True, indented=True),
    Column("前の報告", 19, centred=True),
    Column("前", 20, wraps=True, indented=True),
    Column("今回", 20, wraps=True, indented=True),
    Column("差", 18),
    Column("ファイル", 22, wraps=True),
    Column("シート", 8),
    Column("セル", 7),
)
"""All of them are seen at once on a screen of 1366 pixels."""
# The columns of the printed page: without the source of the value.
_PRINTED_COLUMNS = 7
_SINCE = "{since}の報告から変わったところです。"
_NO_SINCE = "今年度の前の報告がないため、前の年度までの報告と同じ月の数値が違うものだけを載せています。"
_KINDS = "「訂正」は、前に報告したものと同じ月の数値が違うもの、「数値」は、新しい月の数値です。"
# Beside the printed page.
_PRINTED = (
    "印刷されるのは評価・指標・訂正です。文では、なくなった所を取り消し線、加わった所を太字の下線で示します。"
)
NOTHING = "変わったところはありません。"
NOTHING_FOR_COUNCIL = "評価、指標、訂正は、変わっていません。"


def write_change_rows(rows: ListSheet, book: Any, changes: Changes, report: Report) -> int:
    """Write the changes in their order; one sentence where there is none. Returns the printed pages.

    What a council asks for comes first and is printed. `book` is the XlsxWriter workbook.
    """
    heading = _write_heading(rows, book, changes, report)
    titles = {(one.item, one.block): one.title for one in report.summary.changed} if report.summary else {}
    first = [one for one in changes.found if one.kind in COUNCIL_KINDS]
    for change in first:
        _add_change_row(rows, change, report, titles)
    if not first:
        sentence = NOTHING_FOR_COUNCIL if changes.found else NOTHING
        rows.add_row("", sentence, *[""] * (len(CHANGE_COLUMNS) - 2))
    pages = rows.print_with_report(_PRINTED_COLUMNS - 1, heading=heading)
    for change in changes.found[len(first) :]:
        _add_change_row(rows, change, report, titles)
    rows.add_filter()
    return pages


def _write_heading(rows: ListSheet, book: Any, changes: Changes, report: Report) -> Pixels:
    """Write the title, and what the list compares and how it shows it, above its header; their height."""
    counts = f"（{changes}）" if changes.found else ""
    since = _SINCE.format(since=changes.since) if changes.since else _NO_SINCE
    notes = (f"{since}{counts}", _KINDS)
    rows.sheet.write_string(0, _PRINTED_COLUMNS, _PRINTED)
    return write_list_heading(rows.sheet, book, report.words, title=CHANGES, notes=notes)


def _add_change_row(
    rows: ListSheet, change: ReportChange, report: Report, titles: Mapping[tuple[str, str], str]
) -> None:
    source, show = change.source, change.format
    before, now = _old_and_new_value(change)
    rows.add_row(
        str(change.kind),
        _place_in_words(change, titles),
        change.months,
        change.report,
        before,
        now,
        ListCell(change.difference, format=number_format_with_space(difference_format_with_unit(show)))
        if show
        else "",
        source.workbook if source else "",
        source.sheet if source else "",
        ListCell(source.cell, link=link_to_source(source, report.books)) if source else "",
    )


def _place_in_words(change: ReportChange, titles: Mapping[tuple[str, str], str]) -> str:
    """The place in words: a rating with the title of its item, a KPI by its name."""
    if change.kind is ChangeKind.KPI:
        return change.place.removeprefix(f"{Origin.KPI}/").replace("/", "　")
    if change.kind is ChangeKind.RATING:
        item, block, _ = change.place.split("/")
        return f"{item} {titles.get((item, block), '')}　{block}"
    return change.place


def _old_and_new_value(change: ReportChange) -> tuple[Value | ListCell, Value | ListCell]:
    """The old and the new value; of a text what is gone and what was added is marked."""
    if change.kind is ChangeKind.TEXT:
        gone, added = compared_texts(str(change.before or ""), str(change.now or ""))
        if gone and added:
            return MarkedText(gone, is_gone=True), MarkedText(added)
    return _value_cell(change.before, change.format), _value_cell(change.now, change.format)


def _value_cell(value: Value, number_format: NumberFormat | None) -> ListCell:
    """A value; a number keeps off the line at its right."""
    return ListCell(value, format=number_format_with_space(number_format.code) if number_format else "")
