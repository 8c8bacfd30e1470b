"""The lists behind the first sheet of the board: findings, changes, acceptances, rules that did not run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.board.links import BoardLinks
from kenpo_xl.books.common.gap_formats import difference_format_with_unit
from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.links import Links
from kenpo_xl.books.common.list_sheet import FIRST_ROW, add_list_sheet
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.common.text_metrics import printable_text
from kenpo_xl.domain.findings.finding import Severity, Status
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.changes import Changes, ReportChange
from kenpo_xl.domain.outputs.status_board import Board, BoardFinding
from kenpo_xl.domain.source import Source

FINDINGS, CHANGES, ACCEPTED, RULES = "指摘", "変更", "確認済", "規則"
NOTHING = "ありません。"
# The letters that a cell can hold, less those that escaping adds.
_LONGEST = 32_000
_HEADER_HEIGHT = 24
_SEVERITY = {Severity.ERROR: "bad", Severity.WARNING: "unsure", Severity.INFO: "said"}
_ADJUSTED = "取りまとめ.xlsm の調整のとおりです。"
_STATUS = {Status.SKIPPED: "調べていません", Status.FAILED: "失敗しました"}


@frozen
class BoardCell:
    """A text or a number in a style of its own, or a linked one; `tip` is its screen tip."""

    value: str | Decimal
    style: str = "grid"
    link: str = ""
    tip: str = ""
    format: str = ""

    @property
    def text(self) -> str:
        return printable_text(str(self.value))[:_LONGEST]


BoardRow = Sequence[str | BoardCell]


def write_findings_sheet(book: Workbook, look: Styles, board: Board, board_links: BoardLinks) -> None:
    """Add all findings by group, open ones before closed ones, errors first."""
    note = (
        "すべての指摘です。「場所」をクリックすると、印を付けた写し（返却）か、提出されたブックのセルへ移ります。"
        "理由を入れたものと、取りまとめで調整したものは、グループごとに最後に並べています。"
    )
    columns = (
        ("グループ", 20),
        ("区分", 16),
        ("コード", 9),
        ("場所", 12),
        ("指摘の内容", 35),
        ("直し方", 29),
        ("いまの値", 14),
        ("あるべき値", 14),
        ("確認済の理由", 22),
    )
    order = [group.group for group in board.groups]
    seen = sorted(
        board.seen, key=lambda one: (order.index(one.group), bool(one.closure), one.finding.severity.rank)
    )
    _write_list_sheet(
        book, look, FINDINGS, note, columns, (_finding_row(board, one, board_links) for one in seen)
    )


def _finding_row(board: Board, finding: BoardFinding, board_links: BoardLinks) -> BoardRow:
    found = finding.finding
    return (
        finding.group,
        _severity_cell(finding),
        BoardCell(found.code, "said"),
        _location_cell(board, finding, board_links),
        found.message,
        found.hint,
        found.actual,
        found.expected,
        finding.reason,
    )


def write_changes_sheet(book: Workbook, look: Styles, board: Board, board_links: BoardLinks) -> None:
    """Add what differs from the last report."""
    columns = (
        ("区分", 9),
        ("対象", 30),
        ("期間", 16),
        ("前の報告", 19),
        ("前", 34),
        ("今回", 34),
        ("差", 17),
        ("場所", 14),
    )
    found = board.changes.found if board.changes else ()
    rows = (_change_row(one, board_links) for one in found)
    _write_list_sheet(book, look, CHANGES, _comparison_note(board.changes), columns, rows)


def _comparison_note(changes: Changes | None) -> str:
    if changes is None:
        return "前の報告の記録がないため、比べていません。"
    if changes.since:
        return f"{changes.since}の報告から変わったところです。「場所」をクリックすると、そのセルへ移ります。"
    return "今年度の前の報告がないため、前の年度までの報告と同じ月の数値が違うものだけです。"


def _change_row(change: ReportChange, board_links: BoardLinks) -> BoardRow:
    return (
        BoardCell(change.kind, "said"),
        change.place,
        change.months,
        change.report,
        _value_cell(change.before, change.format),
        _value_cell(change.now, change.format),
        BoardCell(change.difference, "number", format=difference_format_with_unit(change.format))
        if change.format and change.difference
        else "",
        _source_cell(change.source, board_links),
    )


def _value_cell(value: Decimal | str | None, number_format: NumberFormat | None) -> BoardCell:
    """A value of the earlier or of the present report."""
    if isinstance(value, Decimal):
        return BoardCell(value, "number", format=number_format.code if number_format else "")
    return BoardCell(value or "")


def write_accepted_sheet(book: Workbook, look: Styles, board: Board, board_links: BoardLinks) -> None:
    """Add the closed findings, each with the reason that staff gave, or that the planner settled it."""
    note = "グループが理由を入れた指摘と、取りまとめで調整した指摘です。値が変わると、また指摘されます。"
    columns = (
        ("グループ", 18),
        ("区分", 16),
        ("コード", 9),
        ("場所", 14),
        ("指摘の内容", 48),
        ("いまの値", 20),
        ("理由", 49),
    )
    rows = (
        (
            one.group,
            _severity_cell(one),
            BoardCell(one.finding.code, "said"),
            _location_cell(board, one, board_links),
            one.finding.message,
            one.finding.actual,
            one.reason or _ADJUSTED,
        )
        for one in board.seen
        if one.closure
    )
    _write_list_sheet(book, look, ACCEPTED, note, columns, rows)


def write_rules_sheet(book: Workbook, look: Styles, board: Board) -> None:
    """Add the rules that failed or were skipped, and why."""
    note = "調べていない規則です。「失敗しました」とあるときは、ログを IT 担当へ渡してください。"
    columns = (("コード", 9), ("規則", 47), ("状態", 18), ("理由", 55), ("グループ", 46))
    rows = (
        (
            BoardCell(one.code, "said"),
            one.title,
            BoardCell(_STATUS[one.status], "bad" if one.status is Status.FAILED else "said"),
            one.reason,
            "、".join(one.groups),
        )
        for one in board.rules
    )
    _write_list_sheet(book, look, RULES, note, columns, rows)


def _severity_cell(finding: BoardFinding) -> BoardCell:
    severity = finding.finding.severity
    if finding.closure:
        return BoardCell(f"{severity}（{finding.closure}）", "said")
    return BoardCell(severity, _SEVERITY[severity])


def _location_cell(board: Board, finding: BoardFinding, board_links: BoardLinks) -> BoardCell:
    """The cell of a finding, its sheet, or the whole book; its identity shows under the pointer."""
    found = finding.finding
    place = f"{found.sheet}!{found.cell}".strip("!") or "ブック全体"
    return _linked_cell(place, board_links.finding_link(board, finding.group, found), found.identity)


def _source_cell(source: Source | None, board_links: BoardLinks) -> BoardCell:
    """The cell of another book; which one shows under the pointer."""
    if source is None:
        return BoardCell("")
    return _linked_cell(f"{source.sheet}!{source.cell}", board_links.source_link(source), source.workbook)


def _linked_cell(text: str, link: str, tip: str = "") -> BoardCell:
    return BoardCell(text, "file" if link else "grid", link, tip)


def _write_list_sheet(
    book: Workbook,
    look: Styles,
    name: str,
    note: str,
    columns: Sequence[tuple[str, float]],
    rows: Iterable[BoardRow],
) -> None:
    """Add a sheet with a list that can be filtered; a word where it is empty."""
    sheet = add_list_sheet(book, look, name, note, columns)
    sheet.set_row(FIRST_ROW - 1, _HEADER_HEIGHT)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    links, written = Links(sheet), [_row_cells(row) for row in rows]
    for row, cells in enumerate(written, start=FIRST_ROW):
        heights = (row_height(cell.text, width) for cell, (_, width) in zip(cells, columns, strict=True))
        sheet.set_row(row, max(heights))
        for column, cell in enumerate(cells):
            _write_cell(sheet, links, (row, column), cell, look(cell.style, cell.format))
    if written:
        sheet.autofilter(FIRST_ROW - 1, 0, FIRST_ROW + len(written) - 1, len(columns) - 1)
    else:
        sheet.write_string(FIRST_ROW, 0, NOTHING, look("plain"))


def _write_cell(
    sheet: Worksheet, links: Links, place: tuple[int, int], cell: BoardCell, style: Format
) -> None:
    if cell.link:
        links.write_link(*place, cell.link, style, tip=cell.tip)
    if isinstance(cell.value, Decimal):
        sheet.write_number(*place, float(cell.value), style)
    else:
        sheet.write_string(*place, cell.text, style)


def _row_cells(row: BoardRow) -> list[BoardCell]:
    return [one if isinstance(one, BoardCell) else BoardCell(one) for one in row]
